"""Has a path told its caller how it went, where that is done by a call and not by what is returned?

A custom resource sends its result to an address that stands in the event, a pipeline's action names the event's job, a
rule of AWS Config the event's token. Code that is not seen and is handed one of these, or the event itself, or a value
that may hold it, may be what does so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ClassObject, DictObject, ScopeObject
from lambdalint.interpreter.values import Bound, EventPath, Function, Method, Partial, Ref, Sym, Tuple, Value, wrapped

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine

#: Keys of an event without which nobody can answer it.
NEEDED = frozenset({"ResponseURL", "CodePipeline.job", "resultToken", "LifecycleEventHookExecutionId"})
#: Keys that show an event which is answered in this way.
SHOWING = NEEDED | {"RequestType"}

#: What is called and answers nobody, by the beginning of its full name.
_SILENT = (
    *(
        "aws_lambda_powertools.",
        "ast.",
        "base64.",
        "boto3.resource",
        "boto3.dynamodb.",
        "boto3.Session",
        "collections.",
    ),
    *("copy.", "dataclasses.", "datetime.", "decimal.", "enum.", "functools.", "hashlib.", "hmac.", "itertools."),
    *("json.", "logging.", "math.", "operator.", "os.", "pathlib.", "posixpath.", "pprint.", "random.", "re."),
    *("secrets.", "string.", "structlog.", "sys.", "time.", "traceback.", "typing.", "urllib.parse.", "uuid."),
)
#: Services through which others can be asked to answer. Every other one answers nobody.
_CARRYING = frozenset(
    {
        *("lambda", "sns", "sqs", "stepfunctions", "events", "kinesis", "firehose", "iot-data", "mq", "?"),
        *("codepipeline", "config", "codedeploy"),
    }
)
_PLAIN = frozenset({"bool", "int", "float", "NoneType", "decimal.Decimal", "datetime.datetime", "datetime.timedelta"})
_DEPTH = 6


def note_call(machine: Machine, name: str, values: list[Value]) -> None:
    """Something outside is called: it may answer."""
    if "." not in name or name.startswith(_SILENT):
        return
    if name.startswith("boto3.client"):
        service = name.split(".")[2:3]
        if not service or service[0] not in _CARRYING:
            return
    note(machine, values)


def note(machine: Machine, values: list[Value]) -> None:
    """Code that is not seen is handed these values."""
    state = machine.state
    if state.replied or not machine.recorder.in_handler:
        return
    if any(_holds(machine, value, _DEPTH, {}) for value in values):
        state.replied = state.touched = True  # an attempt that raises is one too


def note_read(machine: Machine, read: Sym) -> None:
    """A part of the event is read. Where what an answer needs is read in a function that the handler calls, or inside a
    `try`, answering has begun: what fails there, and is caught, is the sending."""
    if read.event and _is_needed(read.event) and (machine.depth or machine.guards):
        machine.state.replied = machine.state.touched = True


def may_hold(machine: Machine, value: Value) -> bool:
    """Whether a text that is made of a value may hold what an answer needs: before anything has shown that the event is
    answered by a call, every text may."""
    return not machine.recorder.answers_by_call or _holds(machine, value, _DEPTH, {})


def _is_needed(path: EventPath) -> bool:
    """Whether a part of the event is, or has, what an answer needs. A pipeline's job is named by its `id`: what stands
    in its `data` are the action's own settings."""
    return bool(path) and path[0] in NEEDED and path[1:2] != ("data",)


def _holds(machine: Machine, value: Value, depth: int, seen: dict[int, int]) -> bool:
    """Whether a value may hold what an answer needs. `seen`: how deep was looked into objects of the heap so far."""
    value = machine.state.resolve(value)
    if depth == 0:
        return machine.recorder.answers_by_call
    if type(value) is Sym:
        return _symbol_holds(machine, value, depth, seen)
    if type(value) is Tuple:
        return any(_holds(machine, part, depth - 1, seen) for part in value.items)
    if type(value) is Ref:
        if seen.get(value.id, 0) >= depth:
            return False
        seen[value.id] = depth
        thing = machine.state.get(value.id)
        if isinstance(thing, (ClassObject, ScopeObject)):
            return False
        # the event is an object of its own once it was written to
        backing = thing.backing if isinstance(thing, DictObject) else None
        if backing is not None and _symbol_holds(machine, backing, depth, seen):
            return True
        return any(_holds(machine, part, depth - 1, seen) for part in thing.content() if isinstance(part, Value))
    if type(value) is Method:
        return _holds(machine, value.receiver, depth - 1, seen)
    return machine.recorder.answers_by_call and isinstance(value, (Function, Bound, Partial))


def _symbol_holds(machine: Machine, value: Sym, depth: int, seen: dict[int, int]) -> bool:
    if value.options:
        return any(_holds(machine, option, depth - 1, seen) for option in value.options)
    shown = wrapped(value)
    if shown is not None:
        return _holds(machine, shown, depth - 1, seen)
    if value.event is not None:
        return not value.event or _is_needed(value.event)
    if value.condition is not None and value.condition[0] == "holds" and not value.condition[2]:
        return False
    if value.role is not None or (value.kind is not None and value.kind in _PLAIN):
        return False
    if type(value.id) is tuple and value.id[0] == "environment":
        return False
    return machine.recorder.answers_by_call and not (value.kind or "").startswith("boto3.")


def shows(path: tuple[str | int, ...]) -> bool:
    """Whether reading a part of the event shows that it is answered by a call."""
    return bool(path) and path[0] in SHOWING
