"""Writes lambdalint/interpreter/library/tables/signatures.txt: how functions of third-party libraries are called.

    python scripts/library_signatures.py [FOLDER ...]

Asks the libraries that are installed, and those in each folder (`pip install --no-deps --target FOLDER requests==2.20.0
...`), which come before the installed ones. A function has one signature for each way in which a version takes its
arguments; what any version takes the table takes. A function that hands its keywords on (`requests.get(url, **kwargs)`)
has those of what it hands them to, by HANDED_ON, which was read off the sources. A function of which one version takes
anything has no row.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "lambdalint/interpreter/library/tables/signatures.txt"
_PT = "aws_lambda_powertools"
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
DISTRIBUTIONS = [
    *("requests", "httpx", "urllib3", "pydantic", "attrs", "SQLAlchemy", "psycopg2-binary", "PyMySQL", "redis"),
    *(
        "pandas",
        "numpy",
        "aws-lambda-powertools",
        "aws-xray-sdk",
        "crhelper",
        "mangum",
        "fastapi",
        "orjson",
        "PyJWT",
        "PyYAML",
        "boto3",
    ),
]

#: Modules and classes, by the names under which lambdalint knows them; what of each, "" for all that is public.
#: "()" is making one, `__call__` calling it.
OWNERS: dict[str, str] = {
    "requests": " ".join(_VERBS),
    "requests.Session": "() get post put patch delete head options request mount close",
    "requests.Response": "json raise_for_status iter_content iter_lines close",
    "requests.adapters.HTTPAdapter": "()",
    "requests.auth.HTTPBasicAuth": "()",
    "requests.Request": "()",
    "httpx": "get post put patch delete head options request stream",
    "httpx.Client": "() get post put patch delete head options request stream send close build_request",
    "httpx.AsyncClient": "() get post put patch delete head options request stream send aclose build_request",
    "httpx.Response": "raise_for_status read iter_bytes iter_text iter_lines close",
    "httpx.HTTPTransport": "()",
    "httpx.BasicAuth": "()",
    "httpx.Limits": "()",
    "urllib3": "make_headers disable_warnings request",
    "urllib3.PoolManager": "() request urlopen clear",
    "urllib3.Timeout": "()",
    "urllib3.Retry": "()",
    "pydantic.BaseModel": "model_dump model_dump_json model_validate model_validate_json model_copy model_construct "
    "model_json_schema parse_raw",
    "pydantic.TypeAdapter": "() validate_python validate_json dump_python dump_json",
    "attrs": "define frozen field asdict astuple evolve has fields",
    "sqlalchemy": "text create_engine bindparam literal_column ForeignKey UniqueConstraint MetaData",
    "sqlalchemy.engine.Engine": "connect begin dispose",
    "sqlalchemy.engine.Connection": "execute exec_driver_sql scalar scalars commit rollback close",
    "sqlalchemy.engine.CursorResult": "fetchone fetchall fetchmany first one one_or_none scalar scalar_one "
    "scalar_one_or_none scalars mappings all keys close",
    "sqlalchemy.engine.Result": "first one one_or_none scalar scalar_one scalar_one_or_none scalars mappings all keys "
    "fetchone fetchall fetchmany",
    "sqlalchemy.engine.ScalarResult": "all first one one_or_none fetchall fetchmany",
    "sqlalchemy.engine.MappingResult": "all first one one_or_none fetchone fetchall fetchmany",
    "sqlalchemy.orm.Session": "() add add_all delete commit rollback close flush execute scalar scalars get merge "
    "refresh expunge expunge_all query begin expire expire_all",
    "sqlalchemy.orm.Query": "get first one one_or_none all count scalar filter filter_by limit offset order_by",
    "sqlalchemy.orm": "sessionmaker relationship",
    "pymysql": "connect",
    "pymysql.connections.Connection": "cursor commit rollback close ping begin select_db autocommit",
    "pymysql.cursors.Cursor": "execute executemany fetchone fetchall fetchmany close callproc mogrify",
    "redis.Redis": "() get set setex setnx psetex mget mset delete exists expire expireat pexpire ttl pttl incr incrby "
    "decr decrby incrbyfloat append hget hset hmget hmset hgetall hdel hexists hkeys hvals hlen hincrby "
    "hincrbyfloat hsetnx lpush rpush lpop rpop lrange llen lindex lset lrem ltrim blpop brpop sadd srem "
    "smembers sismember scard spop sunion sinter sdiff zadd zrem zrange zrevrange zrangebyscore zscore "
    "zrank zrevrank zincrby zcard zcount publish keys scan scan_iter flushdb flushall ping "
    "pipeline lock "
    "pubsub persist rename type getset strlen xadd xread xack",
    "numpy": "array asarray zeros ones full empty arange linspace eye concatenate stack vstack hstack mean median std "
    "var sum prod min max argmin argmax argsort sort unique where percentile quantile average dot round clip "
    "cumsum diff histogram isclose allclose reshape transpose append interp polyfit corrcoef cov array_split",
    "pandas": "concat merge read_csv read_json read_excel read_parquet read_sql read_sql_query read_sql_table "
    "to_datetime "
    "to_numeric to_timedelta date_range cut qcut json_normalize get_dummies pivot_table melt isna notna",
    "pandas.DataFrame": "() append iteritems applymap lookup mad agg apply assign astype clip copy count cumsum "
    "describe diff drop drop_duplicates dropna "
    "explode fillna filter from_dict from_records groupby head idxmax idxmin isin items iterrows "
    "itertuples join max mean median melt merge min nlargest nsmallest nunique pivot pivot_table "
    "quantile rank reindex rename replace reset_index resample rolling round sample "
    "set_index shift "
    "sort_index sort_values std sum tail to_csv to_dict to_excel to_json to_numpy to_parquet "
    "to_records to_sql to_string transpose var where",
    "pandas.Series": "() append iteritems mad agg apply astype clip copy count cumsum describe diff drop "
    "drop_duplicates dropna explode fillna "
    "groupby head idxmax idxmin isin items map max mean median min mode nlargest nsmallest nunique "
    "quantile rank reindex rename replace reset_index resample rolling round sample shift sort_index "
    "sort_values std sum tail to_csv to_dict to_frame to_json to_list to_numpy tolist to_string "
    "unique "
    "value_counts var where",
    "pandas.Timestamp": "isoformat strftime",
    f"{_PT}.Metrics": "() add_metric add_dimension add_metadata set_default_dimensions flush_metrics",
    f"{_PT}.Tracer": "() put_annotation put_metadata",
    f"{_PT}.Logger": "append_keys remove_keys set_correlation_id get_correlation_id",
    f"{_PT}": "single_metric",
    f"{_PT}.event_handler.Response": "()",
    f"{_PT}.event_handler.APIGatewayRestResolver": "()",
    f"{_PT}.event_handler.APIGatewayHttpResolver": "()",
    f"{_PT}.event_handler.LambdaFunctionUrlResolver": "()",
    f"{_PT}.event_handler.ALBResolver": "()",
    f"{_PT}.event_handler.AppSyncResolver": "()",
    f"{_PT}.event_handler.CORSConfig": "()",
    f"{_PT}.event_handler.Router": "get post put patch delete route include_router exception_handler not_found resolve",
    f"{_PT}.utilities.batch": "process_partial_response async_process_partial_response",
    f"{_PT}.utilities.batch.BatchProcessor": "() response process",
    f"{_PT}.utilities.feature_flags.AppConfigStore": "()",
    f"{_PT}.utilities.feature_flags.FeatureFlags": "() evaluate get_enabled_features",
    f"{_PT}.utilities.idempotency.DynamoDBPersistenceLayer": "()",
    f"{_PT}.utilities.idempotency.IdempotencyConfig": "() register_lambda_context",
    f"{_PT}.utilities.parameters.SSMProvider": "()",
    f"{_PT}.utilities.parameters.SecretsProvider": "()",
    f"{_PT}.utilities.parameters.DynamoDBProvider": "()",
    f"{_PT}.utilities.parser": "parse",
    f"{_PT}.utilities.validation": "validate",
    f"{_PT}.utilities.jmespath_utils": "query extract_data_from_envelope",
    f"{_PT}.utilities.data_masking.DataMasking": "() encrypt decrypt",
    "aws_xray_sdk.core": "patch patch_all",
    "aws_xray_sdk.core.xray_recorder": "begin_segment end_segment begin_subsegment end_subsegment put_annotation "
    "put_metadata capture capture_async current_segment current_subsegment "
    "get_trace_entity configure",
    "crhelper.CfnResource": "() __call__ create update delete poll_create poll_update poll_delete init_failure",
    "mangum.Mangum": "() __call__",
    "fastapi": "HTTPException APIRouter Depends",
    "fastapi.FastAPI": "get post put patch delete include_router",
    "fastapi.responses.JSONResponse": "()",
    "fastapi.responses.Response": "()",
    "jwt": "encode decode get_unverified_header get_unverified_claims decode_complete",
    "jwt.PyJWKClient": "() get_signing_key_from_jwt get_signing_key fetch_data",
    "yaml": "load load_all safe_load safe_load_all dump dump_all safe_dump safe_dump_all",
}
#: Where an owner is not found under its name: a class of it, or an instance.
STANDS_FOR = {
    "aws_xray_sdk.core.xray_recorder": "aws_xray_sdk.core.async_recorder.AsyncAWSXRayRecorder",
    f"{_PT}.event_handler.Router": f"{_PT}.event_handler.api_gateway.ApiGatewayResolver",
}
#: What hands its keywords on, and to what it hands them: the signature is its own, with the keywords of these.
HANDED_ON: dict[str, tuple[str, ...]] = {
    **{f"requests.{verb}": ("requests.Session.request",) for verb in _VERBS},
    **{f"requests.Session.{verb}": ("requests.Session.request",) for verb in _VERBS},
    **{f"yaml.{name}": ("yaml.dump_all",) for name in ("dump", "safe_dump", "safe_dump_all")},
    "pymysql.connect": ("pymysql.connections.Connection",),
}
_POOL = "urllib3.connectionpool.HTTPConnectionPool.urlopen"
HANDED_ON["urllib3.PoolManager.request"] = (
    _POOL, "urllib3.response.HTTPResponse", "urllib3.PoolManager.request_encode_body",
    "urllib3.PoolManager.request_encode_url",
)  # fmt: skip
HANDED_ON["urllib3.PoolManager.urlopen"] = (_POOL, "urllib3.response.HTTPResponse")
_SENT = "ExtraArgs= Callback= Config="
_COPIED = "ExtraArgs= Callback= SourceClient= Config="
_CLIENT = (
    "service_name region_name= api_version= use_ssl= verify= endpoint_url= aws_access_key_id= "
    "aws_secret_access_key= aws_session_token= config= aws_account_id="
)
_KEY, _ATTR = "boto3.dynamodb.conditions.Key", "boto3.dynamodb.conditions.Attr"
#: Functions of C that tell nothing of their arguments, and those that boto3 puts into its classes as it makes them, by
#: their documentation, for every version. https://docs.aws.amazon.com/boto3/latest/reference/services/s3.html
#: https://github.com/ijl/orjson#serialize ; https://www.psycopg.org/docs/cursor.html ; https://www.psycopg.org/docs/connection.html
WRITTEN = {
    "boto3.client": _CLIENT,
    "boto3.resource": _CLIENT,
    "boto3.Session.client": _CLIENT,
    "boto3.Session.resource": _CLIENT,
    "boto3.client.s3.generate_presigned_url": "ClientMethod Params= ExpiresIn= HttpMethod=",
    "boto3.client.s3.generate_presigned_post": "Bucket Key Fields= Conditions= ExpiresIn=",
    "boto3.client.s3.upload_file": f"Filename Bucket Key {_SENT}",
    "boto3.client.s3.upload_fileobj": f"Fileobj Bucket Key {_SENT}",
    "boto3.client.s3.download_file": f"Bucket Key Filename {_SENT}",
    "boto3.client.s3.download_fileobj": f"Bucket Key Fileobj {_SENT}",
    "boto3.client.s3.copy": f"CopySource Bucket Key {_COPIED}",
    "boto3.s3.Bucket.upload_file": f"Filename Key {_SENT}",
    "boto3.s3.Bucket.upload_fileobj": f"Fileobj Key {_SENT}",
    "boto3.s3.Bucket.download_file": f"Key Filename {_SENT}",
    "boto3.s3.Bucket.download_fileobj": f"Key Fileobj {_SENT}",
    "boto3.s3.Bucket.copy": f"CopySource Key {_COPIED}",
    "boto3.s3.Object.upload_file": f"Filename {_SENT}",
    "boto3.s3.Object.upload_fileobj": f"Fileobj {_SENT}",
    "boto3.s3.Object.download_file": f"Filename {_SENT}",
    "boto3.s3.Object.download_fileobj": f"Fileobj {_SENT}",
    "boto3.s3.Object.copy": f"CopySource {_COPIED}",
    "boto3.dynamodb.Table.batch_writer": "overwrite_by_pkeys=",
    "boto3.dynamodb.BatchWriter.put_item": "Item",
    "boto3.dynamodb.BatchWriter.delete_item": "Key",
    **{f"{kind}.{name}": "value" for kind in (_KEY, _ATTR) for name in ("eq", "lt", "lte", "gt", "gte", "begins_with")},
    **{f"{kind}.between": "low_value high_value" for kind in (_KEY, _ATTR)},
    **{f"{_ATTR}.{name}": "value" for name in ("ne", "is_in", "contains", "attribute_type")},
    **{f"{_ATTR}.{name}": "" for name in ("exists", "not_exists", "size")},
    "orjson.dumps": "/obj default= option=",
    "orjson.loads": "/obj",
    "psycopg2.extensions.cursor.execute": "query vars=",
    "psycopg2.extensions.cursor.executemany": "query vars_list",
    "psycopg2.extensions.cursor.mogrify": "query vars=",
    "psycopg2.extensions.cursor.fetchone": "",
    "psycopg2.extensions.cursor.fetchall": "",
    "psycopg2.extensions.cursor.fetchmany": "size=",
    "psycopg2.extensions.cursor.close": "",
    "psycopg2.extensions.connection.cursor": "name= cursor_factory= withhold= scrollable=",
    "psycopg2.extensions.connection.commit": "",
    "psycopg2.extensions.connection.rollback": "",
    "psycopg2.extensions.connection.close": "",
}
#: Wrapped by what takes anything and hands it on as it is, or changes names that it takes: `deprecate_kwarg`.
UNWRAPPED = ("numpy", "pandas", "sqlalchemy", "redis")


def own_names(owner: Any) -> Iterator[str]:
    for name in dir(owner):
        found = getattr(owner, name, None)
        if not name.startswith("_") and callable(found) and not isinstance(found, type):
            yield name


def words(signature: inspect.Signature, method: bool) -> list[str]:
    parameters = list(signature.parameters.values())
    if method and parameters and parameters[0].kind is not inspect.Parameter.VAR_POSITIONAL:
        del parameters[0]
    found = []
    for one in parameters:
        given = "=" if one.default is not one.empty else ""
        found.append({
            one.POSITIONAL_ONLY: f"/{one.name}{given}", one.POSITIONAL_OR_KEYWORD: f"{one.name}{given}",
            one.VAR_POSITIONAL: "*", one.KEYWORD_ONLY: f"-{one.name}{given}", one.VAR_KEYWORD: "**",
        }[one.kind])  # fmt: skip
    return found


def found_at(name: str) -> Any:
    module, rest = name, []
    while module:
        try:
            thing = importlib.import_module(module)
        except ImportError:
            module, _, last = module.rpartition(".")
            rest.insert(0, last)
            continue
        for part in rest:
            thing = getattr(thing, part)
        return thing
    raise AttributeError(name)


def exists(name: str) -> bool:
    try:
        found_at(name)
    except AttributeError:
        return False
    return True


def signature_of(thing: Any, name: str, method: bool) -> list[str] | None:
    if isinstance(thing, (staticmethod, classmethod)):
        method, thing = isinstance(thing, classmethod), thing.__func__
    if isinstance(thing, property) or not callable(thing):
        return None
    try:
        signature = inspect.signature(thing, follow_wrapped=name.startswith(UNWRAPPED))
    except (ValueError, TypeError):
        return None
    found = words(signature, method)
    if name.startswith("pandas"):  # what is told to be for keywords alone was taken by position for a time
        found = [word.removeprefix("-") for word in found]
    return [*found, *(f"-{old}=" for old in renamed(thing))] if "**" not in found else found


def renamed(thing: Any) -> Iterator[str]:
    """Keywords that a wrapper takes by older names."""
    while thing is not None:
        try:
            old = inspect.getclosurevars(thing).nonlocals.get("old_arg_name")
        except TypeError:
            return
        if isinstance(old, str):
            yield old
        thing = getattr(thing, "__wrapped__", None)


def asked() -> dict[str, list[str]]:
    """The signatures of the libraries that can be imported here, as words."""
    found: dict[str, list[str] | None] = {}
    for owner, names in OWNERS.items():
        try:
            thing = found_at(STANDS_FOR.get(owner, owner))
        except Exception as error:
            print("not here:", owner, repr(error)[:100], file=sys.stderr)
            continue
        cls = isinstance(thing, type)
        for name in names.split() or own_names(thing):
            full = owner if name == "()" else f"{owner}.{name}"
            if name == "()":
                found[full] = signature_of(thing, full, False)
                continue
            try:
                part = inspect.getattr_static(thing, name) if cls else getattr(thing, name)
            except AttributeError:
                continue
            found[full] = signature_of(part, full, cls)
    for name, others in HANDED_ON.items():
        own = found.get(name)
        if own is None or own[-1] != "**":
            continue
        known = [word.strip("/-=") for word in own[:-1]]
        found_more: list[str] = []
        ends = ("**",) if name.startswith("urllib3.") else ()  # the last of them hands on to what takes no more
        for other in others:
            if not exists(other):
                continue
            place = found_at(other)
            more = signature_of(place, other, inspect.isfunction(place) and "." in place.__qualname__)
            found_more += [word.strip("/-=") for word in more or ["**"] if word not in ("*", *ends)]
        own[-1:] = [f"-{word}=" if word != "**" else word for word in dict.fromkeys(found_more) if word not in known]
    return {name: signature for name, signature in found.items() if signature is not None}


_QUERY = "__import__('sqlalchemy').create_engine('sqlite://').connect().exec_driver_sql('SELECT 1')"
#: An object of each type of which all attributes are known, as an expression. None of these has a `__getattr__`.
OBJECTS = {
    "requests.Response": "__import__('requests').Response()",
    "requests.Session": "__import__('requests').Session()",
    "httpx.Response": "(lambda h: h.Response(200, request=h.Request('GET', 'https://a')))(__import__('httpx'))",
    "httpx.Client": "__import__('httpx').Client()",
    "httpx.AsyncClient": "__import__('httpx').AsyncClient()",
    "urllib3.response.HTTPResponse": "__import__('urllib3').response.HTTPResponse(b'')",
    "urllib3.PoolManager": "__import__('urllib3').PoolManager()",
    "sqlalchemy.engine.Engine": "__import__('sqlalchemy').create_engine('sqlite://')",
    "sqlalchemy.engine.Connection": "__import__('sqlalchemy').create_engine('sqlite://').connect()",
    "sqlalchemy.engine.CursorResult": _QUERY,
    "psycopg2.extensions.connection": "__import__('psycopg2.extensions').extensions.connection",
    "psycopg2.extensions.cursor": "__import__('psycopg2.extensions').extensions.cursor",
    "pymysql.connections.Connection": "__import__('pymysql').connections.Connection(defer_connect=True)",
    "pymysql.cursors.Cursor": "(lambda m: m.cursors.Cursor(m.connections.Connection(defer_connect=True)))"
    "(__import__('pymysql'))",
    "numpy.ndarray": "__import__('numpy').array([1])",
    "pandas.Timestamp": "__import__('pandas').Timestamp('2026-01-01')",
    "boto3.dynamodb.conditions.Key": "__import__('boto3.dynamodb.conditions').dynamodb.conditions.Key('a')",
    "boto3.dynamodb.conditions.Attr": "__import__('boto3.dynamodb.conditions').dynamodb.conditions.Attr('a')",
    "pydantic.BaseModel": "__import__('pydantic').BaseModel",
    **{f"pydantic.{name}": f"(lambda p: p.TypeAdapter(p.{name}).validate_python('https://a.b'))(__import__('pydantic'))"
       for name in ("HttpUrl", "AnyUrl", "AnyHttpUrl")},
    "yaml": "__import__('yaml')",
    "jwt": "__import__('jwt')",
    "orjson": "__import__('orjson')",
}
#: What other libraries are known to add to these (requests-cache), and what the drivers' other cursors have.
ADDED = {
    "psycopg2.extensions.cursor": {"index", "column_mapping", "Record", "MAX_CACHE"},
    "pymysql.cursors.Cursor": {"dict_type", "read_next", "fetchall_unbuffered", "fetchone_unbuffered"},
    "requests.Response": {"from_cache", "created_at", "expires", "is_expired", "cache_key", "revalidated"},
}


def attributes() -> dict[str, list[str]]:
    found = {}
    for name, expression in OBJECTS.items():
        try:
            thing = eval(expression)
        except Exception as error:
            print("not here:", name, repr(error)[:100], file=sys.stderr)
            continue
        below = {one.name for one in pkgutil.iter_modules(thing.__path__)} if hasattr(thing, "__path__") else set()
        found[name] = sorted({*below, *(one for one in dir(thing) if not one.startswith("_")), *ADDED.get(name, ())})
    return found


def takes_all(one: list[str], other: list[str]) -> bool:
    """Whether the first signature takes each call that the second one takes."""

    def parts(words: list[str]) -> tuple[list[str], dict[str, bool]]:
        positional = [w for w in words if w[0] not in "-*"]
        return positional, {w.strip("/-="): w.endswith("=") for w in words if w[0] not in "/*"}

    (mine, named), (its, wanted) = parts(one), parts(other)
    if any(word in other and word not in one for word in ("*", "**")):
        return False
    if "*" not in one and [w.strip("/=") for w in mine[: len(its)]] != [w.strip("/=") for w in its]:
        return False
    if "**" not in one and not wanted.keys() <= named.keys():
        return False
    needed = {w.strip("/-=") for w in one if not w.endswith("=") and w[0] != "*"}
    return needed <= {w.strip("/-=") for w in other if not w.endswith("=") and w[0] != "*"}


def main() -> None:
    tables: list[dict[str, list[str]]] = []
    versions: dict[str, list[str]] = {}
    names: dict[str, set[str]] = {}
    for folder in ["", *sys.argv[1:]]:
        env = {**os.environ, "PYTHONPATH": folder, "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
        done = subprocess.run(
            [sys.executable, "-W", "ignore", __file__, "--ask"], env=env, capture_output=True, text=True, check=True
        )
        print(folder or "installed", done.stderr, file=sys.stderr)
        answer = json.loads(done.stdout)
        tables.append(answer["signatures"])
        for name, own in answer["attributes"].items():
            names.setdefault(name, set()).update(own)
        for name, version in answer["versions"].items():
            versions.setdefault(name, [])
            if version not in versions[name]:
                versions[name].append(version)
    rows: dict[str, list[list[str]]] = {name: [text.split()] for name, text in WRITTEN.items()}
    for table in tables:
        for name, signature in table.items():
            rows.setdefault(name, [])
            if signature not in rows[name]:
                rows[name].append(signature)
    lines = [f"# {name} {' '.join(sorted(found, key=order))}" for name, found in versions.items()]
    owner = ""
    for name, signatures in sorted(rows.items()):
        if any("*" in one and "**" in one and not any(w for w in one if w[0] not in "*") for one in signatures):
            continue
        kept = [
            one
            for index, one in enumerate(signatures)
            if not any(
                takes_all(other, one) and (not takes_all(one, other) or place < index)
                for place, other in enumerate(signatures)
                if place != index
            )
        ]
        newest = tables[0].get(name) or (["!"] if name not in tables[0] and name not in WRITTEN else None)
        kept = [*([newest] if newest is not None else []), *(one for one in kept if one != newest)]
        above, _, last = name.rpartition(".")
        if above != owner:
            owner = above
            lines.append(f"= {owner}")
        lines.append(f"{last} {' | '.join(' '.join(one) for one in kept)}".strip())
    lines += [f"@ {name} {' '.join(sorted(own))}" for name, own in sorted(names.items())]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def order(version: str) -> list[int]:
    """By which versions are put in order."""
    return [int(part) for part in version.split(".") if part.isdigit()]


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


if __name__ == "__main__":
    if sys.argv[1:] == ["--ask"]:
        found = asked()
        json.dump(
            {
                "signatures": found,
                "attributes": attributes(),
                "versions": {n: v for n in DISTRIBUTIONS if (v := _version(n))},
            },
            sys.stdout,
        )
    else:
        main()
