"""What stands in a field of the event is taken for something else: encoded, or written in another form.

Which fields are encoded, and how the others are written, is data: `encoded` and `[row.samples]` in
lambdalint/contracts/*.toml.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lambdalint.checks.http import names
from lambdalint.contracts import Keys
from lambdalint.contracts.callers import Callers, keys_of
from lambdalint.contracts.fields import are_sure, sample_of
from lambdalint.contracts.infer import infer
from lambdalint.finding import Report
from lambdalint.interpreter.invocation import Call, Invocation
from lambdalint.interpreter.shapes import Anything, Known, Opaque, Shape

_LOADS = frozenset({"json.loads", "simplejson.loads", "ujson.loads", "orjson.loads"})
_BASE64 = frozenset({"base64.b64decode()", "base64.standard_b64decode()"})
_DECODE = "bytes.decode"
#: Functions that read a text in a form, or a number of seconds, each as Python does it.
_STRPTIME, _FROM_SECONDS = "datetime.datetime.strptime", "datetime.datetime.fromtimestamp"


def _callers(run: Invocation) -> Callers | None:
    """Who calls, where that is certain."""
    if run.function.deployment is not None and run.function.deployment.answers_itself:
        return None
    callers = infer(run)
    return callers if are_sure(callers) else None


def undecoded(run: Invocation) -> Iterator[Report]:
    """What is encoded is parsed as if it were JSON."""
    callers = _callers(run)
    for call in run.calls if callers is not None else ():
        if call.in_try or call.at_init:
            continue
        given = call.receiver if call.name == _DECODE else call.argument(0, "s") if call.name in _LOADS else None
        path = _path(given)
        decoders = [part for part in path if part.endswith("()")]
        field = path[: len(path) - len(decoders)]
        how = {source.encoded.get(field) for source in callers.possible} if callers is not None and field else {None}
        if len(how) != 1 or callers is None:
            continue
        (encoded,) = how
        who, name = names(list(callers.possible)), field[-1] if field else ""
        if encoded == "base64" and not decoders and call.name in _LOADS:
            message = f"{who} sends `{name}` in base64, which is no JSON: this raises a JSONDecodeError"
            yield Report(call.place, message, (), f"`{call.name}(base64.b64decode(...))`")
        elif encoded == "gzip" and not decoders and call.name in _LOADS:
            message = f"{who} sends `{name}` compressed and in base64, which is no JSON: this raises a JSONDecodeError"
            yield Report(call.place, message, (), f"`{call.name}(gzip.decompress(base64.b64decode(...)))`")
        elif encoded == "gzip" and len(decoders) == 1 and decoders[0] in _BASE64 and not call.arguments[1:]:
            message = f"{who} sends `{name}` compressed: this raises a UnicodeDecodeError"
            yield Report(call.place, message, (), "`gzip.decompress(base64.b64decode(...))`")


def misread(run: Invocation) -> Iterator[Report]:
    """A time is read in a form in which the source does not write it."""
    callers = _callers(run)
    for call in run.calls if callers is not None else ():
        if call.in_try or call.at_init or callers is None or call.name not in (_STRPTIME, _FROM_SECONDS):
            continue
        path = _path(call.arguments[0] if call.arguments else None)
        why = _refused(call, sample_of(callers.possible, path)) if path else ""
        if why:
            who = names(list(callers.possible))
            message = f"{who} sends `{path[-1]}` {why}: whenever this is reached, the invocation fails with ValueError"
            yield Report(call.place, message)


def _path(given: Shape | None) -> Keys:
    """The path of a part of the event, with what decoded it; () of anything else."""
    if isinstance(given, Anything):
        return keys_of(given.event or given.decoded or ())
    return keys_of(given.event or ()) if isinstance(given, Opaque) else ()


def _refused(call: Call, sample: object) -> str:
    """How a value is written that a call does not read, or ""."""
    if call.name == _FROM_SECONDS and isinstance(sample, int):
        try:
            datetime.datetime.fromtimestamp(sample, datetime.timezone.utc)
        except (ValueError, OverflowError, OSError):
            return "in milliseconds, and `fromtimestamp` takes seconds"
    form = call.argument(1, "format")
    if call.name == _STRPTIME and isinstance(sample, str) and isinstance(form, Known) and isinstance(form.value, str):
        try:
            datetime.datetime.strptime(sample, form.value)
        except ValueError:
            return f"like `{sample}`, which is not of the form `{form.value}`"
    return ""
