"""Makes lambdalint/interpreter/library/aws/answers.bin: what every operation of every AWS client answers with, from the
service models that botocore brings.

    pip install boto3==1.44.8
    python scripts/aws_answers.py

Of each operation that answers with something, the keys of its answer, and below them what leads to a value that is no
JSON: a timestamp, a blob, a stream; of the services in FLOATS, to a float. Of the services in FULL, which handlers call
most, every key of what leads there, and of those in JSON every key.

A service is written as lines. The first has its name and its operations, in the order of their structures: one that
answers with a structure of another has its number, `name=3`. Each line that follows is a structure: members
`Name:code`, ` *` at the end where members that hold nothing but JSON are left out. Codes: none for a text, `i` int,
`f` float, `b` bool, `T` timestamp, `B` blob, `S` a stream of bytes, `E` a stream of events, `j` any JSON, `l` and `d`
a list and a dict of nothing but JSON, `[x` and `{x` a list and a dict of x, a number for a structure; `!` where the
model requires it. A structure without members is `-`. Several services are packed together, with an index at the head
of the file. Beside them stand what their operations take (scripts/aws_requests.py), and their resources
(scripts/aws_resources.py).
"""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from pathlib import Path
from typing import Any

import aws_requests
import aws_resources
import boto3
import botocore
import botocore.session
from botocore import xform_name

TARGET = Path(__file__).parent.parent / "lambdalint" / "interpreter" / "library" / "aws" / "answers.bin"
FULL = frozenset({
    "acm", "apigateway", "apigatewaymanagementapi", "apigatewayv2", "appconfigdata", "athena", "autoscaling",
    "batch", "bedrock", "bedrock-agent", "bedrock-agent-runtime", "bedrock-runtime", "cloudformation", "cloudfront",
    "cloudtrail", "cloudwatch", "codebuild", "codecommit", "codepipeline", "cognito-idp", "comprehend", "config",
    "dynamodb", "dynamodbstreams", "ec2", "ecr", "ecs", "efs", "eks", "elasticache", "elbv2", "emr", "events",
    "firehose", "glue", "guardduty", "iam", "iot", "iot-data", "kinesis", "kms", "lambda", "logs", "organizations",
    "pinpoint", "pipes", "polly", "rds", "rds-data", "redshift", "redshift-data", "rekognition", "route53", "s3",
    "sagemaker", "sagemaker-runtime", "scheduler", "schemas", "secretsmanager", "securityhub", "ses", "sesv2",
    "sns", "sqs", "ssm", "stepfunctions", "sts", "transcribe", "translate", "wafv2",
})  # fmt: skip
#: Of these, what holds nothing but JSON, too: handlers compute with it. Of what takes most, EC2 and Glue first, it is
#: left out: all tables together are to stay small.
JSON = frozenset({
    "acm", "apigatewaymanagementapi", "athena", "cloudtrail", "cloudwatch", "codecommit",
    "cognito-idp", "dynamodb", "dynamodbstreams", "ecr", "efs", "events", "iam", "iot-data", "kinesis", "kms", "lambda",
    "logs", "organizations", "polly", "rds-data", "redshift-data", "s3", "sagemaker-runtime", "scheduler",
    "secretsmanager", "ses", "sns", "sqs", "ssm", "stepfunctions", "sts", "transcribe",
    "translate",
})  # fmt: skip
#: Of these services, in FULL or not, what leads to a float, too: the confidence of what was recognised, which boto3
#: refuses to put into DynamoDB.
FLOATS = frozenset({
    "application-autoscaling", "autoscaling", "bedrock-agent-runtime", "budgets", "comprehend", "comprehendmedical",
    "compute-optimizer", "lexv2-runtime", "location", "personalize-runtime", "rekognition", "service-quotas",
    "textract", "xray",
})  # fmt: skip
#: Services packed together, those that are called most apart, and those in FULL: more are smaller, and slower to open.
TOGETHER = 180
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]
SCALARS = {
    "string": "", "character": "", "integer": "i", "long": "i", "bigdecimal": "f", "float": "f", "double": "f",
    "boolean": "b", "timestamp": "T", "blob": "B",
}  # fmt: skip
#: What botocore/handlers.py turns a text into after the answer is parsed: policies of IAM, templates of
#: CloudFormation, unless they are YAML; or leaves out.
DECODED = {
    "iam": {"policyDocumentType": "d"},
    "cloudformation": {"TemplateBody": "j"},
    "s3": {"BucketLocationConstraint": "j"},  # None of the region that had no name
}


