"""LL201-LL205 over records built by hand."""

from __future__ import annotations

from typing import Any

import pytest

from lambdalint.interpreter.invocation import Call, Ending, Excluded, Fallen, Return, Step
from lambdalint.interpreter.shapes import Anything, Either, Entry, Known, Mapping, Opaque, Shape

from .picture import draw, event, handler, judge, judged, place, response, returning

OK = response(statusCode=200, body="ok")
NONE = Known(None)


def end(**changes: Any) -> Return:
    return Return(NONE, place(60), "end", **changes)


def bare(**changes: Any) -> Return:
    return Return(NONE, place(61), "bare", **changes)


class TestMissingReturn:
    def test_http_is_an_error(self) -> None:
        assert judged("LL201", returning(OK, end(), reads=("httpMethod",))) == [(60, "error")]
        assert judged("LL201", returning(OK, bare(), reads=("rawPath",))) == [(61, "error")]

    def test_an_unknown_source_is_a_warning_that_names_the_condition(self) -> None:
        run = returning(Known("x"), end())
        assert judged("LL201", run) == [(60, "warning")]
        assert "if the caller reads the answer" in judge("LL201", run)[0].message

    def test_what_a_websocket_makes_of_nothing_is_not_said(self) -> None:
        run = returning(OK, end(), reads=("requestContext.connectionId",))
        assert judged("LL201", run) == [(60, "warning")]
        assert "is not published" in judge("LL201", run)[0].message

    @pytest.mark.parametrize("read", ["Records.s3", "Records.body", "detail-type", "awslogs", "RequestType"])
    def test_a_source_that_ignores_the_answer_is_silent(self, read: str) -> None:
        assert judge("LL201", returning(Known("x"), end(), reads=(read,))) == []

    def test_a_source_that_refuses_to_be_given_nothing_is_an_error(self) -> None:
        assert judged("LL320", returning(Anything(()), end(), reads=("triggerSource",))) == [(60, "error")]

    @pytest.mark.parametrize(("method", "silent"), [("PUT", True), ("GET", False), ("ANY", False), (None, False)])
    def test_a_method_that_no_route_has_comes_to_no_path(self, method: str | None, silent: bool) -> None:
        settings = {"method": method} if method is not None else {}
        routes = (event("rest-api", **settings), event("rest-api", method="DELETE"))
        excluded = (Excluded(("httpMethod",), ("PUT", "DELETE")),)
        other = Return(OK, place(50), "value", excluded=excluded)
        run = returning(other, end(excluded=excluded), reads=("httpMethod",), events=routes)
        assert (judge("LL201", run) == []) == silent

    @pytest.mark.parametrize(("key", "silent"), [("path", True), ("queryStringParameters", False)])
    def test_an_event_that_no_caller_sends_comes_to_no_path(self, key: str, silent: bool) -> None:
        ends = (Ending(place(70), absent=((key,),)),)
        run = returning(OK, end(ends=ends), reads=("httpMethod",), events=(event("rest-api"),))
        assert (judge("LL201", run) == []) == silent

    def test_no_value_on_any_path_is_no_missing_return(self) -> None:
        assert judge("LL201", returning(NONE, end(), reads=("httpMethod",))) == []

    @pytest.mark.parametrize(
        ("facts", "silent"),
        [
            ((Excluded(("httpMethod",), ("GET",)),), True),
            ((Excluded(("requestContext", "http", "method"), ("GET", "POST")),), True),
            ((Excluded(("kind",), ("a", "b")),), True),
            ((Excluded(("user",), ("bob",)),), False),
            ((Excluded(("pathParameters", "id"), ("1", "2")),), False),
            ((Excluded(("queryStringParameters", "action"), ("start",)),), False),
            ((), False),
        ],
    )
    def test_an_enumerated_field_covers_the_path_that_is_left(self, facts: tuple[Excluded, ...], silent: bool) -> None:
        assert (judge("LL201", returning(OK, end(excluded=facts), reads=("httpMethod",))) == []) == silent

    def test_a_path_that_was_followed_is_real_though_others_were_not(self) -> None:
        assert judged("LL201", returning(OK, end(), reads=("httpMethod",), complete=False)) == [(60, "error")]

    def test_a_handler_that_something_else_calls_too_is_a_warning(self) -> None:
        assert judged("LL201", returning(OK, end(), reads=("httpMethod", "warmup?"))) == [(60, "warning")]

    def test_a_bare_return_may_be_meant_for_what_else_calls(self) -> None:
        assert judge("LL201", returning(OK, bare(), reads=("httpMethod", "warmup?"))) == []
        assert judged("LL201", returning(OK, bare(), reads=("httpMethod",))) == [(61, "error")]

    def test_one_report_for_many_paths_to_one_place(self) -> None:
        run = returning(OK, end(), end(after_except=True), reads=("httpMethod",))
        run.returns[2] = Return(NONE, run.returns[1].place, "end", after_except=True)
        assert judged("LL201", run) == [(60, "error")]


    def test_the_ends_of_one_function_are_one_fault_at_the_first(self) -> None:
        ends = (Ending(place(70)), Ending(place(71), after_except=True), Ending(place(70)))
        (report,) = judge("LL201", returning(OK, end(ends=ends), reads=("httpMethod",)))
        assert report.place == place(70)
        assert [(note.label, note.place.span().start.row) for note in report.notes] == [
            ("returned here", 50),
            ("also ends here", 71),
        ]

    def test_the_worst_end_is_told_and_those_that_are_covered_are_not(self) -> None:
        methods = (Excluded(("httpMethod",), ("GET", "POST")),)
        ends = (Ending(place(70), after_unseen=True), Ending(place(71)), Ending(place(72), excluded=methods))
        (report,) = judge("LL201", returning(OK, end(ends=ends), reads=("httpMethod",)))
        assert (report.place, [note.label for note in report.notes]) == (place(71), ["returned here"])
        assert judge("LL201", returning(OK, end(ends=ends[2:]), reads=("httpMethod",))) == []

    def test_each_return_without_a_value_is_a_fault_of_its_own(self) -> None:
        fallen = Fallen("save", place(80), True)
        ends = (Ending(place(81), True), Ending(place(82), True), Ending(place(83)), Ending(place(84)))
        found = Return(NONE, place(50), "value", fallen=fallen, ends=ends)
        run = returning(OK, found, reads=("requestContext.resourcePath",))
        assert judged("LL201", run) == [(81, "error"), (82, "error"), (83, "warning")]

    def test_what_was_learnt_before_the_call_makes_a_return_doubtful(self) -> None:
        known = (Excluded(("httpMethod",), ("GET",)),)
        found = Return(
            NONE, place(50), "value", fallen=Fallen("save", place(80), True), ends=(Ending(place(81), True, (), known),)
        )
        assert judged("LL201", returning(OK, found, reads=("httpMethod",))) == [(81, "warning")]


