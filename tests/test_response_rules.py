"""LL301-LL308 over records built by hand, with the source shown by what the handler reads."""

from __future__ import annotations

import http
from typing import Any

import pytest

from lambdalint.checks import RULES
from lambdalint.interpreter.invocation import Call, Excluded, Return
from lambdalint.interpreter.shapes import Anything, Either, Entry, Known, Mapping, Opaque, Sequence

from .picture import draw, entry, event, judge, judged, place, response, returning

HTTP = ("httpMethod",)  # REST, HTTP API 1.0 or ALB
REST = ("requestContext.identity.apiKey",)
V2 = ("rawPath",)
ALB = ("requestContext.elb",)
NOT_HTTP = ("Records.s3",)
FAMILY = [code for code in RULES if code.startswith("LL30")]


def silent(run: Any) -> bool:
    return not any(judge(code, run) for code in FAMILY)


@pytest.mark.parametrize("reads", [HTTP, REST, V2, ALB, NOT_HTTP, ()])
@pytest.mark.parametrize(
    "answer",
    [
        response(statusCode=200, body="x", headers={"a": "b"}, isBase64Encoded=False),
        response(statusCode=404),
        response(statusCode=http.HTTPStatus.OK, body=Opaque("str")),
        response(statusCode=Opaque("int"), body=Anything()),
        response(statusCode=200, body=Either((Opaque("str"), Opaque("dict")))),
        Anything(),
        Mapping("dict", open=True),
    ],
    ids=repr,
)
def test_a_right_answer_is_silent(reads: tuple[str, ...], answer: Any) -> None:
    assert silent(returning(answer, reads=reads))


@pytest.mark.parametrize("reads", [NOT_HTTP, ("methodArn",), ("triggerSource",), ("detail-type",), ("records.data",)])
def test_another_source_takes_no_http_answer(reads: tuple[str, ...]) -> None:
    wrong = response(statusCode="OK", body={"a": 1}, headers=["x"], StatusCode=1, isBase64Encoded="true")
    assert silent(returning(wrong, Known(None), reads=reads))


class TestBody:
    @pytest.mark.parametrize("body", [1, 1.5, True])
    @pytest.mark.parametrize("reads", [HTTP, REST, V2, ALB, ()])
    def test_what_becomes_of_a_number_is_not_published(self, reads: tuple[str, ...], body: object) -> None:
        assert judged("LL301", returning(response(statusCode=200, body=body), reads=reads)) == [(2, "warning")]

    @pytest.mark.parametrize("body", [{"a": 1}, [1], (1,)])
    @pytest.mark.parametrize("reads", [HTTP, REST, V2, ALB])
    def test_http_refuses_it(self, reads: tuple[str, ...], body: object) -> None:
        assert judged("LL301", returning(response(statusCode=200, body=body), reads=reads)) == [(2, "error")]

    def test_without_a_known_source_it_is_a_warning_that_names_the_condition(self) -> None:
        run = returning(response(statusCode=200, body={"a": 1}))
        assert judged("LL301", run) == [(2, "warning")]
        assert "if API Gateway, a function URL or an ALB calls this" in judge("LL301", run)[0].message

    def test_what_it_holds_may_fail_whoever_calls(self) -> None:
        assert judged("LL301", returning(response(statusCode=200, body={"a": {1}}))) == [(2, "error")]

    @pytest.mark.parametrize("body", [None, b"x", "x"])
    def test_null_and_bytes_are_not_its_business(self, body: object) -> None:
        assert judge("LL301", returning(response(statusCode=200, body=body), reads=HTTP)) == []

    def test_a_body_without_a_status_is_data(self) -> None:
        assert judge("LL301", returning(response(body={"a": 1}, id=1))) == []

    def test_a_websocket_is_not_known_to_refuse_it(self) -> None:
        run = returning(response(statusCode=200, body={"a": 1}), reads=("requestContext.connectionId",))
        assert judge("LL301", run) == []

    def test_each_of_several_answers_must_be_wrong(self) -> None:
        wrong, right = response(statusCode=200, body={"a": 1}), response(statusCode=200, body="x")
        assert judge("LL301", returning(Either((wrong, right)), reads=HTTP)) == []
        both = Either((wrong, response(statusCode=200, body=[1])))
        assert judged("LL301", returning(both, reads=HTTP)) == [(2, "error")]


