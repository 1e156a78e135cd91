"""LL320-LL323, LL330: answers that have not the form that their source needs, over records built by hand."""

from __future__ import annotations

from typing import Any

import pytest

from lambdalint.checks.misfits import misfits
from lambdalint.contracts import sources
from lambdalint.contracts.forms import form
from lambdalint.interpreter.invocation import Return
from lambdalint.interpreter.shapes import Anything, Either, Entry, Known, Mapping, Opaque, Sequence

from .picture import draw, event, judge, judged, place, response, returning

STATEMENT = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}
#: By the id of a row: an answer that its source takes.
RIGHT: dict[str, list[dict[str, Any]]] = {
    "apigateway-authorizer": [
        {"principalId": "me", "policyDocument": POLICY, "context": {"a": 1, "b": True, "c": "x"}}
    ],
    "apigateway-http-authorizer": [{"isAuthorized": True, "context": {"a": [1]}}, {"policyDocument": POLICY}],
    "appsync-authorizer": [
        {"isAuthorized": False, "deniedFields": ["a"], "ttlOverride": 10, "resolverContext": {"a": "b"}}
    ],
    "iot-authorizer": [{"isAuthenticated": True, "principalId": "x", "policyDocuments": ["{}"]}],
    "transfer-identity": [{}, {"Role": "arn", "HomeDirectoryDetails": "[]", "HomeDirectoryType": "LOGICAL"}],
    "firehose": [
        {"records": [{"recordId": "1", "result": "Ok", "data": b"eA=="}, {"recordId": "2", "result": "Dropped"}]}
    ],
    "ses": [{"disposition": "CONTINUE"}, {"statusCode": 200}],
    "cognito": [{"version": "1", "triggerSource": "x", "request": {}, "response": {"autoConfirmUser": True}}],
    "lambda-edge": [
        {"status": "200", "headers": {"a": [{"key": "A", "value": "b"}]}, "body": "x", "bodyEncoding": "text"},
        {"uri": "/", "method": "GET", "querystring": "", "headers": {}},
    ],
    "s3-batch": [
        {"invocationSchemaVersion": "1.0", "invocationId": "x", "results": [{"taskId": "1", "resultCode": "Succeeded"}]}
    ],
    "custom-resource-provider": [{}, {"PhysicalResourceId": "x", "Data": {}}],
    "lex-v2": [{"sessionState": {"dialogAction": {"type": "Close"}}, "messages": [{"contentType": "PlainText"}]}],
    "lex-v1": [{"dialogAction": {"type": "Close"}}],
    "connect": [{"a": "b", "n": 1}],
    "alexa": [{"version": "1.0", "response": {"outputSpeech": {"type": "PlainText", "text": "x"}}}],
    "alexa-smart-home": [{"event": {"header": {}}}],
    "bedrock-agent": [
        {
            "messageVersion": "1.0",
            "response": {
                "actionGroup": "a",
                "apiPath": "/x",
                "httpMethod": "GET",
                "httpStatusCode": 200,
                "responseBody": {"application/json": {"body": "{}"}},
            },
        },
        {
            "messageVersion": "1.0",
            "response": {
                "actionGroup": "a",
                "function": "f",
                "functionResponse": {"responseBody": {"TEXT": {"body": "x"}}},
            },
        },
    ],
}
#: By the id of a row: an answer that its source does not take, and how bad that is.
WRONG: dict[str, list[tuple[object, str]]] = {
    "apigateway-authorizer": [
        ({"isAuthorized": True}, "error"),
        ({"statusCode": 401}, "error"),
        ({"principalId": "me", "policyDocument": POLICY, "context": {"roles": ["a"]}}, "error"),
        ({"principalId": "me", "policyDocument": {"Statement": [{**STATEMENT, "Effect": "allow"}]}}, "error"),
        ({"policyDocument": POLICY}, "error"),
        ("Allow", "error"),
    ],
    "apigateway-http-authorizer": [({"isAuthorized": "true"}, "error"), ({"statusCode": 401}, "error")],
    "appsync-authorizer": [({"authorized": True}, "error"), ({"isAuthorized": True, "ttlOverride": "1"}, "warning")],
    "iot-authorizer": [({"isAuthenticated": "yes"}, "warning"), ({"policyDocuments": []}, "error")],
    "transfer-identity": [({"Role": "arn", "HomeDirectoryDetails": [{"Entry": "/"}]}, "error")],
    "firehose": [
        ({"records": [{"recordId": "1", "result": "OK", "data": "x"}]}, "error"),
        ({"records": [{"result": "Ok", "data": "x"}]}, "error"),
        ({"Records": []}, "error"),
        ([1], "error"),
    ],
    "ses": [({"disposition": "stop_rule"}, "warning")],
    "cognito": [({"statusCode": 200}, "error"), (True, "error")],
    "lambda-edge": [
        ({"statusCode": "302"}, "error"),
        ({"status": "302", "headers": {"location": "/x"}}, "error"),
        ({"status": 302}, "warning"),
    ],
    "s3-batch": [
        ({"results": []}, "error"),
        ({"invocationSchemaVersion": "1.0", "invocationId": "x", "results": {}}, "error"),
    ],
    "custom-resource-provider": [({"PhysicalResourceId": ["x"]}, "error"), ({"Data": "x"}, "error")],
    "lex-v2": [
        ({"dialogAction": {"type": "Close"}}, "error"),
        ({"sessionState": {"dialogAction": {"type": "close"}}}, "warning"),
    ],
    "lex-v1": [({"sessionState": {}}, "error")],
    "connect": [({"a": {"b": "c"}}, "warning")],
    "alexa": [
        ({"response": {}}, "warning"),
        ({"version": "1.0", "response": {"card": "x"}}, "error"),
        ({"version": "1.0"}, "error"),
    ],
    "alexa-smart-home": [({"context": {}}, "warning")],
    "bedrock-agent": [({"statusCode": 200, "body": "x"}, "error")],
}
CONTRACTS = {source.id: source for source in sources() if source.contract is not None}
SETTINGS: dict[str, dict[str, Any]] = {
    "cognito": {"trigger": "PreSignUp"},
    "apigateway-http-authorizer": {"payload_format": "2.0"},
    "apigateway-authorizer": {"payload_format": "1.0"},
}
#: Kinds that stand for two sources: what the handler of one of them reads.
READS = {"lex-v2": ("sessionState",), "lex-v1": ("currentIntent",)}