class TestResponseNotReturned:
    def test_it_is_reported_where_it_is_built_and_nothing_else_is(self) -> None:
        built = Mapping("dict", OK.entries, place=place(40))
        run = returning(OK, end(dropped=(built,)), reads=("httpMethod",))
        assert judged("LL204", run) == [(40, "error")]
        assert judge("LL201", run) == []

    def test_it_comes_before_the_null_response(self) -> None:
        built = Mapping("dict", OK.entries, place=place(40))
        run = returning(end(dropped=(built,)), reads=("httpMethod",))
        assert judged("LL204", run) == [(40, "error")]
        assert judge("LL308", run) == []

    def test_the_last_one_built_is_meant(self) -> None:
        first, second = (Mapping("dict", OK.entries, place=place(row)) for row in (40, 41))
        assert judged("LL204", returning(end(dropped=(first, second)))) == [(41, "error")]

    def test_another_answer_may_have_replaced_it(self) -> None:
        assert judge("LL204", returning(Return(OK, place(50), "value", dropped=(OK,)))) == []

    def test_what_is_shaped_otherwise_is_data(self) -> None:
        assert judge("LL204", returning(end(dropped=(response(name="x"),)), reads=("httpMethod",))) == []
        assert judge("LL204", returning(end(dropped=(response(statusCode=200),)))) == []

    def test_a_source_that_takes_no_response_is_silent(self) -> None:
        assert judge("LL204", returning(end(dropped=(OK,)), reads=("Records.s3",))) == []