class TestStatus:
    def test_it_is_required_where_every_possible_source_says_so(self) -> None:
        body = Mapping("dict", (entry("body", Known("{}")),), place=place(9))
        assert judged("LL302", returning(body, reads=ALB)) == [(9, "error")]
        assert judged("LL302", returning(Mapping("dict", place=place(9)), reads=ALB)) == [(50, "error")]
        for reads in (HTTP, REST, V2, ()):
            assert judge("LL302", returning(response(message="x"), reads=reads)) == []

    def test_a_misspelled_status_is_its_own_fault(self) -> None:
        run = returning(response(status_code=200, body="x"), reads=ALB)
        assert judge("LL302", run) == []
        assert judged("LL304", run) == [(1, "error")]

    @pytest.mark.parametrize("status", [0, 99, 600, "OK", True, 200.5, [200]])
    def test_what_nobody_takes_is_an_error(self, status: object) -> None:
        run = returning(response(statusCode=status, body="x"), reads=HTTP)
        assert judged("LL303", run) == [(1, "error")]

    @pytest.mark.parametrize("status", [200.0, None])
    def test_what_nobody_documents_is_a_warning(self, status: object) -> None:
        assert judged("LL303", returning(response(statusCode=status, body="x"), reads=HTTP)) == [(1, "warning")]

    def test_digits_are_refused_by_an_alb_alone(self) -> None:
        assert judged("LL303", returning(response(statusCode="200", body="x"), reads=ALB)) == [(1, "error")]
        assert judge("LL303", returning(response(statusCode="200", body="x"), reads=HTTP)) == []

    def test_a_source_that_is_not_known_makes_it_a_warning(self) -> None:
        assert judged("LL303", returning(response(statusCode="OK", body="x"))) == [(1, "warning")]
        assert judge("LL303", returning(response(statusCode="OK"))) == []


class TestKeys:
    @pytest.mark.parametrize("key", ["status_code", "StatusCode", "statuscode", "statusCodes"])
    def test_a_near_miss_of_the_status(self, key: str) -> None:
        answer = response(**{key: 200, "body": "x"})
        assert judged("LL304", returning(answer, reads=ALB)) == [(1, "error")]
        assert judged("LL304", returning(answer, reads=V2)) == [(1, "warning")]
        assert judged("LL304", returning(answer)) == [(1, "warning")]
        assert judge("LL304", returning(answer, reads=HTTP))[0].message.startswith(f"`{key}` should be `statusCode`")

    @pytest.mark.parametrize(
        ("key", "meant"),
        [("Body", "body"), ("header", "headers"), ("is_base64_encoded", "isBase64Encoded")],
    )
    def test_a_near_miss_of_another_key(self, key: str, meant: str) -> None:
        run = returning(response(statusCode=200, **{key: "x"}), reads=V2)
        assert judged("LL304", run) == [(2, "warning")]
        assert f"should be `{meant}`" in judge("LL304", run)[0].message

    def test_a_near_miss_needs_another_key_of_the_contract(self) -> None:
        assert judge("LL304", returning(response(status_code=200, user="x"))) == []

    @pytest.mark.parametrize(
        ("reads", "said"), [(REST, "error"), (HTTP, "warning"), (V2, None), (ALB, None), (NOT_HTTP, None), ((), None)]
    )
    def test_a_further_key_is_refused_by_a_rest_api(self, reads: tuple[str, ...], said: str | None) -> None:
        run = returning(response(statusCode=200, body="x", took=3), reads=reads)
        assert judged("LL304", run) == ([(3, said)] if said else [])

    def test_status_is_meant_for_the_code_where_http_is_sure(self) -> None:
        assert judged("LL304", returning(response(status=200, body="x"), reads=HTTP)) == [(1, "error")]
        assert judged("LL304", returning(response(status=200, body="x"), reads=V2)) == [(1, "warning")]
        assert judge("LL304", returning(response(status="done", body="x"))) == []


