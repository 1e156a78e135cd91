"""LL324, and LL330 of sources that wait for a call: which paths are seen to have told their result."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from lambdalint.checks import RULES
from lambdalint.interpreter import run
from lambdalint.interpreter.invocation import Invocation
from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Deployment
from lambdalint.project.function import Function

from .picture import event, place

HEAD = """
import json, urllib.request
import boto3, cfnresponse, requests, urllib3
ec2 = boto3.client("ec2")
pipeline = boto3.client("codepipeline")
config = boto3.client("config")

def send(event, context, status):
    url = event["ResponseURL"]
    body = json.dumps({"Status": status, "StackId": event["StackId"], "RequestId": event["RequestId"]})
    try:
        urllib.request.urlopen(urllib.request.Request(url, data=body.encode(), method="PUT"))
    except Exception as error:
        print(error)

"""


def record(tmp_path: Path, body: str, kind: str = "", head: str = HEAD) -> Invocation:
    workspace = Workspace(str(tmp_path))
    code = f"{head}def handler(event, context):\n{indent(dedent(body).strip(), '    ')}\n"
    source = workspace.add(str(tmp_path / "app.py"), code.encode())
    deployment = Deployment("Function", "SAM", place(300), events=(event(kind),)) if kind else None
    return run(Function(source, "handler", "app", deployment=deployment), workspace.finder(source))


def severities(found: Invocation, code: str = "LL324") -> list[str]:
    return [(report.severity or RULES[code].severity).value for report in RULES[code].judge(found)]


ANSWERED = {
    "cfnresponse": "print(event)\ncfnresponse.send(event, context, cfnresponse.SUCCESS, {})",
    "a function of its own": "send(event, context, 'SUCCESS')",
    "requests": "requests.put(event['ResponseURL'], data=json.dumps({'Status': 'SUCCESS'}))",
    "urllib3": "urllib3.PoolManager().request('PUT', event['ResponseURL'], body=b'{}')",
    "unseen code": "import crhelper\nhelper = crhelper.CfnResource()\nhelper(event, context)",
    "both ways out": """
        try:
            ec2.create_vpc(CidrBlock=event['ResourceProperties']['Cidr'])
            send(event, context, 'SUCCESS')
        except Exception as error:
            send(event, context, 'FAILED')
        """,
    "a status that is chosen": """
        status = 'SUCCESS'
        try:
            ec2.create_vpc(CidrBlock=event['ResourceProperties']['Cidr'])
        except Exception:
            status = 'FAILED'
        finally:
            send(event, context, status)
        """,
    "another function is asked to": """
        print(event['RequestType'], event['ResponseURL'])
        boto3.client('lambda').invoke(FunctionName='x', Payload=json.dumps(event))
        """,
    "another way": "open_ = event['ResponseURL'].split('/')\nunknown_client.put(open_[2], open_[3])",
    "each request by its type": """
        if event['RequestType'] in ('Create', 'Update'):
            send(event, context, 'SUCCESS')
        elif event['RequestType'] == 'Delete':
            send(event, context, 'SUCCESS')
        """,
    "a default of what was read": """
        wanted = event['ResourceProperties']
        if event.get('ResourceProperties', {}).get('Name'):
            send(event, context, 'SUCCESS')
        elif not wanted.get('Name'):
            send(event, context, 'FAILED')
        """,
    "an event that is somebody else's": "if 'RequestType' not in event:\n    return\nsend(event, context, 'SUCCESS')",
    "one that was written to": "import crhelper\nevent['Stack'] = 'x'\ncrhelper.CfnResource()(event, context)",
    "one that is empty or somebody else's": """
        if not event or 'RequestType' not in event:
            return
        send(event, context, 'SUCCESS')
        """,
    "one that lacks this or that": """
        if 'RequestType' in event and 'ResponseURL' in event:
            send(event, context, 'SUCCESS')
        else:
            print('somebody else')
        """,
}
UNANSWERED = {
    "a helper that nobody calls": """
        import crhelper
        helper = crhelper.CfnResource()
        @helper.create
        def made(event, context):
            ec2.create_vpc(CidrBlock=event['ResourceProperties']['Cidr'])
        made(event, context)
        """,
    "never": "ec2.create_vpc(CidrBlock=event['ResourceProperties']['Cidr'])\nprint(event)",
    "on one path": """
        if event['RequestType'] == 'Delete':
            send(event, context, 'SUCCESS')
        """,
    "early return": """
        if event['RequestType'] == 'Delete':
            return
        send(event, context, 'SUCCESS')
        """,
    "returned as by the provider framework": "return {'PhysicalResourceId': 'x'}",
}


@pytest.mark.parametrize("body", ANSWERED.values(), ids=list(ANSWERED))
def test_what_may_have_answered_is_silent(tmp_path: Path, body: str) -> None:
    head = HEAD.replace("import boto3", "import unknown_client, boto3")
    assert "error" not in severities(record(tmp_path, body, "custom-resource", head))


@pytest.mark.parametrize("body", UNANSWERED.values(), ids=list(UNANSWERED))
def test_a_path_that_never_sends_is_an_error(tmp_path: Path, body: str) -> None:
    assert severities(record(tmp_path, body, "custom-resource")) == ["error"]


@pytest.mark.parametrize(
    ("first", "severity"),
    [
        ("ec2.create_vpc(CidrBlock=event['ResourceProperties']['Cidr'])", "error"),
        ("ec2.get_waiter('vpc_available')\n    wanted = event['ResourceProperties']['Cidr']", "warning"),
    ],
)
def test_where_the_sending_itself_may_be_what_is_caught_it_is_a_warning(
    tmp_path: Path, first: str, severity: str
) -> None:
    body = f"""