def rows(table: dict[str, list[Any]]) -> list[Any]:
    return [
        pytest.param(id, answer, id=f"{id}-{n}") for id, answers in table.items() for n, answer in enumerate(answers)
    ]


def run_of(id: str, answer: Any, **changes: Any) -> Any:
    source = CONTRACTS[id]
    if id in READS:
        return returning(answer, reads=READS[id], **changes)
    return returning(answer, events=(event(min(source.kinds), **SETTINGS.get(id, {})),), **changes)


def test_each_contract_has_right_and_wrong_answers_here() -> None:
    assert set(RIGHT) == set(WRONG) == set(CONTRACTS)


@pytest.mark.parametrize(("id", "answer"), rows(RIGHT))
def test_a_right_answer_is_silent(id: str, answer: dict[str, Any]) -> None:
    contract = CONTRACTS[id].contract
    assert contract is not None
    assert judge(contract.code, run_of(id, response(**answer))) == []


@pytest.mark.parametrize("answer", ["done", True, 1, None])
def test_the_provider_framework_takes_its_defaults_where_the_answer_is_no_object(answer: object) -> None:
    assert judge("LL330", run_of("custom-resource-provider", draw(answer))) == []


@pytest.mark.parametrize(("id", "wrong"), rows(WRONG))
def test_a_wrong_one_is_reported(id: str, wrong: tuple[object, str]) -> None:
    answer, severity = wrong
    contract = CONTRACTS[id].contract
    assert contract is not None
    shape = response(**answer) if isinstance(answer, dict) else draw(answer)
    found = judge(contract.code, run_of(id, shape))
    assert [(report.severity.value if report.severity else "error") for report in found] == [severity]
    assert contract.otherwise in found[0].message


@pytest.mark.parametrize("id", [id for id, source in CONTRACTS.items() if not source.verified])
def test_what_is_not_verified_gives_warnings_at_most(id: str) -> None:
    assert {severity for _, severity in WRONG[id]} == {"warning"}


@pytest.mark.parametrize("id", list(CONTRACTS))
@pytest.mark.parametrize("shape", [Anything(), Mapping("dict", open=True), Opaque("datetime.datetime")], ids=repr)
def test_what_is_not_known_is_silent(id: str, shape: Any) -> None:
    contract = CONTRACTS[id].contract
    assert contract is not None
    assert judge(contract.code, run_of(id, shape)) == []