class Service:
    """A service's model, and the lines that are made of it."""

    def __init__(self, name: str, model: dict[str, Any]) -> None:
        self.name = name
        self.shapes: dict[str, Any] = model["shapes"]
        self.operations: dict[str, Any] = model["operations"]
        self.special = self._special()
        self.numbers: dict[str, int] = {}
        self.lines: list[str] = []
        self.tops: set[str] = set()

    def _special(self) -> set[str]:
        """The shapes that are, or hold, what is no JSON."""
        holders: dict[str, set[str]] = defaultdict(set)
        if self.name in JSON:
            return set(self.shapes)
        sought = ("timestamp", "blob", *(("float", "double", "bigdecimal") if self.name in FLOATS else ()))
        found = {name for name, shape in self.shapes.items() if shape["type"] in sought}
        found |= {name for name, shape in self.shapes.items() if shape.get("eventstream")}
        for name, shape in self.shapes.items():
            inside = [*shape.get("members", {}).values()] if shape["type"] == "structure" else []
            inside += [shape[part] for part in ("member", "value") if part in shape]
            for one in inside:
                holders[one["shape"]].add(name)
        stack = list(found)
        while stack:
            for holder in holders[stack.pop()] - found:
                found.add(holder)
                stack.append(holder)
        return found

    def code(self, reference: dict[str, Any]) -> str:
        """How a member is written."""
        name = reference["shape"]
        shape = self.shapes[name]
        kind = shape["type"]
        if shape.get("document") or reference.get("jsonvalue") or shape.get("jsonvalue"):
            return "j"
        if name in DECODED.get(self.name, {}):
            return DECODED[self.name][name]
        if kind == "blob" and (reference.get("streaming") or shape.get("streaming")):
            return "S"
        if shape.get("eventstream"):
            return "E"
        if kind in SCALARS:
            return SCALARS[kind]
        if name not in self.special and not self.is_of_scalars(shape):
            return "l" if kind == "list" else "d"
        if kind == "list":
            return "[" + (self.code(shape["member"]) or "s")
        if kind == "map":
            return "{" + (self.code(shape["value"]) or "s")
        return str(self.structure(name))

    def is_of_scalars(self, shape: dict[str, Any]) -> bool:
        """Whether it is a list or map of texts and numbers, or of such lists; of the services that are called most."""
        inner = shape.get("member") or shape.get("value")
        if self.name not in aws_requests.CALLED or inner is None:
            return False
        one = self.shapes[inner["shape"]]
        return one["type"] in SCALARS or (one["type"] == "list" and self.is_of_scalars(one))

    def structure(self, name: str) -> int:
        """The number of a structure, whose line is written when it is first asked for."""
        if name not in self.numbers:
            number = self.numbers[name] = len(self.lines)
            self.lines.append("")
            self.lines[number] = self.line(name)
        return self.numbers[name]

    def line(self, name: str) -> str:
        """A structure as its line."""
        members = self.shapes[name].get("members", {})
        required = set(self.shapes[name].get("required", ()))
        whole = self.name in FULL or name in self.tops
        row = []
        for member, reference in members.items():
            if whole or reference["shape"] in self.special:
                code = self.code(reference)
                if name in self.tops and member == self.shapes[name].get("payload"):
                    blob = self.shapes[reference["shape"]]["type"] == "blob"
                    code = "S" if blob else code  # the whole body of the response is handed on as it comes
                code += "!" if member in required else ""
                row.append(f"{member}:{code}" if code else member)
        return " ".join([*row, "*"] if len(row) < len(members) else row) or "-"

    def text(self) -> str:
        """The lines of the service."""
        answers = {
            xform_name(name): operation["output"]["shape"]
            for name, operation in self.operations.items()
            if "output" in operation and self.shapes[operation["output"]["shape"]].get("members")
        }
        self.tops = set(answers.values())
        for number, name in enumerate(dict.fromkeys(answers.values())):
            self.numbers[name] = number
            self.lines.append("")
        head = []
        met: set[str] = set()
        for operation, name in answers.items():
            head.append(f"{operation}={self.numbers[name]}" if name in met else operation)
            if name not in met:
                met.add(name)
                self.lines[self.numbers[name]] = self.line(name)
        return "\n".join([" ".join([self.name, *head]), *self.lines])


def main() -> None:
    session = botocore.session.get_session()
    loader = session.get_component("data_loader")
    loader.search_paths.append(str(Path(boto3.__file__).parent / "data"))
    names = sorted(loader.list_available_services("service-2"))
    texts = {name: _text(loader, name) for name in names}
    packs, index = [], []
    for together in _together(names):
        taken = [text for name in together for text in _taken(loader, name)]
        data = "\n\n".join([*(texts[name] for name in together), *taken]).encode()
        packs.append(lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=FILTERS))
        index.append([len(packs[-1]), together])
    head = json.dumps({"botocore": botocore.__version__, "packs": index}, separators=(",", ":"))
    TARGET.write_bytes(head.encode() + b"\n" + b"".join(packs))
    print(f"{TARGET.name}: {len(names)} services of botocore {botocore.__version__}, {TARGET.stat().st_size:,} bytes")


def _text(loader: Any, name: str) -> str:
    """The lines of a service, and those of its resources."""
    model = loader.load_service_model(name, "service-2")
    service = Service(name, model)
    written = service.text()
    if name not in FULL or name not in loader.list_available_services("resources-1"):
        return written
    resources = aws_resources.text(service, model, loader.load_service_model(name, "resources-1"))
    return "\n".join([written.partition("\n")[0], *service.lines]) + "\n\n" + resources


def _taken(loader: Any, name: str) -> list[str]:
    """The lines of what a service's operations take, where they are written."""
    if name not in aws_requests.CALLED and name not in aws_requests.SOME:
        return []
    model = loader.load_service_model(name, "service-2")
    others = [
        loader.load_service_model(name, kind)[key] if name in loader.list_available_services(kind) else {}
        for kind, key in (("waiters-2", "waiters"), ("paginators-1", "pagination"))
    ]
    return [aws_requests.Requests(name, model, *others).text()]


def _together(names: list[str]) -> list[list[str]]:
    called = [name for name in names if name in aws_requests.CALLED]
    full = [name for name in names if name in FULL and name not in called]
    rest = [name for name in names if name not in FULL and name not in called]
    return [called, full, *(rest[start : start + TOGETHER] for start in range(0, len(rest), TOGETHER))]


if __name__ == "__main__":
    main()