class TestNotSerializable:
    def test_it_is_reported_at_the_entry_with_the_way(self) -> None:
        made = Opaque("datetime.datetime", place(3))
        value = Mapping("dict", (Entry(Known("time"), made, place=place(5)),))
        (report,) = judge("LL202", returning(value))
        assert report.place.span().start.row == 5
        assert [(note.label, note.place.span().start.row) for note in report.notes] == [
            ("made here", 3),
            ("returned here", 50),
        ]
        assert report.message == (
            'the value returned holds a `datetime` at `["time"]`, which the Lambda runtime cannot serialize: '
            "the invocation fails with Runtime.MarshalError"
        )

    def test_the_value_itself_is_reported_at_the_return(self) -> None:
        assert judged("LL202", returning(Opaque("set", place(3)))) == [(50, "error")]

    def test_one_value_returned_twice_is_one_fault(self) -> None:
        value = response(items={1})
        assert judged("LL202", returning(value, value)) == [(1, "error")]

    def test_a_key_that_may_be_missing_makes_a_warning(self) -> None:
        value = Mapping("dict", (Entry(Known("a"), Opaque("set"), False, place(5)),))
        run = returning(value)
        assert judged("LL202", run) == [(5, "warning")]
        assert "where that key is set" in judge("LL202", run)[0].message

    @pytest.mark.parametrize("kind", ["adapter", "class", "module", "unknown"])
    def test_only_a_function_s_returns_are_judged(self, kind: str) -> None:
        assert judge("LL202", returning(Opaque("set"), handler=handler(kind))) == []

    def test_the_coroutine_of_an_async_handler_is_its_own_fault(self) -> None:
        assert judge("LL202", returning(Opaque("coroutine"), handler=handler(is_async=True))) == []

    def test_a_body_that_is_no_string_is_the_cause_of_what_it_holds(self) -> None:
        run = returning(response(statusCode=200, body={"tags": {"a"}}), reads=("httpMethod",))
        assert judge("LL202", run) == []
        assert judged("LL301", run) == [(2, "error")]

    def test_outside_http_the_body_is_like_any_other_value(self) -> None:
        run = returning(response(statusCode=200, body={"tags": {"a"}}), reads=("Records.s3",))
        assert len(judge("LL202", run)) == 1
        assert judge("LL301", run) == []

    def test_either_right_or_wrong_is_silent(self) -> None:
        assert judge("LL202", returning(Either((Opaque("set"), Known(1))))) == []


def dumps(value: Shape, name: str = "json.dumps", **changes: Any) -> list[tuple[int, str]]:
    keywords = tuple((key, draw(option)) for key, option in changes.pop("keywords", {}).items())
    call = Call(name, place(30), (value,), keywords, **changes)
    return judged("LL203", returning(calls=[call]))


