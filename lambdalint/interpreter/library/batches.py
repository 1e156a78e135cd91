"""Powertools' batch processors: the record handler is run once for each record, and what it raises fails that record.

`process_partial_response(event, record_handler, processor, context)`, and what it stands for: `with processor(records,
handler): processor.process()`. A processor is a container of the heap under the name of its class; it holds what it was
made for, its model, and the call that it was last given. Source:
https://docs.powertools.aws.dev/lambda/python/latest/utilities/batch/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.finding import Place
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.coroutines import wait_for
from lambdalint.interpreter.entry import data_class
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.library.aside import caught, code_of, forget, run_aside
from lambdalint.interpreter.library.batch_reports import note_report
from lambdalint.interpreter.library.contents import everything
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.schemas import instance
from lambdalint.interpreter.library.tables.data_classes import DATA_CLASSES
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.paths import RAISE
from lambdalint.interpreter.presence import unasked_read
from lambdalint.interpreter.values import NONE, Const, Function, Outside, Ref, Sym, Tuple, Value, wrapped

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_BATCH = "aws_lambda_powertools.utilities.batch"
_PROCESSORS = tuple(f"{_BATCH}.{name}" for name in ("BatchProcessor", "AsyncBatchProcessor", "SqsFifoPartialProcessor"))
_FIFO = _PROCESSORS[2]
_ANSWER = "{batchItemFailures: list[{itemIdentifier: str}]}"
#: What a record is shown as, by the processor's type of event.
_RECORDS = {
    f"{_BATCH}.EventType.SQS": "SQSRecord",
    f"{_BATCH}.EventType.KinesisDataStreams": "KinesisStreamRecord",
    f"{_BATCH}.EventType.DynamoDBStreams": "DynamoDBRecord",
    f"{_BATCH}.EventType.Kafka": "KafkaEventRecord",
}
#: The parts of a processor in the heap.
_TYPE, _MODEL, _GIVEN, _HANDLER, _CONTEXT, _DONE, _FAILED = range(7)
#: Those that code asks for, once records were processed: `BasePartialProcessor` in batch/base.py.
_KEPT = {"success_messages": _DONE, "fail_messages": _FAILED}
#: What the processor makes of what a record handler raises.
_COUNTED = "the processor counts each such record as failed"
#: Records that differ, of one batch, for which the record handler is run.
_MAX_RECORDS = 4


@models(*_PROCESSORS)
def processor(machine: Machine, site: CallSite) -> Value:
    """A processor, made for a type of events, and a model that records are parsed by."""
    if site.name == _FIFO:
        kind: Value | None = Outside(f"{_BATCH}.EventType.SQS")
        model = site.argument(0, "model")
    else:
        kind, model = site.argument(0, "event_type"), site.argument(1, "model")
    chosen = machine.state.resolve(kind) if kind is not None else NONE
    if type(chosen) is Const and isinstance(chosen.value, str):
        why = f"`event_type` is a member of `EventType`, and no text: {chosen.value!r} is none"
        then = "a batch with a failure fails as a whole"
        machine.recorder.fails(machine, site.place, "KeyError", why, consequence=then)
    held = [kind or NONE, model or NONE, *[NONE] * 5]
    return machine.new(ListObject(held, site.place, site.name))


@models(*[f"{name}.__call__" for name in _PROCESSORS])
def given(machine: Machine, site: CallSite) -> Value:
    """`processor(records=..., handler=..., lambda_context=...)`, to be entered by `with`: the processor itself."""
    assert site.receiver is not None
    machine.may_raise(None)
    if _processor(machine, site.receiver) is not None and type(site.receiver) is Ref:
        writable = machine.state.write(site.receiver.id)
        for index, name in ((_GIVEN, "records"), (_HANDLER, "handler"), (_CONTEXT, "lambda_context")):
            writable.items[index] = site.argument(index - _GIVEN, name) or NONE
    else:
        for value in site.values():
            leak(machine, value)
    return site.receiver


@models(*[f"{name}.{method}" for name in _PROCESSORS for method in ("process", "async_process")])
def process(machine: Machine, site: CallSite) -> Value:
    """Runs the handler; how each record went comes back: what the handler gave, and the record as it was sent, or the
    error's text, and the record as the handler was given it. `BatchProcessor._process_record` in batch/base.py."""
    assert site.receiver is not None
    thing = _processor(machine, site.receiver)
    record: Value = machine.unknown(site.place)
    if thing is not None:
        _, _, records, handler, context, _, _ = thing.items
        _run_all(machine, site, thing, records, handler, context)
        record = _record(machine, site, thing, record)
        _keep(machine, site, site.receiver, record)
    place, error = site.place, machine.unknown(site.place, "str")
    done = Tuple((Const("success", place), machine.unknown(place), machine.unknown(place)), place)
    failed = Tuple((Const("fail", place), error, record), place)
    return machine.new(ListObject([], place, "list", machine.unknown(place, options=(done, failed))))


