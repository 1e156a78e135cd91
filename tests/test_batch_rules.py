"""LL310-LL312 over records built by hand."""

from __future__ import annotations

from typing import Any

import pytest

from lambdalint.interpreter.invocation import Call, Return
from lambdalint.interpreter.shapes import Anything, Either, Known, Opaque, Sequence

from .picture import event, judge, judged, place, response, returning

ON = event("sqs", response_types=["ReportBatchItemFailures"])
OFF = event("sqs", response_types=[])
SQS = ("Records.messageId",)


def failures(*items: Any) -> Any:
    return response(batchItemFailures=Sequence("list", items))


def item(identifier: Any, key: str = "itemIdentifier") -> Any:
    return response(**{key: identifier})


ID = Anything(("Records", 0, "messageId"))


class TestResponse:
    @pytest.mark.parametrize(
        "answer",
        [
            failures(),
            failures(item(ID)),
            failures(item(Opaque("str"))),
            failures(Anything()),
            response(batchItemFailures=None),
            response(batchItemFailures=Anything()),
            response(statusCode=200),
            Known(None),
            Sequence("list"),
            response(),
        ],
        ids=repr,
    )
    def test_what_is_right_or_ignored_is_silent(self, answer: Any) -> None:
        assert judge("LL310", returning(answer, events=(ON,))) == []

    def test_a_record_without_its_identifier_is_none_of_the_source_s(self) -> None:
        answer = failures(item(""))
        missing = Return(answer, place(50), "value", absent=(("Records", 0, "messageId"),))
        assert judge("LL310", returning(missing, events=(ON,))) == []

    def test_what_stands_for_a_missing_identifier_is_left_alone(self) -> None:
        answer = failures(item(Anything(("Records", 0, "eventID"))))
        assert judge("LL310", returning(Return(answer, place(50), "value", missed=True), events=(ON,))) == []

    @pytest.mark.parametrize(
        ("answer", "what"),
        [
            (failures(ID), "an item is a part of the event"),
            (failures(Known("a")), "an item is `'a'`"),
            (failures(item("a", "ItemIdentifier")), "an item has no `itemIdentifier`"),
            (failures(item(None)), "`itemIdentifier` is `None`"),
            (failures(item("")), "`itemIdentifier` is `''`"),
            (
                failures(item(Anything(("Records", 0, "receiptHandle")))),
                '`receiptHandle`, and must be `record["messageId"]`',
            ),
            (response(batchItemFailures="a"), "must be a list"),
            (response(batchItemFailures={"itemIdentifier": "a"}), "must be a list"),
            (Sequence("list", (item(ID),)), "the answer is a list"),
        ],
    )
    def test_the_whole_batch_fails(self, answer: Any, what: str) -> None:
        (found,) = judge("LL310", returning(answer, events=(ON,)))
        assert what in found.message
        assert found.severity is None
        assert found.message.endswith("the whole batch fails")

    @pytest.mark.parametrize("key", ["BatchItemFailures", "batch_item_failures", "batchItemFailure"])
    def test_a_misspelled_key_is_read_by_nobody(self, key: str) -> None:
        assert judged("LL310", returning(response(**{key: []}), events=(ON,))) == [(1, "error")]

    def test_without_the_setting_it_is_a_warning_that_names_the_condition(self) -> None:
        run = returning(failures(Known("a")), reads=SQS)
        assert judged("LL310", run) == [(1, "warning")]
        assert "with ReportBatchItemFailures set" in judge("LL310", run)[0].message

    def test_the_identifier_is_the_source_s_own(self) -> None:
        kinesis = event("kinesis", response_types=["ReportBatchItemFailures"])
        right = Anything(("Records", 0, "kinesis", "sequenceNumber"))
        assert judge("LL310", returning(failures(item(right)), events=(kinesis,))) == []
        wrong = Anything(("Records", 0, "eventID"))
        (found,) = judge("LL310", returning(failures(item(wrong)), events=(kinesis,)))
        assert 'must be `record["kinesis"]["sequenceNumber"]`' in found.message
        kafka = event("kafka", response_types=["ReportBatchItemFailures"])
        assert judge("LL310", returning(failures(item(wrong)), events=(kafka,))) == []

    def test_whatever_stands_in_a_list_of_unknown_length_is_like_its_rest(self) -> None:
        answer = response(batchItemFailures=Sequence("list", (), ID))
        assert judged("LL310", returning(answer, events=(ON,))) == [(1, "error")]

    def test_each_of_several_items_must_be_wrong(self) -> None:
        assert judge("LL310", returning(failures(Either((ID, item(ID)))), events=(ON,))) == []

    def test_another_source_is_not_its_business(self) -> None:
        assert judge("LL310", returning(failures(Known("a")), events=(event("rest-api"),))) == []
        assert judge("LL310", returning(failures(Known("a")), events=(ON, event("rest-api")))) == []


