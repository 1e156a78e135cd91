"""What the operations of AWS clients take, as lines that stand in answers.bin beside those of their answers: see
scripts/aws_answers.py, which writes them.

Written of the services in CALLED, which deployed handlers call most, and of the operations in SOME of others. The first
line is `request:sqs` and the operations, each with the number of the structure that it takes (`send_message=3`), and
` *` where the service has operations beside these. Then, a line each: the exceptions of the service; its waiters, each
with the operation that it asks (`bucket_exists=head_bucket`); the operations that have a paginator; of those in SOME
the waiters alone; and `-` where there are none. Each line that
follows is a structure, its members as in answers.bin but for `!`, which stands before what is required, and for
`name=other`, which may be given by the other name too; one that begins with `|` takes one member alone. Codes of their
own: `d` is a document, `k` a key that botocore/handlers.py encodes before it is checked, `c` the source of a copy, a
text or the dict that it makes one of; `j` is anything.
"""

from __future__ import annotations

import re
from typing import Any

from botocore import xform_name

#: Those that handlers call most; packed together, since a handler of one calls others of them. Of some, only these
#: operations are written, and of the others their names: what is set up with a service takes much, and no handler.
CALLED = {
    **dict.fromkeys((
        "apigatewaymanagementapi", "dynamodbstreams", "events", "iot-data", "polly", "rds-data", "redshift-data",
        "scheduler", "secretsmanager", "sns", "sqs", "stepfunctions", "sts", "translate",
    ), ".*"),
    "athena": "(Start|Stop|Get|BatchGet)Query.*|.*NamedQuer.*",
    "bedrock-runtime": "(Invoke|Converse|CountTokens|Get|Start).*",
    "cloudwatch": "(PutMetric(Data|Alarm)|Get|Describe|List|DeleteAlarms|SetAlarmState|Tag).*",
    "cognito-idp": "Admin.*|.*(SignUp|Auth|Password|Code|GetUser|ListUsers|Groups?|UserAttributes|Token.*)",
    "comprehend": "(Batch)?(Detect|Classify|Contains).*",
    "dynamodb": ".*(Items?|Query|Scan|Statement|Transaction|Table|Tables|TimeToLive|Backup|Resource)",
    "ecs": "(RunTask|StopTask|ListTasks|ListServices|ListClusters|DescribeTasks|DescribeServices|UpdateService)",
    "firehose": "(Put|List).*",
    "kinesis": "(Put|Get|List|Describe).*",
    "kms": "(Encrypt|Decrypt|ReEncrypt|Generate|Sign|Verify|Describe|List|GetPublic).*",
    "lambda": "(Invoke|List|Get|Tag|PutFunctionConcurrency|UpdateFunction|UpdateEventSource|AddPermission|Publish).*",
    "logs": "(Put(LogEvents|Retention|Subscription)|Create(Log|Export)|Describe|Filter|Get|Start|Stop|Delete|Tag).*",
    "rekognition": "(Detect|Compare|Search|IndexFaces|Recognize|ListFaces|DeleteFaces|GetLabel|StartLabel).*",
    "s3": ".*(Objects?|ObjectAcl|ObjectTagging|ObjectV2|ObjectsV2|Part|PartCopy|Upload|Uploads|Parts|Versions|Bucket"
          "|Buckets|BucketTagging|BucketPolicy|BucketLocation|BucketEncryption|NotificationConfiguration"
          "|LifecycleConfiguration|PublicAccessBlock|BucketVersioning)",
    "ses": "(Send|Verify).*",
    "sesv2": "(Send|PutSuppressed|DeleteSuppressed|CreateContact).*",
    "ssm": ".*Parameters?|.*ParametersByPath|.*ParameterHistory|SendCommand|.*CommandInvocations?"
           "|(Start|Stop|Get|Describe)Automation.*|.*TagsToResource|DescribeInstanceInformation",
    "textract": "(Analyze|Detect|Start|Get).*",
    "timestream-write": "(Write|Describe|List).*",
}  # fmt: skip
#: Of others, the operations that handlers call.
SOME: dict[str, tuple[str, ...]] = {
    "ec2": ("DescribeInstances", "StartInstances", "StopInstances", "TerminateInstances", "RebootInstances",
            "CreateTags", "DeleteTags", "DescribeTags", "CreateSnapshot", "DeleteSnapshot", "DescribeSnapshots",
            "DescribeVolumes", "DeleteVolume", "DescribeImages", "CreateImage", "DeregisterImage",
            "DescribeSecurityGroups", "AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"),
    "rds": ("DescribeDBInstances", "StartDBInstance", "StopDBInstance", "CreateDBSnapshot", "DeleteDBSnapshot",
            "DescribeDBSnapshots", "CopyDBSnapshot", "AddTagsToResource", "DescribeDBClusters"),
    "iam": ("ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey", "ListUsers", "GetUser", "ListRoles", "GetRole",
            "AttachRolePolicy", "PutRolePolicy", "GetAccessKeyLastUsed", "TagUser", "TagRole"),
    "cloudfront": ("CreateInvalidation",),
    "organizations": ("ListAccounts", "DescribeAccount", "ListTagsForResource", "TagResource"),
    "route53": ("ChangeResourceRecordSets", "ListResourceRecordSets", "ListHostedZones"),
    "glue": ("StartJobRun", "StartCrawler", "GetJobRun"),
    "batch": ("SubmitJob", "DescribeJobs"),
    "codepipeline": ("PutJobSuccessResult", "PutJobFailureResult", "StartPipelineExecution"),
    "codebuild": ("StartBuild", "BatchGetBuilds"),
    "transcribe": ("StartTranscriptionJob", "GetTranscriptionJob"),
    "cloudformation": ("DescribeStacks", "ListStacks"),
    "config": ("PutEvaluations",),
    "ce": ("GetCostAndUsage",),
}  # fmt: skip
_SCALARS = {
    "string": "", "character": "", "integer": "i", "long": "i", "bigdecimal": "f", "float": "f", "double": "f",
    "boolean": "b", "timestamp": "T", "blob": "B",
}  # fmt: skip
#: Members of an operation's input that botocore/handlers.py turns into another type before they are checked, by the
#: operations of S3 that it does that for; and the names that it takes for others.
_COPIES = ("CopyObject", "UploadPartCopy")
_ENCODED = (*_COPIES, "HeadObject", "GetObject", "PutObject", "CreateMultipartUpload", "UploadPart",
            "CompleteMultipartUpload", "SelectObjectContent")  # fmt: skip
