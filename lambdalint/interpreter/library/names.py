"""Names outside the project: which are builtins, which standard library, and under which name each is known."""

from __future__ import annotations

import builtins
import sys
from functools import lru_cache

_BUILTINS = frozenset(dir(builtins))

#: Names by which the same thing is reached, and the one under which the library knows it.
_ALIASES = {
    "datetime.datetime.utcnow": "datetime.datetime.now",
    "datetime.UTC": "datetime.timezone.utc",
    "collections.abc.Callable": "typing.Callable",
    "json.decoder.JSONDecodeError": "json.JSONDecodeError",
    "concurrent.futures.thread.ThreadPoolExecutor": "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures._base.as_completed": "concurrent.futures.as_completed",
    "xml.etree.cElementTree.fromstring": "xml.etree.ElementTree.fromstring",
    "botocore.errorfactory.ClientError": "botocore.exceptions.ClientError",
    "sqlalchemy.orm.scoped_session.__call__": "sqlalchemy.orm.sessionmaker.__call__",
    "pathlib.PurePath": "pathlib.PurePosixPath",  # which Linux makes of it
    "psycopg.Connection.connect": "psycopg.connect",
    "builtins.open": "open",
    "io.open": "open",
}
_PREFIXES = (
    ("builtins.", ""),
    ("os.path.", "posixpath."),
    ("simplejson.encoder.", "simplejson."),
    ("bson.objectid.", "bson."),
    ("pymongo.mongo_client.", "pymongo."),
    ("redis.client.", "redis."),
    ("redis.cluster.", "redis."),
    ("redis.connection.", "redis."),
    ("valkey.Valkey", "redis.Redis"),
    ("valkey.StrictValkey", "redis.Redis"),
    ("valkey.from_url", "redis.from_url"),
    ("requests.sessions.", "requests."),
    ("requests.models.", "requests."),
    ("requests.api.", "requests."),
    ("urllib3.poolmanager.", "urllib3."),
    ("boto3.session.", "boto3."),
    ("aws_lambda_powertools.logging.logger.", "aws_lambda_powertools."),
    ("aws_lambda_powertools.logging.", "aws_lambda_powertools."),
    ("aws_lambda_powertools.tracing.tracer.", "aws_lambda_powertools."),
    ("aws_lambda_powertools.tracing.", "aws_lambda_powertools."),
    ("aws_lambda_powertools.metrics.metrics.", "aws_lambda_powertools."),
    ("aws_lambda_powertools.metrics.Metrics", "aws_lambda_powertools.Metrics"),
    ("aws_lambda_powertools.metrics.EphemeralMetrics", "aws_lambda_powertools.Metrics"),
    ("aws_lambda_powertools.metrics.single_metric", "aws_lambda_powertools.single_metric"),
    *(
        (f"aws_lambda_powertools.utilities.parameters.{module}.", "aws_lambda_powertools.utilities.parameters.")
        for module in ("ssm", "secrets", "appconfig", "dynamodb")
    ),
    ("aws_lambda_powertools.utilities.feature_flags.feature_flags.", "aws_lambda_powertools.utilities.feature_flags."),
    ("aws_lambda_powertools.utilities.feature_flags.appconfig.", "aws_lambda_powertools.utilities.feature_flags."),
    ("aws_lambda_powertools.utilities.data_masking.base.", "aws_lambda_powertools.utilities.data_masking."),
    ("aws_lambda_powertools.utilities.idempotency.idempotency.", "aws_lambda_powertools.utilities.idempotency."),
    ("aws_lambda_powertools.utilities.validation.validator.", "aws_lambda_powertools.utilities.validation."),
    ("aws_lambda_powertools.utilities.data_classes.event_source.", "aws_lambda_powertools.utilities.data_classes."),
    ("aws_lambda_powertools.utilities.batch.decorators.", "aws_lambda_powertools.utilities.batch."),
    ("aws_lambda_powertools.utilities.batch.base.", "aws_lambda_powertools.utilities.batch."),
    (
        "aws_lambda_powertools.utilities.batch.sqs_fifo_partial_processor.",
        "aws_lambda_powertools.utilities.batch.",
    ),
    ("aws_lambda_powertools.utilities.parser.parser.", "aws_lambda_powertools.utilities.parser."),
    ("aws_lambda_powertools.event_handler.appsync.Router", "aws_lambda_powertools.event_handler.AppSyncRouter"),
    (
        "aws_lambda_powertools.event_handler.graphql_appsync.router.Router",
        "aws_lambda_powertools.event_handler.AppSyncRouter",
    ),
    *(
        (
            f"aws_lambda_powertools.event_handler.{module}.Router",
            "aws_lambda_powertools.event_handler.AppSyncEventsRouter",
        )
        for module in ("events_appsync", "events_appsync.router")
    ),
    *(
        (f"aws_lambda_powertools.event_handler.{module}.", "aws_lambda_powertools.event_handler.")
        for module in (
            *("api_gateway", "router", "appsync", "bedrock_agent", "bedrock_agent_function", "lambda_function_url"),
            *("vpc_lattice", "events_appsync.appsync_events", "events_appsync"),
        )
    ),
    ("crhelper.resource_helper.", "crhelper."),
    ("sqlalchemy.ext.declarative.declarative_base", "sqlalchemy.orm.declarative_base"),
    ("sqlalchemy.orm.session.", "sqlalchemy.orm."),
    ("sqlalchemy.orm.scoped_session.", "sqlalchemy.orm.Session."),  # it hands each call on to one
    ("sqlalchemy.orm.scoping.", "sqlalchemy.orm."),
    ("sqlalchemy.orm.query.", "sqlalchemy.orm."),
    ("sqlalchemy.future.select", "sqlalchemy.select"),
    ("sqlalchemy.sql.select", "sqlalchemy.select"),
    ("sqlalchemy.sql.func.", "sqlalchemy.func."),
    ("sqlalchemy.sql.expression.func.", "sqlalchemy.func."),
    ("sqlalchemy.engine.create_engine", "sqlalchemy.create_engine"),
    ("sqlalchemy.engine.base.", "sqlalchemy.engine."),
    ("sqlalchemy.engine.row.", "sqlalchemy.engine."),
    ("sqlalchemy.Row", "sqlalchemy.engine.Row"),
    ("aws_lambda_powertools.middleware_factory.factory.", "aws_lambda_powertools.middleware_factory."),
    ("aws_xray_sdk.core.recorder.", "aws_xray_sdk.core.xray_recorder."),
    ("sentry_sdk.integrations.serverless.", "sentry_sdk.serverless."),
)
#: Each class stands in a module of its own, and in the package.
#: Routers of their own for each resolver, which differ in what is said of their `current_event`.
_ROUTERS = frozenset({"APIGatewayRouter", "APIGatewayHttpRouter", "LambdaFunctionUrlRouter", "ALBRouter"})
_HANDLERS = "aws_lambda_powertools.event_handler."
_DATA_CLASSES = "aws_lambda_powertools.utilities.data_classes."
_PARSER_MODELS = "aws_lambda_powertools.utilities.parser.models."


