"""The event sources' data holds to its scheme, and the inference tells sources apart by what handlers read."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from lambdalint.checks import RULES
from lambdalint.contracts import FAMILIES, WITHOUT_ROW, path_of, rows, sources
from lambdalint.contracts.forms import form
from lambdalint.contracts.infer import infer
from lambdalint.interpreter.invocation import Read
from lambdalint.interpreter.replies import NEEDED as ANSWER_NEEDS
from lambdalint.interpreter.shapes import Known
from lambdalint.project.deployment import KINDS

from .picture import place, response, returning

ROWS = [(family, row) for family in FAMILIES for row in rows(family)]
WORDS = {
    "other_keys": {"refused", "ignored", "unverified"},
    "no_status": {"taken", "refused", "body", "unverified"},
    "digits": {"taken", "refused", "unverified"},
    "text": {"refused", "body", "unverified"},
    "null": {"refused", "body", "unverified"},
    "body": {"refused", "unverified"},
    "header_number": {"taken", "refused", "disputed", "unverified"},
    "body_scalar": {"refused", "disputed", "unverified"},
    "header_bool": {"taken", "refused", "disputed", "unverified"},
}
KEY = re.compile(r"^([\w-]|\\\.)+(\[\])?(\.[\w-]+(\[\])?)*$")
NEEDED = {"id", "title", "kinds", "signs", "sends", "source", "checked"}
FREE = {"when", "classes", "nullable", "absent", "texts", "values", "keys", "verified", "types", "samples", "encoded",
        "carried", "only_by_sign",
        "lacks", "words", "empty", "lowered"}
OF_HTTP = {"short", "standard", "response"}
OF_OTHERS = {"answer", "answers", "identifier", "contract", "reply"}


@pytest.mark.parametrize(("family", "row"), ROWS, ids=lambda part: part["id"] if isinstance(part, dict) else part)
class TestRows:
    def test_it_says_where_it_is_published_and_when_that_was_checked(self, family: str, row: dict[str, Any]) -> None:
        assert re.fullmatch(r"https://[a-z.]+/\S+", row["source"])
        assert datetime.date(2026, 1, 1) <= row["checked"] <= datetime.date(2100, 1, 1)

    def test_it_has_the_keys_of_its_family_and_no_other(self, family: str, row: dict[str, Any]) -> None:
        assert set(row) >= NEEDED | ({"response", "short", "standard"} if family == "http" else {"answer"})
        assert set(row) <= NEEDED | FREE | (OF_HTTP if family == "http" else OF_OTHERS)

    def test_its_paths_are_paths_and_say_nothing_twice(self, family: str, row: dict[str, Any]) -> None:
        paths = [*row["signs"], *row["sends"]]
        assert [path for path in paths if not KEY.match(path)] == []
        assert len({path_of(path) for path in paths}) == len(paths)

    def test_what_may_be_null_or_left_out_is_a_part_of_what_it_sends(self, family: str, row: dict[str, Any]) -> None:
        listed = {path_of(path) for path in (*row["signs"], *row["sends"])}
        parts = [path for name in ("nullable", "absent", "texts", "values") for path in row.get(name, ())]
        for path in map(path_of, parts):
            assert any(path[:length] in listed for length in range(1, len(path) + 1)), path

    def test_a_level_that_it_tells_whole_has_what_it_sends_there(self, family: str, row: dict[str, Any]) -> None:
        listed = {path_of(path) for path in (*row["signs"], *row["sends"])}
        for level, keys in row.get("keys", {}).items():
            path = path_of(level) if level else ()
            assert {other[len(path)] for other in listed if other[: len(path)] == path and other != path} <= set(keys)
            assert len(set(keys)) == len(keys)

    def test_what_stands_below_a_key_stands_below_one_that_it_sends(self, family: str, row: dict[str, Any]) -> None:
        (source,) = [source for source in sources() if source.id == row["id"]]
        for level in source.keys:
            above = source.keys_at(level[:-1]) if level else None
            assert above is None or level[-1] in above, level

    def test_it_stands_for_kinds_of_events_that_descriptors_have(self, family: str, row: dict[str, Any]) -> None:
        assert row["kinds"]
        assert set(row["kinds"]) <= KINDS - WITHOUT_ROW

    def test_its_words_are_those_that_are_explained(self, family: str, row: dict[str, Any]) -> None:
        if family != "http":
            assert row["answer"] in {"read", "ignored", "batch", "elsewhere"}
            assert ("reply" in row) <= (row["answer"] == "elsewhere")
            assert ("contract" in row) <= (row["answer"] == "read")
            return
        answer = row["response"]
        assert set(answer) == {*WORDS, "failure", "keys"}
        assert {key: answer[key] for key in WORDS if answer[key] not in WORDS[key]} == {}
        assert answer["failure"] in range(500, 600)

    def test_its_contract_names_a_rule_and_parts_of_its_own_forms(self, family: str, row: dict[str, Any]) -> None:
        contract = row.get("contract")
        if contract is None:
            return
        assert set(contract) <= {"code", "otherwise", "null", "advice", "forms", "when", "unverified", "parts"}
        assert contract["code"] in RULES
        assert contract["null"] in {"refused", "taken", "unverified"}
        assert set(contract.get("when", ())) <= set(contract["forms"])
        written = {path for parts in contract["forms"].values() for path in parts}
        parts = written | {path.rstrip("!") for path in written}
        assert set(contract.get("unverified", ())) <= parts
        assert all(form(parts).fields or form(parts).others for parts in contract["forms"].values())

    def test_its_reply_names_a_rule_and_a_call(self, family: str, row: dict[str, Any]) -> None:
        reply = row.get("reply")
        if reply is not None:
            assert set(reply) == {"code", "otherwise", "key", "advice", "waits"}
            assert reply["code"] in RULES


def test_the_interpreter_watches_what_a_reply_needs() -> None:
    assert {source.reply.key for source in sources() if source.reply is not None} == ANSWER_NEEDS


def test_each_kind_of_event_has_a_row_or_is_listed_as_one_without() -> None:
    named = frozenset().union(*(source.kinds for source in sources()))
    assert named | WITHOUT_ROW == KINDS
    assert not named & WITHOUT_ROW


def test_a_form_says_what_each_part_may_be() -> None:
    found = form({"a!": "str null", "b[].c!": "'x' 'y'", "b[].*": "int", "*": "bool"})
    assert found.required == {"a"}
    assert found.fields["a"].types == ("str", "null")
    assert found.others is not None
    assert found.others.path == "*"
    items = found.fields["b"].items
    assert items is not None
    assert items.fields["c"].constants == ("x", "y")
    assert items.fields["c"].path == "b[].c"
    assert items.others is not None


def test_a_type_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="text"):
        form({"a": "text"})


def test_each_source_has_an_id_of_its_own() -> None:
    ids = [source.id for source in sources()]
    assert len(set(ids)) == len(ids)


def caller_ids(*reads: str, answer: dict[str, Any] | None = None) -> set[str]:
    return {source.id for source in infer(returning(response(**(answer or {})), reads=reads)).possible}


@pytest.mark.parametrize(
    ("reads", "ids"),
    [
        (("httpMethod",), {"apigateway-rest", "apigateway-http-1.0", "alb"}),
        (("httpMethod", "resource"), {"apigateway-rest", "apigateway-http-1.0"}),
        (("requestContext.http.method",), {"apigateway-http-2.0", "function-url"}),
        (("requestContext.elb.targetGroupArn",), {"alb"}),
        (("requestContext.identity.apiKey",), {"apigateway-rest"}),
        (("requestContext.connectionId",), {"apigateway-websocket"}),
        (("requestContext.connectionId", "requestContext.routeKey", "body"), {"apigateway-websocket"}),
        (("requestContext.serviceArn",), {"vpc-lattice-2.0"}),
        (
            ("requestContext.authorizer.claims",),
            {"apigateway-rest", "apigateway-http-1.0", "apigateway-http-2.0", "function-url"},
        ),
        (("raw_path",), {"vpc-lattice"}),
        (("Records.s3.bucket.name",), {"s3"}),
        (("Records.body",), {"sqs"}),
        (("Records.kinesis.data",), {"kinesis"}),
        (("Records.cf.request",), {"lambda-edge"}),
        (("detail-type", "source"), {"eventbridge"}),
        (("triggerSource",), {"cognito"}),
        (("methodArn", "headers.Authorization"), {"apigateway-authorizer"}),
        (("methodArn", "identitySource"), {"apigateway-authorizer"}),
        (("methodArn", "requestContext.connectedAt"), {"apigateway-authorizer"}),
        (("httpMethod", "apiPath", "actionGroup"), {"bedrock-agent"}),
        (("getObjectContext", "userRequest.url"), {"s3-object-lambda"}),
    ],
)
def test_a_source_is_known_by_what_is_read(reads: tuple[str, ...], ids: set[str]) -> None:
    assert caller_ids(*reads) == ids


def test_a_dot_of_a_key_is_written_with_a_backslash() -> None:
    assert path_of(r"CodePipeline\.job.data[].id") == ("CodePipeline.job", "data", "id")
    run = returning(Known(None))
    run.event_reads.append(Read(("CodePipeline.job", "id"), "item", place(200)))
    assert [source.id for source in infer(run).possible] == ["codepipeline"]


def test_a_level_is_found_by_its_keys_whatever_they_are_called_and_however_it_was_decoded() -> None:
    by_id = {source.id: source for source in sources()}
    assert by_id["kafka"].keys_at(("records", "orders-0", "valueSchemaMetadata")) == {"dataFormat", "schemaId"}
    assert by_id["kafka"].keys_at(("records", "orders-0", "headers")) is None
    logs, decoded = by_id["cloudwatch-logs"], ("awslogs", "data", "base64.b64decode()", "zlib.decompress()")
    for last in ("json.loads()", "orjson.loads()"):
        assert "logEvents" in (logs.keys_at((*decoded, last)) or ())
        assert "message" in (logs.keys_at((*decoded, last, "logEvents")) or ())


def test_of_a_level_that_grows_more_is_sent_than_is_published() -> None:
    by_id = {source.id: source for source in sources()}
    connect = by_id["connect"]
    assert connect.grows_at(("Details", "ContactData"))
    assert "..." not in (connect.keys_at(("Details", "ContactData")) or ())
    assert not connect.grows_at(("Details",))
    assert not connect.grows_at(("Details", "Parameters"))


def test_asking_for_a_key_rules_nothing_out() -> None:
    asked = caller_ids("httpMethod?")
    assert {"apigateway-rest", "apigateway-http-2.0", "function-url", "alb"} <= asked


def test_fields_of_both_payloads_leave_both_possible() -> None:
    both = infer(returning(response(statusCode=200), reads=("httpMethod?", "requestContext.http.method?")))
    assert both.http is True
    assert {"apigateway-rest", "apigateway-http-2.0"} <= {source.id for source in both.possible}


def test_a_sign_that_is_only_asked_for_proves_nothing_without_an_answer_of_the_form() -> None:
    assert infer(returning(response(ok=True), reads=("requestContext.operationName?",))).http is None
    assert infer(returning(response(ok=True), reads=("requestContext.operationName",))).http is True


def test_body_shows_http_only_beside_an_answer_with_a_status() -> None:
    assert infer(returning(response(statusCode=200), reads=("body",))).http is True
    assert infer(returning(response(ok=True), reads=("body",))).http is None


def test_nothing_read_tells_nothing() -> None:
    assert infer(returning(response(statusCode=200, body="x"))).http is None
    assert infer(returning(Known(None), reads=("user", "action?"))).http is None


def test_several_kinds_of_callers_are_not_told_apart() -> None:
    both = infer(returning(response(statusCode=200), reads=("Records?", "httpMethod?")))
    assert both.http is None
    assert both.mixed


def test_an_authorizer_is_known_by_its_answer() -> None:
    run = returning(response(isAuthorized=True), reads=("headers.authorization", "requestContext.apiId"))
    assert infer(run).http is False


def test_a_key_that_no_http_source_sends_shows_another_caller_too() -> None:
    assert infer(returning(response(statusCode=200), reads=("httpMethod", "warmer?"))).mixed
    assert not infer(returning(response(statusCode=200), reads=("httpMethod", "path"))).mixed