class TestEnabled:
    def test_it_is_reported_in_the_descriptor_with_the_code_as_related(self) -> None:
        (found,) = judge("LL311", returning(failures(item(ID)), events=(OFF,)))
        assert found.place.span().start.row == 310
        assert [note.place.span().start.row for note in found.notes] == [50]

    def test_it_is_silent_where_it_is_set_or_not_known(self) -> None:
        for other in (ON, event("sqs"), event("sns")):
            assert judge("LL311", returning(failures(item(ID)), events=(other,))) == []
        assert judge("LL311", returning(failures(item(ID)), reads=SQS)) == []

    def test_a_processor_raises_where_the_only_record_has_failed(self) -> None:
        single = event("sqs", response_types=[], batch_size=1)
        processed = Call("aws_lambda_powertools.utilities.batch.process_partial_response", place(3))
        assert judge("LL311", returning(failures(item(ID)), events=(single,), calls=[processed])) == []
        assert judged("LL311", returning(failures(item(ID)), events=(single,))) == [(310, "error")]
        several = event("sqs", response_types=[], batch_size=10)
        assert judged("LL311", returning(failures(item(ID)), events=(several,), calls=[processed])) == [(310, "error")]

    def test_an_empty_list_loses_nothing(self) -> None:
        assert judge("LL311", returning(failures(), events=(OFF,))) == []

    def test_a_list_that_is_filled_in_a_loop_counts(self) -> None:
        filled = Return(response(batchItemFailures=Sequence("list", (), item(ID))), place(55), "value")
        run = returning(failures(), events=(OFF,), possible_returns=[filled])
        assert judged("LL311", run) == [(310, "error")]


class TestStatus:
    FAILED = Return(response(statusCode=500), place(50), "value", after_except=True, caught=frozenset({7}))

    @pytest.mark.parametrize("kind", ["sqs", "sns", "s3", "eventbridge", "schedule", "kinesis", "cloudwatch-logs"])
    def test_an_exception_that_is_answered_is_an_error(self, kind: str) -> None:
        assert judged("LL312", returning(self.FAILED, events=(event(kind),), failing_tries={7})) == [(1, "error")]

    def test_where_no_service_fails_before_it_nothing_may_come_there(self) -> None:
        assert judged("LL312", returning(self.FAILED, events=(event("sqs"),), failing_tries={8})) == [(1, "warning")]

    def test_a_status_that_answers_no_exception_may_be_meant(self) -> None:
        assert judged("LL312", returning(response(statusCode=400), events=(event("sqs"),))) == [(1, "warning")]

    def test_a_source_that_only_the_code_shows_is_a_warning(self) -> None:
        assert judged("LL312", returning(self.FAILED, reads=("Records.s3",))) == [(1, "warning")]
        assert judge("LL312", returning(self.FAILED, reads=("Records",))) == []

    @pytest.mark.parametrize("status", [200, 302, Anything(), Opaque("int"), None, True])
    def test_no_error_is_silent(self, status: Any) -> None:
        answer = Return(response(statusCode=status), place(50), "value", after_except=True)
        assert judge("LL312", returning(answer, events=(event("sqs"),))) == []

    @pytest.mark.parametrize("kind", ["rest-api", "step-functions", "cognito", "custom-resource", "appsync", "ses"])
    def test_a_source_that_reads_the_answer_or_waits_for_a_call_is_silent(self, kind: str) -> None:
        assert judge("LL312", returning(self.FAILED, events=(event(kind),))) == []

    def test_http_beside_it_is_silent(self) -> None:
        assert judge("LL312", returning(self.FAILED, events=(event("sqs"), event("rest-api")))) == []


class TestAskedForAndNeverNamed:
    @pytest.mark.parametrize("answer", [Known(None), response(statusCode=200), Known("done"), response()], ids=repr)
    def test_a_handler_that_names_no_item_is_a_warning_at_the_event(self, answer: Any) -> None:
        assert judged("LL311", returning(answer, events=(ON,))) == [(310, "warning")]

    @pytest.mark.parametrize(
        "answer",
        [failures(item(ID)), failures(), response(batchItemFailure=Sequence("list")), Anything(), Opaque("dict")],
        ids=repr,
    )
    def test_one_that_may_is_silent(self, answer: Any) -> None:
        assert judge("LL311", returning(answer, Known(None), events=(ON,))) == []

    def test_where_not_every_path_was_followed_it_is_silent(self) -> None:
        run = returning(Known(None), events=(ON,))
        run.complete = False
        assert judge("LL311", run) == []