class TestHeaders:
    @pytest.mark.parametrize("headers", ["Content-Type: text/html", ["a"], 1])
    def test_they_are_a_dict(self, headers: object) -> None:
        answer = response(statusCode=200, headers=headers)
        assert judged("LL305", returning(answer, reads=HTTP)) == [(2, "error")]
        assert judged("LL305", returning(answer)) == [(2, "warning")]

    @pytest.mark.parametrize("value", [["a"], {"a": 1}, None])
    def test_a_value_that_nobody_takes(self, value: object) -> None:
        answer = response(statusCode=200, headers=Mapping("dict", (entry("X-A", draw(value), 7),)))
        assert judged("LL305", returning(answer, reads=HTTP)) == [(7, "error")]
        assert judged("LL305", returning(answer)) == [(7, "warning")]

    def test_bool_and_number(self) -> None:
        yes = response(statusCode=200, headers=Mapping("dict", (entry("X-A", Known(True), 7),)))
        one = response(statusCode=200, headers=Mapping("dict", (entry("X-A", Known(1), 7),)))
        assert (
            judged("LL305", returning(yes, reads=ALB)) == judged("LL305", returning(one, reads=ALB)) == [(7, "error")]
        )
        assert judge("LL305", returning(yes, reads=REST)) == []
        assert judged("LL305", returning(one, reads=REST)) == [(7, "warning")]
        assert judge("LL305", returning(one, reads=V2)) == judge("LL305", returning(one)) == []

    def test_multi_value_headers_hold_lists(self) -> None:
        answer = response(statusCode=200, multiValueHeaders=Mapping("dict", (entry("X-A", Known("a"), 7),)))
        assert judged("LL305", returning(answer, reads=HTTP)) == [(7, "error")]
        right = response(statusCode=200, multiValueHeaders={"X-A": ["a"]})
        assert judge("LL305", returning(right, reads=HTTP)) == []

    def test_cookies_are_a_list(self) -> None:
        assert judged("LL305", returning(response(statusCode=200, cookies="a=b"), reads=V2)) == [(2, "error")]
        assert judge("LL305", returning(response(statusCode=200, cookies=["a=b"]), reads=V2)) == []


class TestBinary:
    def base64(self, reads: tuple[str, ...] = V2, **entries: Any) -> Any:
        encoded = Opaque("bytes", place(20))
        calls = [
            Call("base64.b64encode", encoded.place or place(20), (Opaque("bytes"),)),
            Call("bytes.decode", place(21), receiver=encoded),
        ]
        return returning(response(statusCode=200, body=Opaque("str", place(21)), **entries), reads=reads, calls=calls)

    def test_a_picture_without_the_flag_is_an_error(self) -> None:
        assert judged("LL306", self.base64(headers={"Content-Type": "image/png"})) == [(2, "error")]
        no = self.base64(headers={"content-type": "application/pdf"}, isBase64Encoded=False)
        assert judged("LL306", no) == [(2, "error")]

    def test_without_a_type_it_is_a_warning_and_with_a_text_type_silent(self) -> None:
        assert judged("LL306", self.base64()) == [(2, "warning")]
        assert judge("LL306", self.base64(headers={"Content-Type": "text/plain"})) == []

    def test_what_is_packed_is_binary_whatever_its_type(self) -> None:
        packed = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        assert judged("LL306", self.base64(headers=packed)) == [(2, "error")]
        assert judge("LL306", self.base64(headers={**packed, "Content-Encoding": "identity"})) == []

    def test_an_unknown_source_is_a_warning_for_what_is_surely_binary(self) -> None:
        run = self.base64((), headers={"Content-Type": "image/png"})
        assert judged("LL306", run) == [(2, "warning")]
        assert "calls this" in judge("LL306", run)[0].message
        assert judge("LL306", self.base64(())) == []

    def test_the_flag_or_what_may_be_it_is_right(self) -> None:
        assert judge("LL306", self.base64(isBase64Encoded=True)) == []
        assert judge("LL306", self.base64(isBase64Encoded=Anything())) == []

    def test_a_flag_of_text_is_none(self) -> None:
        run = returning(response(statusCode=200, body="x", isBase64Encoded="yes"), reads=HTTP)
        assert judged("LL306", run) == [(3, "error")]

    def test_a_flag_that_is_the_word_true_is_taken_by_some(self) -> None:
        run = returning(response(statusCode=200, body="x", isBase64Encoded="true"), reads=HTTP)
        assert judged("LL306", run) == [(3, "warning")]


    @pytest.mark.parametrize(("source", "severity"), [("rest-api", "warning"), ("http-api", "error"), ("alb", "error")])
    def test_a_rest_api_turns_a_text_back_for_some_clients_alone(self, source: str, severity: str) -> None:
        answer = response(statusCode=200, body='{"message": "no base64"}', isBase64Encoded=True)
        assert judged("LL306", returning(answer, events=(event(source),))) == [(2, severity)]