class TestDumps:
    def test_decimal_is_refused_by_json_and_taken_by_simplejson(self) -> None:
        value = response(price=Opaque("decimal.Decimal"))
        assert dumps(value) == dumps(value, "json.dump") == dumps(value, "orjson.dumps") == [(30, "error")]
        assert dumps(value, "simplejson.dumps") == dumps(value, "ujson.dumps") == []

    def test_an_item_of_dynamodb_may_hold_a_decimal(self) -> None:
        attribute = Entry(Anything(), Opaque("boto3.dynamodb.attribute", place(4)), sure=False)
        item = Mapping("dict", (attribute,), open=True)
        assert dumps(item) == dumps(item, "orjson.dumps") == [(30, "warning")]
        assert dumps(item, "simplejson.dumps") == dumps(item, keywords={"default": str}) == []
        assert judge("LL202", returning(item)) == []

    def test_orjson_takes_what_others_refuse(self) -> None:
        value = response(at=Opaque("datetime.datetime"), id=Opaque("uuid.UUID"))
        assert dumps(value, "orjson.dumps") == []
        assert dumps(value) == dumps(value, "simplejson.dumps") == dumps(value, "ujson.dumps") == [(30, "error")]

    def test_default_answers_for_types_and_not_for_keys(self) -> None:
        assert dumps(response(a=Opaque("set")), keywords={"default": str}) == []
        assert dumps(response(a=Opaque("set")), keywords={"default": None}) == [(30, "error")]
        assert dumps(draw({(1, 2): 1}), keywords={"default": str}) == [(30, "error")]

    def test_cls_may_take_anything(self) -> None:
        assert dumps(draw({(1, 2): {1}}), keywords={"cls": str}) == []

    def test_skipkeys_drops_the_entry(self) -> None:
        assert dumps(draw({(1, 2): {1}}), keywords={"skipkeys": True}) == []
        assert dumps(draw({(1, 2): 1}), keywords={"skipkeys": False}) == [(30, "error")]

    def test_keys_of_several_types_cannot_be_sorted(self) -> None:
        mixed = draw({1: "a", "b": 2})
        assert dumps(mixed, keywords={"sort_keys": True}) == [(30, "error")]
        assert dumps(mixed) == dumps(draw({1: "a", 2.5: 2}), keywords={"sort_keys": True}) == []

    def test_nan_is_refused_where_it_is_forbidden(self) -> None:
        assert dumps(draw({"a": float("nan")}), keywords={"allow_nan": False}) == [(30, "error")]
        assert dumps(draw({"a": float("nan")})) == []

    def test_orjson_options_let_other_keys_through(self) -> None:
        assert dumps(draw({1: 2}), "orjson.dumps") == [(30, "error")]
        assert dumps(draw({1: 2}), "orjson.dumps", keywords={"option": 4}) == []

    def test_arguments_that_are_not_seen_are_silent(self) -> None:
        assert dumps(response(a=Opaque("set")), open_arguments=True) == []

    def test_a_caught_error_does_not_fail_the_invocation(self) -> None:
        assert dumps(response(a=Opaque("set")), guarded=True) == [(30, "warning")]

    def test_another_function_of_that_name_is_another_function(self) -> None:
        assert dumps(response(a=Opaque("set")), "mylib.dumps") == []

    def test_the_message_names_the_place_the_count_and_the_error(self) -> None:
        call = Call("json.dumps", place(30), (response(a=Opaque("set", place(2)), b=Opaque("set", place(3))),))
        chained = Call("json.dumps", place(31), call.arguments, chain=(Step(place(20), "respond"),))
        reports = judge("LL203", returning(calls=[call, chained]))
        assert reports[0].message == (
            '`json.dumps` cannot serialize a `set` at `["a"]` (and 1 more): the invocation fails with TypeError'
        )
        assert [(note.label, note.place.span().start.row) for note in reports[1].notes] == [
            ("made here", 2),
            ("made here", 3),
            ("called here", 20),
        ]

    def test_a_cycle_is_a_value_error(self) -> None:
        loop: dict[str, Any] = {}
        loop["me"] = loop
        (report,) = judge("LL203", returning(calls=[Call("json.dumps", place(30), (draw(loop),))]))
        assert "ValueError" in report.message


class TestNotFinite:
    def test_a_returned_nan_is_a_warning_at_its_entry(self) -> None:
        assert judged("LL205", returning(response(mean=float("nan")))) == [(1, "warning")]

    def test_json_writes_it_too(self) -> None:
        call = Call("json.dumps", place(30), (draw([float("inf")]),))
        assert judged("LL205", returning(calls=[call])) == [(30, "warning")]
        forbidden = Call("json.dumps", place(30), (draw([float("inf")]),), (("allow_nan", Known(False)),))
        assert judge("LL205", returning(calls=[forbidden])) == []