try:
    {first}
    send(event, context, 'SUCCESS')
except Exception as error:
    print(error)
"""
    assert severities(record(tmp_path, body, "custom-resource")) == [severity]


def test_a_service_in_another_try_is_not_what_was_caught(tmp_path: Path) -> None:
    body = """
        try:
            ec2.create_vpc(CidrBlock='10.0.0.0/16')
        except Exception:
            send(event, context, 'FAILED')
            return
        try:
            wanted = event['ResourceProperties']['Cidr']
            send(event, context, 'SUCCESS')
        except Exception as error:
            print(error)
        """
    assert severities(record(tmp_path, body, "custom-resource")) == ["warning"]


def test_without_a_descriptor_it_must_answer_elsewhere(tmp_path: Path) -> None:
    assert severities(record(tmp_path, UNANSWERED["on one path"])) == ["error"]
    assert severities(record(tmp_path, "if event['RequestType'] == 'Delete':\n    return {'Data': {}}")) == []


def test_the_provider_framework_sends_it_itself(tmp_path: Path) -> None:
    found = record(tmp_path, UNANSWERED["never"], "custom-resource-provider")
    assert severities(found) == severities(found, "LL330") == []


def test_a_service_that_fails_where_nothing_catches_it_is_a_warning(tmp_path: Path) -> None:
    body = "ec2.create_vpc(CidrBlock='10.0.0.0/16')\nsend(event, context, 'SUCCESS')"
    found = record(tmp_path, body, "custom-resource")
    assert severities(found) == ["warning"]
    assert "if `ec2.create_vpc` raises" in next(iter(RULES["LL324"].judge(found))).message


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("except Exception as error:\n    print(error)\n    raise", ["warning"]),
        ("except Exception as error:\n    raise RuntimeError('no') from error", ["warning"]),
        ("except Exception as error:\n    print(error)\nprint({}['made'])", ["warning"]),
        ("except Exception:\n    send(event, context, 'FAILED')\n    raise", []),
        ("except ValueError:\n    raise\nexcept Exception:\n    send(event, context, 'FAILED')", []),
        ("finally:\n    send(event, context, 'FAILED')", []),
    ],
)
def test_what_is_caught_and_raised_again_is_never_sent(tmp_path: Path, clause: str, found: list[str]) -> None:
    body = f"""
try:
    ec2.create_vpc(CidrBlock='10.0.0.0/16')
    send(event, context, 'SUCCESS')
{clause}
"""
    record_of_it = record(tmp_path, body, "custom-resource")
    assert severities(record_of_it) == found
    if found:
        assert "an exception leaves all the same" in next(iter(RULES["LL324"].judge(record_of_it))).message


def test_a_clause_that_names_the_exception_catches_it(tmp_path: Path) -> None:
    body = """
        status = 'SUCCESS'
        try:
            ec2.create_vpc(CidrBlock='10.0.0.0/16')
        except ValueError:
            status = 'FAILED'
        send(event, context, status)
        """
    assert severities(record(tmp_path, body, "custom-resource")) == []


class TestOthers:
    def test_a_pipeline_s_action_must_be_told(self, tmp_path: Path) -> None:
        told = "pipeline.put_job_success_result(jobId=event['CodePipeline.job']['id'])"
        assert severities(record(tmp_path, told, "codepipeline"), "LL330") == []
        assert severities(record(tmp_path, "print(event)", "codepipeline"), "LL330") == ["error"]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("requests.get(f'https://{wanted[\"env\"]}.example.com/health', timeout=5)", ["error"]),
            ("requests.get(wanted['url'], timeout=5)", ["error"]),
            ("requests.get(f'https://example.com/{job[\"id\"]}', timeout=5)", []),
            ("requests.get(early, timeout=5)", []),
            ("requests.post('https://example.com', json=job, timeout=5)", []),
            ("requests.get(f'https://example.com/{json.dumps(event)}', timeout=5)", []),
        ],
    )
    def test_a_path_that_nobody_could_have_told_of_the_job(self, tmp_path: Path, asked: str, found: list[str]) -> None:
        body = f"""
early = f"https://example.com/{{json.dumps(event)}}/x"
job = event["CodePipeline.job"]
wanted = json.loads(job["data"]["actionConfiguration"]["configuration"]["UserParameters"])
answer = {asked}
if answer.ok:
    pipeline.put_job_success_result(jobId=job["id"])
else:
    print("not healthy", answer.status_code)
"""
        assert severities(record(tmp_path, body, "codepipeline"), "LL330") == found

    def test_a_rule_of_config_must_be_told(self, tmp_path: Path) -> None:
        told = "config.put_evaluations(Evaluations=[], ResultToken=event['resultToken'])"
        assert severities(record(tmp_path, told, "config-rule"), "LL330") == []
        assert severities(record(tmp_path, "return json.loads(event['invokingEvent'])", "config-rule"), "LL330") == [
            "error"
        ]
