"""What a descriptor says of one function that it deploys. Each fact knows where it stands; what is left open is None.

A descriptor is a SAM or CloudFormation template, a serverless.yml, a folder of Terraform, a CDK app, a Dockerfile, the
settings of Chalice or Zappa. Each has a reader that gives `Deployment`s; nothing after the readers knows one from
another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from lambdalint.finding import Place
from lambdalint.source import Source

T = TypeVar("T")

#: What may call a function, in one word each. A row of the contracts names the kinds that it stands for.
KINDS = frozenset({
    # answers a request
    "rest-api", "rest-api-custom", "http-api", "function-url", "websocket", "alb", "vpc-lattice",
    # lets a request in
    "rest-authorizer", "http-authorizer", "websocket-authorizer", "appsync-authorizer", "iot-authorizer",
    "transfer-identity",
    # delivers records
    "sqs", "kinesis", "dynamodb", "kafka", "mq", "documentdb", "sns", "s3", "ses", "codecommit", "firehose",
    "cloudwatch-logs", "eventbridge", "schedule", "iot-rule", "cloudwatch-alarm",
    # calls and reads, or waits
    "cognito", "lambda-edge", "cloudfront-function", "custom-resource", "custom-resource-provider", "config-rule",
    "codepipeline", "codedeploy-hook", "appsync", "step-functions", "lex", "connect", "alexa-skill",
    "alexa-smart-home", "secrets-rotation", "bedrock-agent", "s3-batch", "s3-object-lambda",
    # something that no row describes
    "other",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """What is written, as a value, and where."""

    value: T
    place: Place


#: How many records a mapping hands over at once, where it does not say.
#: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
BATCH_SIZES = {"sqs": 10, "kinesis": 100, "dynamodb": 100, "kafka": 100, "mq": 100, "documentdb": 100}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that calls the function. `kind` is one of `KINDS`; `name` is what the descriptor calls it, if it does.

    `settings`, where the descriptor decides them (a default that the service documents counts; what is open is left
    out):
        response_types    of a stream or queue: list of str, FunctionResponseTypes; [] where it is surely not set
        payload_format    of "http-api": "1.0" or "2.0"; of "http-authorizer" too
        simple_responses  of "http-authorizer": bool
        authorizer_type   of "rest-authorizer": "TOKEN" or "REQUEST"
        batch_size        int
        filtered          True where the mapping may hand over only some of the records
        multi_value_headers  of "alb": bool
        method, path      of a route, as the source writes them: "GET", "/orders/{id}"; "ANY" and "$default" too
        stage_variables   of a route of SAM: False where the template gives the API's stage none
        trigger           of "cognito": "PreSignUp", as the template names it
        stream_view       of "dynamodb": what the table's stream holds, "NEW_IMAGE"
        notified          of "s3": list of str, the events that it is told of, "s3:ObjectRemoved:*"
        input             True where a constant or a transformed input replaces the source's own event
    """

    kind: str
    place: Place
    name: str = ""
    settings: Mapping[str, Fact[Any]] = field(default_factory=dict)

    def setting(self, name: str) -> Any:
        """A setting's value, or None where it is not known."""
        fact = self.settings.get(name)
        return fact.value if fact is not None else None


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer. `folder`: the local folder whose content is put at /opt (so `folder/python` is on sys.path), or None.
    `prefix`: the folder inside /opt that it is put in instead; with "python" `folder` itself is on sys.path.
    `known`: its content is that folder's and what `requirements` (absolute paths of manifests) bring, and no more."""

    place: Place
    folder: str | None = None
    requirements: tuple[str, ...] = ()
    known: bool = False
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """What stands in /var/task.

    `folder`: the local folder (absolute) whose content stands at its top, or None where it is not known: it is built
    elsewhere, or fetched. `files`: those of the folder's files, relative to it, that are packaged, where only some
    are. `prefix`: the folder inside /var/task that `folder` is put in, "" for its top.
    `renamed`: modules that stand there under another name than their files (absolute paths) have, each by its path.
    `inline`: code that is written in the descriptor itself, a source of its own; `inline_module`: its name.
    `requirements`: manifests (absolute paths) whose distributions are installed beside it.
    `known`: the package holds this and no more. Where it is False, what is not seen may be there all the same.
    `archive`: where it is built before it is deployed, the path of the archive, image or folder that holds it then,
    without a suffix and as far as it is known; None where it is not built. `image`: of an
    image what tells it from others, "" where that is not known; None of what is none.
    """

    folder: str | None = None
    place: Place | None = None
    inline: Source | None = None
    files: frozenset[str] | None = None
    prefix: str = ""
    requirements: tuple[str, ...] = ()
    known: bool = False
    inline_module: str = "index"
    archive: str | None = None
    image: str | None = None
    renamed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Deployment:
    """One function that a descriptor deploys, under one choice of its conditions.

    `descriptor` names the kind for a person: "SAM", "CloudFormation", "Serverless Framework", "Terraform", "CDK",
    "Dockerfile", "Chalice", "Zappa". `name`: the logical id, or what stands for it. `handler`: the string that the
    runtime is given; where a wrapper layer stands before it, the true handler that a variable names, and where
    serverless-wsgi's own does, the app (`wrapper` is then the template's own); None where it is not known. `variables`:
    a value of None is not known; with `variables_known` there are no others; those in `filled` hold a text that is not
    empty, be it known or not. `answers_itself`: a framework (Chalice) makes the handler and its answers. `python`: it
    runs Python of whatever version, where the `runtime` does not say so. `through`: the descriptors (absolute paths, of
    what is read by folder the folders) that lead to the one that declares it, the outermost first, and that one; ()
    where none leads to another.
    """

    name: str
    descriptor: str
    place: Place
    handler: Fact[str] | None = None
    code: Code = field(default_factory=Code)
    runtime: Fact[str] | None = None
    timeout: Fact[int] | None = None
    memory: Fact[int] | None = None
    variables: Mapping[str, Fact[str | None]] = field(default_factory=dict)
    variables_known: bool = False
    filled: frozenset[str] = frozenset()
    layers: tuple[Layer, ...] = ()
    layers_known: bool = False
    events: tuple[Event, ...] = ()
    wrapper: Fact[str] | None = None
    answers_itself: bool = False
    python: bool = False
    through: tuple[str, ...] = ()

    def sets(self) -> dict[str, bool]:
        """The variables that are surely set, each with whether its text is surely not empty."""
        found = {name: bool(fact.value) for name, fact in self.variables.items() if fact.value is not None}
        return {**found, **dict.fromkeys(self.filled, True)}

    @property
    def is_python(self) -> bool:
        """Whether it surely runs Python, of a version that is still Python: what python2.7 runs is another language."""
        return self.runtime.value.startswith("python3") if self.runtime is not None else self.python