@lru_cache(maxsize=8192)
def canonical(name: str) -> str:
    """The name under which the library knows something."""
    found = _ALIASES.get(name)
    if found is not None:
        return found
    if name.startswith(_DATA_CLASSES):
        module, _, rest = name[len(_DATA_CLASSES) :].partition(".")
        if (rest[:1].isupper() or rest.startswith("vpcLattice")) and module.islower():
            return _DATA_CLASSES + rest
    if name.startswith(_PARSER_MODELS):
        module, _, rest = name[len(_PARSER_MODELS) :].partition(".")
        return _PARSER_MODELS + rest if rest[:1].isupper() and module.islower() else name
    if name.startswith("boto3.errors.") and name.endswith(".ClientError"):
        return "botocore.exceptions.ClientError"
    for prefix, replacement in _PREFIXES:
        if name.startswith(prefix):
            name = replacement + name[len(prefix) :]
            break
    if name.startswith(_HANDLERS) and name[len(_HANDLERS) :].partition(".")[0] in _ROUTERS:
        return f"{_HANDLERS}Router{name[len(_HANDLERS) :].partition('Router')[2]}"
    return name


def is_builtin(name: str) -> bool:
    """Whether a bare name is a builtin of Python."""
    return name in _BUILTINS


def is_standard(module: str) -> bool:
    """Whether a top-level module is the standard library's."""
    return module in sys.stdlib_module_names