class TestWho:
    def test_a_sign_of_its_own_is_enough_for_an_error(self) -> None:
        assert judged("LL321", returning(response(statusCode=401), reads=("methodArn",))) == [(50, "error")]

    def test_a_key_that_is_only_asked_for_makes_it_a_warning_that_names_the_condition(self) -> None:
        run = returning(response(statusCode=401), reads=("methodArn?",))
        assert judged("LL321", run) == [(50, "warning")]
        assert "if an API Gateway Lambda authorizer calls this" in judge("LL321", run)[0].message

    def test_what_something_else_may_have_called_for_is_a_warning(self) -> None:
        assert judged("LL321", returning(response(ok=True), reads=("methodArn", "warmup?"))) == [(50, "warning")]

    def test_a_trigger_that_may_be_a_custom_sender_s_needs_no_event(self) -> None:
        assert judge("LL320", returning(Known(True), events=(event("cognito"),))) == []
        sender = event("cognito", trigger="CustomEmailSender")
        assert judge("LL320", returning(Known(None), events=(sender,))) == []

    def test_of_two_forms_the_event_s_setting_decides(self) -> None:
        policy = response(principalId="me", policyDocument=POLICY)
        simple = event("http-authorizer", payload_format="2.0", simple_responses=True)
        plain = event("http-authorizer", payload_format="2.0", simple_responses=False)
        assert judged("LL321", returning(policy, events=(simple,))) == [(50, "error")]
        assert judge("LL321", returning(policy, events=(plain,))) == []
        assert judged("LL321", returning(response(isAuthorized=True), events=(plain,))) == [(50, "error")]


class TestNone:
    def test_on_every_path(self) -> None:
        end = Return(Known(None), place(60), "end")
        assert judged("LL320", returning(end, events=(event("cognito", trigger="PreSignUp"),))) == [(100, "error")]
        assert judge("LL320", returning(end, complete=False, events=(event("cognito", trigger="PreSignUp"),))) == []

    def test_where_it_is_written(self) -> None:
        run = returning(Anything(()), Known(None), events=(event("cognito", trigger="PreSignUp"),))
        assert judged("LL320", run) == [(51, "error")]

    def test_a_path_of_a_trigger_that_falls_off_its_end_does_not_return_the_event(self) -> None:
        end = Return(Known(None), place(60), "end")
        run = returning(Anything(()), end, events=(event("cognito", trigger="PreSignUp"),))
        assert judge("LL201", run) == []
        assert judged("LL320", run) == [(60, "error")]

    def test_where_the_source_takes_it(self) -> None:
        assert judge("LL330", returning(Known(None), events=(event("transfer-identity"),))) == []


class TestMisfits:
    FORM = form({"a!": "str", "b": "list null", "b[]": "dict", "b[].c!": "'x' 'y'"})

    def sentences(self, shape: Any) -> list[str]:
        return [misfit.sentence for misfit in misfits(shape, self.FORM)]

    def test_they_say_what_is_wrong(self) -> None:
        wrong = response(b=[{"c": "z"}, {"d": 1}, 1])
        assert self.sentences(wrong) == [
            "the answer has no `a`",
            "`b[0].c` is `'z'`, and must be `x` or `y`",
            "the answer has no `b[1].c`",
            "`b[2]` is `1`, and must be a dict",
        ]

    def test_an_open_dict_lacks_nothing(self) -> None:
        assert self.sentences(Mapping("dict", (), True)) == []
        unknown = Entry(Anything(), Known(1), sure=False)
        assert self.sentences(Mapping("dict", (unknown,))) == []

    def test_each_of_several_values_must_be_wrong(self) -> None:
        assert self.sentences(response(a=Either((Known("x"), Known(1))))) == []
        assert self.sentences(response(a=Either((Known(2), Known(1))))) == ["`a` is `2`, and must be a string"]

    def test_whatever_stands_in_a_list_of_unknown_length_is_like_its_rest(self) -> None:
        wrong = Sequence("list", (), draw({"c": "z"}))
        assert self.sentences(response(a="x", b=wrong)) == ["`b[].c` is `'z'`, and must be `x` or `y`"]
        assert self.sentences(response(a="x", b=Sequence("list", (draw({"c": "x"}),), Anything()))) == []

    def test_a_string_that_is_not_known_may_be_the_constant(self) -> None:
        assert self.sentences(response(a="x", b=Sequence("list", (response(c=Opaque("str")),)))) == []

    def test_a_bool_is_no_number(self) -> None:
        (found,) = misfits(response(n=True), form({"n": "number"}))
        assert found.sentence == "`n` is `True`, and must be a number"
