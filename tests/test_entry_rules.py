"""LL101-LL105 over records built by hand."""

from __future__ import annotations

import pytest

from lambdalint.finding import Note
from lambdalint.interpreter.invocation import Parameter

from .pages import Project
from .picture import NAME, handler, judge, judged, parameter, place, returning

EVENT, CONTEXT = parameter("event"), parameter("context")


@pytest.mark.parametrize(
    "parameters",
    [
        (EVENT, CONTEXT),
        (EVENT, parameter("context", required=False), parameter("extra", required=False)),
        (parameter("args", "args", required=False),),
        (EVENT, parameter("args", "args", required=False), parameter("kwargs", "kwargs", required=False)),
        (EVENT, CONTEXT, parameter("key", "keyword", required=False)),
    ],
)
def test_two_positional_arguments_fit(parameters: tuple[Parameter, ...]) -> None:
    assert judge("LL101", returning(handler=handler(parameters=parameters))) == []


def test_too_few_parameters_are_reported_at_the_name() -> None:
    one = returning(handler=handler(parameters=(EVENT,)))
    none = returning(handler=handler(parameters=(parameter("kwargs", "kwargs", required=False),)))
    assert judged("LL101", one) == judged("LL101", none) == [(100, "error")]
    assert "takes 1 positional argument" in judge("LL101", one)[0].message
    assert "takes no positional argument" in judge("LL101", none)[0].message


def test_a_third_required_parameter_is_reported_where_it_stands() -> None:
    run = returning(handler=handler(parameters=(EVENT, CONTEXT, parameter("callback", row=7))))
    assert judged("LL101", run) == [(7, "error")]
    assert judge("LL101", run)[0].advice == "give `callback` a default, or drop it"


def test_self_of_an_unbound_method_is_told_apart() -> None:
    run = returning(handler=handler(parameters=(parameter("self"), EVENT, CONTEXT)))
    assert judge("LL101", run)[0].advice == "name a bound method as the handler, or drop `self`"


def test_a_required_keyword_is_never_passed() -> None:
    run = returning(handler=handler(parameters=(EVENT, CONTEXT, parameter("table", "keyword", row=8))))
    assert judged("LL101", run) == [(8, "error")]


def test_a_signature_that_is_not_known_is_silent() -> None:
    assert judge("LL101", returning(handler=handler(parameters=(), signature_known=False))) == []
    swapped = handler(parameters=(CONTEXT, EVENT), signature_known=False)
    assert judge("LL104", returning(handler=swapped)) == []


def test_async_and_generator_handlers_have_one_fault_each() -> None:
    coroutine = returning(handler=handler(is_async=True))
    generator = returning(handler=handler(is_generator=True, yield_place=place(9)))
    both = returning(handler=handler(is_async=True, is_generator=True, yield_place=place(9)))
    assert [judged(code, coroutine) for code in ("LL102", "LL103")] == [[(100, "error")], []]
    assert [judged(code, generator) for code in ("LL102", "LL103")] == [[], [(9, "error")]]
    assert [judged(code, both) for code in ("LL102", "LL103")] == [[(100, "error")], []]


def test_a_function_that_says_it_is_a_generator_may_have_a_runtime_of_its_own() -> None:
    told = handler(is_generator=True, yield_place=place(9), told_generator=True)
    assert judged("LL103", returning(handler=told)) == [(9, "warning")]


def test_swapped_parameters_are_known_by_both_names() -> None:
    swapped = handler(parameters=(parameter("_context", row=3), parameter("event")))
    assert judged("LL104", returning(handler=swapped)) == [(3, "warning")]
    half = handler(parameters=(parameter("context"), parameter("payload")))
    assert judge("LL104", returning(handler=half)) == []


@pytest.mark.parametrize(
    ("body", "found", "declared"),
    [
        ("return event['id']", ["error"], ["error"]),
        ("return event.get('id')", ["error"], ["error"]),
        ("return context.aws_request_id", ["error"], ["error"]),
        ("try:\n        return event['id']\n    except Exception:\n        return None", ["error"], ["error"]),
        ("print(event)", ["warning"], ["warning"]),
        ("return [context for _ in 'ab']", ["warning"], ["warning"]),
        ("print(locals())", ["warning"], ["warning"]),
        ("return 1", [], ["warning"]),
        ("return context['id'], event.aws_request_id", [], []),
        ("return context['id'], event['id']", ["error"], ["error"]),
    ],
)
def test_swapped_parameters_fail_what_reads_them(body: str, found: list[str], declared: list[str]) -> None:
    code = f"def lambda_handler(context, event):\n    {body}\n"
    for settings, expected in (("", found), ('# settings: handlers = ["app.lambda_handler"]\n', declared)):
        report = Project(1, {"app.py": settings + code}).run()
        assert [one.severity.name.lower() for one in report.findings if one.code == "LL104"] == expected


def test_parameters_that_are_rightly_read_are_not_swapped_back() -> None:
    code = "def lambda_handler(context, event):\n    return context['id'], event['id']\n"
    (finding,) = [one for one in Project(1, {"app.py": code}).run().findings if one.code == "LL104"]
    assert finding.fix is None


@pytest.mark.parametrize("kind", ["class", "module", "value"])
def test_what_cannot_be_a_handler_is_reported_only_where_it_was_named(kind: str) -> None:
    assert judged("LL105", returning(handler=handler(kind), named=True)) == [(100, "error")]
    if kind != "class":
        assert judge("LL105", returning(handler=handler(kind))) == []


def test_a_class_called_lambda_handler_is_meant_to_be_one() -> None:
    run = returning(handler=handler("class"))
    assert run.function.attribute == "lambda_handler"
    assert judged("LL105", run) == [(100, "error")]


def test_a_class_whose_instances_serialize_is_a_handler() -> None:
    kept = handler("class", callable_type="Handler", bases=("dict",))
    assert judge("LL105", returning(handler=kept, named=True)) == []


def test_no_note_repeats_the_place_of_the_report() -> None:
    report = judge("LL102", returning(handler=handler(is_async=True)))[0]
    assert report.place is NAME
    assert not any(isinstance(note, Note) and note.place.node is NAME.node for note in report.notes)
