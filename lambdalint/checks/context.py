"""LL401, LL402: what a handler asks of the context that Lambda hands to it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from lambdalint.checks.entry import are_swapped
from lambdalint.checks.registry import rule
from lambdalint.checks.way import once, trail
from lambdalint.finding import Change, Mend, Report, Severity
from lambdalint.interpreter.invocation import Invocation, Operation, Read
from lambdalint.interpreter.lambda_context import ATTRIBUTES, TEXTS
from lambdalint.interpreter.shapes import Known, Opaque, Shape

#: Names that the documentation, the other runtimes and older clients use for what Python's context calls otherwise.
_KNOWN_AS = {
    "requestid": "aws_request_id",
    "invokeid": "aws_request_id",
    "memorylimit": "memory_limit_in_mb",
    "memorysize": "memory_limit_in_mb",
    "functionmemorysize": "memory_limit_in_mb",
    "functionarn": "invoked_function_arn",
    "remainingtimeinmillis": "get_remaining_time_in_millis",
    "remainingtime": "get_remaining_time_in_millis",
    "getremainingtime": "get_remaining_time_in_millis",
    "logger": "log",
    "cognitoidentity": "identity",
}
_MEMORY = "memory_limit_in_mb"
#: Operators that raise a TypeError of a text and a number. A text times an int is the text several times.
_RAISING = frozenset(
    {
        *("Add", "Subtract", "Divide", "FloorDivide", "Power", "LessThan", "LessThanEqual", "GreaterThan"),
        "GreaterThanEqual",
    }
)
_NUMBERS = frozenset({"int", "float", "decimal.Decimal", "bool"})


@rule("LL401", "context-attribute-unknown", Severity.ERROR)
def context_attribute_unknown(run: Invocation) -> Iterator[Report]:
    """The handler reads an attribute that Lambda's context does not have."""
    settled = {read.path for read in run.context_reads if read.how in ("set", "has")}
    seen = [
        read
        for read in run.context_reads
        if not str(read.path[0]).startswith("__") and not read.guarded and not read.possible
        if read.path not in settled
    ]
    named = run.function.named or run.function.deployment is not None
    if (named or "lambda" in run.function.attribute.lower()) and not are_swapped(run.handler):
        yield from once(_no_dict(read) for read in seen if read.how == "item" or _is_of_dicts(read))
    wrong = [read for read in seen if _is_unknown(read) and not _is_of_dicts(read)]
    sure = named and not _is_handed_out(run)
    # What only looks like a handler may be given another framework's context, and reads what that has.
    if not sure and any(_nearest(read) is None for read in wrong):
        return
    yield from once(map(_unknown, wrong))


def _is_unknown(read: Read) -> bool:
    return read.how == "attribute" and read.path[0] not in ATTRIBUTES


def _is_of_dicts(read: Read) -> bool:
    """Whether a method is called that dicts have: the context is taken for one."""
    return _is_unknown(read) and hasattr(dict, str(read.path[0]))


def _no_dict(read: Read) -> Report:
    if read.how == "attribute":
        message = f"the context is no dict, and has no `{read.path[0]}`: an AttributeError fails the invocation"
        return Report(read.place, message, (), "`getattr(context, ..., None)`, or the attribute itself")
    name = read.path[0] if read.path[0] in ATTRIBUTES else _nearest(read)
    message = "the context is no dict, and cannot be subscripted: a TypeError fails the invocation"
    return Report(read.place, message, (), f"`context.{name}{_call(name)}`" if name else "")


def _call(name: str | int) -> str:
    return "()" if str(name).startswith("get") else ""


def _unknown(read: Read) -> Report:
    name, nearest = read.path[0], _nearest(read)
    advice = f"`context.{nearest}{_call(nearest)}`" if nearest else ""
    message = f"the context has no `{name}`: an AttributeError fails the invocation"
    mend = None
    if nearest is not None and nearest.startswith("get") <= str(name).startswith("get"):  # a method that is called
        change = Change(read.place, content=nearest, key=str(name))
        mend = Mend(f"Read `{nearest}`", (change,), _plain(nearest) == _plain(str(name)))
    return Report(read.place, message, (), advice, mend=mend)


def _nearest(read: Read) -> str | None:
    plain = _plain(str(read.path[0]))
    if plain in _KNOWN_AS:
        return _KNOWN_AS[plain]
    names = {_plain(name): name for name in ATTRIBUTES}
    found = difflib.get_close_matches(plain, names, 1, 0.8)
    return names[found[0]] if found else None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _is_handed_out(run: Invocation) -> bool:
    """Whether code that is not seen is handed the context, and may give it attributes of its own."""
    return any(
        isinstance(given, Opaque) and given.type == "awslambdaric.LambdaContext"
        for call in run.calls
        if "." in call.name and not call.name.startswith(("logging.", "json.", "pprint."))
        for given in (*call.arguments, *(value for _, value in call.keywords))
    )


@rule("LL402", "context-memory-is-string", Severity.ERROR)
def context_memory_is_string(run: Invocation) -> Iterator[Report]:
    """`context.memory_limit_in_mb` is a string, and is compared or computed with as a number."""
    yield from once(
        report
        for found in run.operations
        if found.read in TEXTS and not found.guarded and not found.possible
        for report in _of_text(found)
    )


def _of_text(found: Operation) -> Iterator[Report]:
    other = found.right if _is_text(found.left) else found.left
    if not (_is_text(found.left) or _is_text(found.right)) or _number_of(other) is None:
        return
    what = f"`{found.read}` is a string"
    severity: Severity | None = None
    if found.op in _RAISING or (found.op == "Multiply" and _number_of(other) != "int"):
        then = "with a number this raises a TypeError"
    elif found.op in ("Equal", "NotEqual"):
        then, severity = "it never equals a number", Severity.WARNING
    elif found.op == "Multiply":
        then, severity = "this repeats the text, and computes nothing", Severity.WARNING
    else:
        return
    advice = f"`int(context.{found.read})`" if found.read == _MEMORY else ""
    yield Report(found.place, f"{what}: {then}", trail(other, found.place, found.chain), advice, severity)


def _is_text(shape: Shape) -> bool:
    return isinstance(shape, Opaque) and shape.type == "str"


def _number_of(shape: Shape) -> str | None:
    kind = type(shape.value).__name__ if isinstance(shape, Known) else getattr(shape, "type", None)
    return kind if kind in _NUMBERS else None