_ALTERED = {
    **{(name, "SSECustomerKey"): "k" for name in _ENCODED},
    **{(name, "CopySourceSSECustomerKey"): "k" for name in _COPIES},
    **{(name, "CopySource"): "c" for name in _COPIES},
}
_ALIASES = {("logs", "CreateExportTask", "from"): "fromTime"}


class Requests:
    """What a service's operations take, and the lines that are made of it."""

    def __init__(self, name: str, model: dict[str, Any], waiters: dict[str, Any], paginators: dict[str, Any]) -> None:
        self.name = name
        self.shapes: dict[str, Any] = model["shapes"]
        self.operations: dict[str, Any] = model["operations"]
        self.waiters = waiters
        self.paginators = paginators
        self.numbers: dict[tuple[str, bool], int] = {}
        self.lines: list[str] = []

    def text(self) -> str:
        """The lines of the service."""
        head = []
        some = SOME.get(self.name)
        for operation, model in self.operations.items():
            if some is not None and operation not in some:
                continue
            taken = model.get("input", {}).get("shape")
            name = xform_name(operation)
            if some is None and not re.fullmatch(CALLED[self.name], operation):
                head.append(f"{name}=?")
                continue
            head.append(f"{name}={self._structure(taken, operation)}" if taken is not None else name)
        errors = sorted(name for name, shape in self.shapes.items() if shape.get("exception") and some is None)
        waiters = [f"{xform_name(name)}={xform_name(one['operation'])}" for name, one in sorted(self.waiters.items())]
        pages = [xform_name(name) for name in sorted(self.paginators) if some is None]
        first = " ".join([f"request:{self.name}", *head, *(["*"] if some is not None else [])])
        lines = [" ".join(errors), " ".join(waiters), " ".join(pages), *self.lines]
        return "\n".join([first, *(line or "-" for line in lines)])

    def _code(self, reference: dict[str, Any]) -> str:
        shape = self.shapes[reference["shape"]]
        kind = shape["type"]
        if reference.get("jsonvalue") or shape.get("jsonvalue") or shape.get("eventstream"):
            return "j"
        if shape.get("document"):
            return "d" if kind == "structure" else "j"
        if kind in _SCALARS:
            return _SCALARS[kind]
        if kind == "list":
            return "[" + (self._code(shape["member"]) or "s")
        if kind == "map":
            return "{" + (self._code(shape["value"]) or "s")
        return str(self._structure(reference["shape"]))

    def _structure(self, name: str, operation: str = "") -> int:
        """The number of a structure, whose line is written when it is first asked for. `operation`: that takes it."""
        if (name, bool(operation)) not in self.numbers:
            number = self.numbers[name, bool(operation)] = len(self.lines)
            self.lines.append("")
            self.lines[number] = self._line(name, operation)
        return self.numbers[name, bool(operation)]

    def _line(self, name: str, operation: str) -> str:
        shape = self.shapes[name]
        required = set(shape.get("required", ()))
        row = []
        for member, reference in shape.get("members", {}).items():
            inner = self.shapes[reference["shape"]]
            altered = _ALTERED.get((operation, member)) if self.name == "s3" else None
            code = altered or self._code(reference)
            given = reference.get("idempotencyToken") or inner.get("idempotencyToken")
            alias = _ALIASES.get((self.name, operation, member))
            word = f"{alias}={member}" if alias else member
            row.append(f"{'!' * (member in required and not given)}{word}{':' * bool(code)}{code}")
        return " ".join(["|", *row] if shape.get("union") else row)