class TestDescriptor:
    """What only a descriptor makes sure: that nothing else calls."""

    REST = (event("rest-api"),)

    def test_a_dict_of_other_keys_alone_is_refused(self) -> None:
        assert judged("LL304", returning(response(message="hello"), events=self.REST)) == [(1, "error")]
        assert judge("LL304", returning(response(message="hello"), reads=REST)) == []
        assert judge("LL304", returning(response(message="hello"), reads=("warm?",), events=self.REST)) == []

    @pytest.mark.parametrize("value", [[1], (1,), 5, True])
    def test_what_is_no_dict_is_refused(self, value: object) -> None:
        assert judged("LL302", returning(draw(value), events=self.REST)) == [(50, "error")]
        assert judge("LL302", returning(draw(value), events=(event("http-api", payload_format="2.0"),))) == []
        assert judge("LL302", returning(draw(value), reads=REST)) == []


    def test_what_is_behind_each_method_is_left_alone(self) -> None:
        behind = Return(Known(200), place(50), "value", excluded=(Excluded(("httpMethod",), ("GET",)),))
        assert judge("LL302", returning(behind, events=self.REST)) == []


class TestString:
    def dumped(self, reads: tuple[str, ...], **keys: Any) -> Any:
        holds = '"statusCode"' if "statusCode" in keys else ""
        return returning(Opaque("str", place(20), prefix="{", holds=holds), reads=reads)

    def test_a_serialized_answer(self) -> None:
        assert judged("LL307", self.dumped(HTTP, statusCode=200)) == [(20, "error")]
        assert judged("LL307", self.dumped(V2, statusCode=200)) == [(20, "warning")]
        assert judged("LL307", self.dumped((), statusCode=200)) == [(20, "warning")]

    def test_another_string_is_a_body_where_the_source_makes_one_of_it(self) -> None:
        assert judged("LL307", self.dumped(HTTP, a=1)) == [(50, "error")]
        assert judge("LL307", self.dumped(V2, a=1)) == judge("LL307", self.dumped((), a=1)) == []


class TestNull:
    def end(self, **changes: Any) -> Return:
        return Return(Known(None), place(60), "end", **changes)

    def test_none_on_every_path(self) -> None:
        assert judged("LL308", returning(self.end(), reads=REST)) == [(100, "error")]
        assert judged("LL308", returning(self.end(), reads=V2)) == [(100, "warning")]
        assert judge("LL308", returning(self.end())) == []

    def test_websocket_is_a_warning(self) -> None:
        assert judged("LL308", returning(self.end(), reads=("requestContext.connectionId",))) == [(100, "warning")]

    def test_an_explicit_none_may_be_meant_for_another_caller(self) -> None:
        assert judge("LL308", returning(response(statusCode=200), Known(None), reads=(*ALB, "warmer?"))) == []

    def test_an_explicit_none_beside_answers(self) -> None:
        run = returning(response(statusCode=200), Known(None, place(51)), reads=ALB)
        assert judged("LL308", run) == [(51, "error")]

    def test_a_helper_that_falls_off_its_end_is_a_warning(self) -> None:
        run = returning(response(statusCode=200), Known(None), reads=ALB)
        assert judged("LL308", run) == [(51, "warning")]
        assert judge("LL201", run) == []

    def test_what_may_not_have_been_seen_is_silent(self) -> None:
        assert judge("LL308", returning(self.end(), reads=REST, complete=False)) == []
        in_a_loop = [Return(response(statusCode=200), place(55), "value")]
        assert judge("LL308", returning(self.end(), reads=REST, possible_returns=in_a_loop)) == []


def test_the_way_of_the_wrong_part_is_told() -> None:
    answer = Mapping("dict", (entry("statusCode", Known(200), 1), Entry(Known("body"), draw({"a": 1}), place=place(2))))
    (report,) = judge("LL301", returning(answer, reads=HTTP))
    assert [(note.label, note.place.span().start.row) for note in report.notes] == [("returned here", 50)]


def test_a_list_is_no_answer_to_judge() -> None:
    assert silent(returning(Sequence("list", (response(statusCode="x"),)), reads=HTTP))
