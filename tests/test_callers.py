"""Who calls: the events of a descriptor, the types that the code names, and what a path leaves of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lambdalint.contracts.callers import on_path
from lambdalint.contracts.infer import infer
from lambdalint.interpreter import run
from lambdalint.interpreter.invocation import Invocation, Return
from lambdalint.interpreter.shapes import Anything, Known
from lambdalint.project.code.modules import Workspace
from lambdalint.project.function import Function

from .picture import event, judged, place, response, returning

OK = response(statusCode=200, body="ok")
WRONG = response(statusCode=200, body={"a": 1})


def ids(run: Invocation) -> list[list[str]]:
    return [[source.id for source in caller.sources] for caller in infer(run).callers]


class TestDescriptor:
    @pytest.mark.parametrize(
        ("named", "expected"),
        [
            (event("rest-api"), ["apigateway-rest"]),
            (event("http-api", payload_format="1.0"), ["apigateway-http-1.0"]),
            (event("http-api", payload_format="2.0"), ["apigateway-http-2.0"]),
            (event("http-api"), ["apigateway-http-1.0", "apigateway-http-2.0"]),
            (event("http-authorizer", payload_format="2.0"), ["apigateway-http-authorizer"]),
            (event("http-authorizer", payload_format="1.0"), ["apigateway-authorizer"]),
            (event("rest-authorizer", authorizer_type="TOKEN"), ["apigateway-authorizer"]),
            (event("schedule"), ["eventbridge"]),
            (event("cognito", trigger="PreSignUp"), ["cognito"]),
            (event("cognito"), ["cognito", "cognito-sender"]),
            (event("custom-resource-provider"), ["custom-resource-provider"]),
        ],
    )
    def test_an_event_and_its_settings_name_the_sources(self, named: Any, expected: list[str]) -> None:
        assert ids(returning(OK, events=(named,))) == [expected]

    def test_of_what_an_event_may_be_the_signs_that_are_read_decide(self) -> None:
        assert ids(returning(OK, reads=("rmqMessagesByQueue?",), events=(event("mq"),))) == [["rabbitmq"]]
        both = ("rawPath?", "httpMethod?")
        expected = [["apigateway-http-1.0", "apigateway-http-2.0"]]
        assert ids(returning(OK, reads=both, events=(event("http-api"),))) == expected

    def test_it_says_more_than_what_is_read(self) -> None:
        callers = infer(returning(OK, reads=("Records.s3",), events=(event("rest-api"),)))
        assert callers.http is True
        assert callers.named
        assert callers.mixed

    def test_a_rest_api_with_an_integration_of_its_own_has_no_contract(self) -> None:
        run = returning(WRONG, reads=("httpMethod",), events=(event("rest-api-custom"),))
        assert infer(run).callers == ()
        assert judged("LL301", run) == []

    def test_what_no_reader_knows_leaves_it_to_the_code(self) -> None:
        assert ids(returning(OK, reads=("Records.s3",), events=(event("other"),))) == [["s3"]]
        assert infer(returning(OK, events=(event("rest-api"), event("other")))).mixed

    def test_a_constant_input_is_nobody_elses_event(self) -> None:
        assert infer(returning(OK, reads=("action",), events=(event("schedule"),))).mixed
        assert not infer(returning(OK, reads=("action",), events=(event("schedule", input=True),))).mixed


class TestSeveralEvents:
    def test_each_must_be_given_its_answer(self) -> None:
        digits = response(statusCode="200", body="x")
        assert judged("LL303", returning(digits, events=(event("rest-api"),))) == []
        assert judged("LL303", returning(digits, events=(event("rest-api"), event("alb")))) == [(1, "error")]

    def test_of_sources_that_an_event_may_be_each_must_refuse(self) -> None:
        without = response(body="x")
        assert judged("LL302", returning(without, events=(event("http-api", payload_format="1.0"),))) == [(50, "error")]
        assert judged("LL302", returning(without, events=(event("http-api"),))) == []

    def test_http_beside_something_else_is_a_warning_that_names_the_condition(self) -> None:
        run = returning(WRONG, events=(event("rest-api"), event("schedule")))
        assert judged("LL301", run) == [(2, "warning")]

    def test_a_path_that_tells_them_apart_is_judged_by_what_is_left(self) -> None:
        http = Return(WRONG, place(50), "value", present=(("httpMethod",),))
        other = Return(WRONG, place(51), "value", absent=(("httpMethod",),))
        events = (event("rest-api"), event("schedule"))
        run = returning(http, other, reads=("httpMethod?",), events=events)
        callers = infer(run)
        assert on_path(callers, http).http is True
        assert on_path(callers, other).http is False
        assert judged("LL301", run) == [(2, "error")]
        assert judged("LL301", returning(other, events=events)) == []


def record(tmp_path: Path, code: str) -> Invocation:
    workspace = Workspace(str(tmp_path))
    source = workspace.add(str(tmp_path / "app.py"), code.encode())
    return run(Function(source, "handler", "app"), workspace.finder(source))


CODE = {
    "annotation": """
from aws_lambda_powertools.utilities.data_classes import SQSEvent
def handler(event: SQSEvent, context): return read(event)
""",
    "annotation in quotes": """
import aws_lambda_typing as typing
def handler(event: "typing.events.SQSEvent", context): return read(event)
""",
    "decorator": """
from aws_lambda_powertools.utilities.data_classes import event_source, SQSEvent
@event_source(data_class=SQSEvent)
def handler(event, context): return read(event)
""",
    "decorator among others": """
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import event_source
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSEvent
logger = Logger()
@logger.inject_lambda_context
@event_source(data_class=SQSEvent)
def handler(event, context): return read(event)
""",
    "parser": """
from aws_lambda_powertools.utilities.parser import event_parser, envelopes
class Order: pass
@event_parser(model=Order, envelope=envelopes.SqsEnvelope)
def handler(event, context): return read(event)
""",
    "batch processor": """
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
processor = BatchProcessor(event_type=EventType.SQS)
def handler(event, context):
    return process_partial_response(event=event, record_handler=print, processor=processor, context=context)
""",
}


@pytest.mark.parametrize("code", CODE.values(), ids=list(CODE))
def test_what_the_code_names_is_who_calls(tmp_path: Path, code: str) -> None:
    found = record(tmp_path, code)
    assert ids(found) == [["sqs"]]
    assert infer(found).certain


def test_a_type_of_the_project_s_own_names_nobody(tmp_path: Path) -> None:
    found = record(tmp_path, "class SQSEvent(dict): pass\ndef handler(event: SQSEvent, context): return 1\n")
    assert found.handler.event_types == ()
    assert infer(found).http is None


def test_a_sign_of_its_own_makes_a_source_certain() -> None:
    assert infer(returning(OK, reads=("methodArn",))).certain
    assert not infer(returning(OK, reads=("methodArn?",))).certain
    assert not infer(returning(OK, reads=("Records",))).certain


def test_a_path_without_what_the_source_always_sends_is_not_its_own() -> None:
    run = returning(Return(Known(None), place(60), "end", absent=(("detail-type",),)), reads=("detail-type?",))
    assert on_path(infer(run), run.returns[0]).possible == ()


def test_what_may_be_left_out_rules_nothing_out() -> None:
    run = returning(Return(Anything(), place(60), "value", absent=(("eventSourceArn",),)), reads=("bootstrapServers",))
    assert [source.id for source in on_path(infer(run), run.returns[0]).possible] == ["kafka"]