@models(f"{_BATCH}.process_partial_response", f"{_BATCH}.async_process_partial_response")
def process_partial_response(machine: Machine, site: CallSite) -> Value:
    event, handler = site.argument(0, "event"), site.argument(1, "record_handler")
    chosen, context = site.argument(2, "processor"), site.argument(3, "context")
    thing = _processor(machine, chosen) if chosen is not None else None
    if event is None or handler is None or thing is None or site.open:
        for value in site.values():
            leak(machine, value)
    else:
        note_report(machine, site)
        _run_all(machine, site, thing, _records(machine, event, site), handler, context or NONE)
        _keep(machine, site, chosen, _record(machine, site, thing, machine.unknown(site.place)))
    machine.may_raise(None)  # BatchProcessingError, where all records fail
    return make(machine, _ANSWER, site.place)


def _processor(machine: Machine, value: Value) -> ListObject | None:
    value = machine.state.resolve(value)
    thing = machine.object(value) if type(value) is Ref else None
    return thing if isinstance(thing, ListObject) and thing.type in _PROCESSORS and not thing.leaked else None


def _keep(machine: Machine, site: CallSite, value: Value | None, record: Value) -> None:
    """The processor keeps the records that were done, as they were sent, and those that failed, as the handler was
    given them."""
    value = machine.state.resolve(value) if value is not None else NONE
    if _processor(machine, value) is None or type(value) is not Ref:
        return
    kept = {_DONE: machine.unknown(site.place, json=True), _FAILED: record}
    for index, element in kept.items():
        made = machine.new(ListObject([], site.place, "list", element))
        machine.state.write(value.id).items[index] = made


def messages(machine: Machine, value: Value, name: str) -> Value | None:
    """`processor.fail_messages` and `.success_messages`; None for any other attribute, and before records came."""
    thing = _processor(machine, value) if name in _KEPT else None
    return thing.items[_KEPT[name]] if thing is not None and thing.items[_KEPT[name]] is not NONE else None


def _records(machine: Machine, event: Value, site: CallSite) -> Value:
    """`event.get("Records", [])`."""
    event = machine.state.resolve(event)
    shown = wrapped(event)
    event = shown if shown is not None else event
    if type(event) is Sym and event.event is not None:
        read = machine.child(event, "get", "Records", None, site.place)
        machine.recorder.event_read(machine, read, "get", site.place, unasked_read(machine, event, "Records"))
        return read
    leak(machine, event)
    return machine.unknown(site.place)


def _run_all(
    machine: Machine, site: CallSite, thing: ListObject, records: Value, handler: Value, context: Value
) -> None:
    """Run the handler for the records that differ, each from the path at hand."""
    if _note_call(machine, handler, context):
        leak(machine, handler)
        return
    with caught(machine):
        found = elements(machine, records, site.node, site.frame)
        for raw in everything(found)[:_MAX_RECORDS]:

            def run(raw: Value = raw) -> Value:
                arguments = {"record": _record(machine, site, thing, raw)}
                function = code_of(machine, handler)
                names = {parameter.name for parameter in function.info.parameters} if function is not None else set()
                if "lambda_context" in names and context is not NONE:
                    arguments["lambda_context"] = context
                answer = call(machine, handler, [], arguments, site.node, site.frame)
                asynchronous = function is not None and function.info.is_async
                return wait_for(machine, answer, site.node, site.frame) if asynchronous else answer

            gave_up = machine.gave_up.copy()
            outcomes = run_aside(machine, run, site.node, sure=found.filled)
            if machine.gave_up == gave_up and not machine.guards:
                for outcome in outcomes:
                    if outcome.kind is RAISE and outcome.value is not None:
                        machine.failing_aside.append((outcome.state, outcome.value, _COUNTED))
    machine.state.epoch += 1
    forget(machine, (handler, records, context), (handler,))


def _note_call(machine: Machine, handler: Value, context: Value) -> bool:
    """Tell of a record handler that does not take what it is given by keyword: the `record`, and the `lambda_context`
    where it has one."""
    function = code_of(machine, handler)
    bound = machine.state.resolve(handler)
    if function is None or function.info.is_lambda or function.owner is not None or type(bound) is not Function:
        return False
    parameters = function.info.parameters
    taken = {one.name for one in parameters if one.kind in ("positional", "keyword")}
    given = {"record", "lambda_context"} if context is not NONE else {"record"}
    needed = [one.name for one in parameters if one.kind.startswith("positional") and one.default is None]
    why = ""
    if "record" not in taken and not any(one.kind == "kwargs" for one in parameters):
        why = f"a processor calls `{function.name}(record=...)`, by that keyword, which it does not take"
    elif set(needed) - given:
        missing = next(name for name in needed if name not in given)
        why = f"a processor calls `{function.name}(record=...)`, and it is not given `{missing}`"
    if why:
        place = Place(function.info.source, function.info.node.name)
        machine.recorder.fails(machine, place, "TypeError", why, consequence=_COUNTED)
    return bool(why)


def _record(machine: Machine, site: CallSite, thing: ListObject, raw: Value) -> Value:
    """What the handler is given of one record: an instance of the model, or of the data class."""
    kind, model = machine.state.resolve(thing.items[_TYPE]), machine.state.resolve(thing.items[_MODEL])
    if type(model) is Ref:
        return instance(machine, model, site)
    name = _RECORDS.get(kind.name) if type(kind) is Outside else None
    if name is None or not (type(model) is Const and model.value is None):
        return machine.unknown(site.place)
    return data_class(machine, f"{DATA_CLASSES}.{name}", raw, site.place)
