"""LL203, LL205: does the serializer that the code calls take what it is given, and is what it writes JSON?

Options are followed: `default`, `cls`, `skipkeys`, `sort_keys`, `allow_nan`, and those of simplejson, orjson and ujson.
Source: https://docs.python.org/3/library/json.html#json.dump and the serializers' own pages (serializers.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lambdalint.checks.http import judged
from lambdalint.checks.mends import LISTED, is_written
from lambdalint.checks.registry import rule
from lambdalint.checks.serialization import Fault, faults, non_finite
from lambdalint.checks.serializers import JSON, ORJSON, POWERTOOLS, SIMPLEJSON, UJSON, YAML, Table
from lambdalint.checks.way import once, trail
from lambdalint.finding import Change, Mend, Note, Report, Severity
from lambdalint.interpreter.invocation import Call, Invocation, Return
from lambdalint.interpreter.shapes import Known, Opaque, Sequence

#: Powertools' idempotency writes an answer down with the encoder of its resolvers, and wraps what that raises.
_IDEMPOTENCY = replace(POWERTOOLS, name="Powertools' idempotency", error="IdempotencyPersistenceLayerError")
#: Claims of a token that may be a datetime. https://pyjwt.readthedocs.io/en/stable/usage.html#registered-claim-names
_TIMES = ('["exp"]', '["iat"]', '["nbf"]')
#: It catches what writing raises, and sends another answer.
_CRHELPER = "crhelper"
_TABLES = {
    "json.dumps": JSON,
    "json.dump": JSON,
    "simplejson.dumps": SIMPLEJSON,
    "simplejson.dump": SIMPLEJSON,
    "orjson.dumps": ORJSON,
    "ujson.dumps": UJSON,
    "ujson.dump": UJSON,
    "yaml.safe_dump": YAML,
    "jwt.encode": replace(JSON, name="jwt.encode"),
    "cfnresponse.send": replace(JSON, name="cfnresponse.send"),
    "crhelper.send": replace(JSON, name=_CRHELPER),
    "aws_lambda_powertools.event_handler.serialize": POWERTOOLS,
    "aws_lambda_powertools.utilities.idempotency.save": _IDEMPOTENCY,
}
#: Functions of HTTP clients that send a request. httpx.AsyncClient does so when it is awaited.
_SENDING = re.compile(
    r"(?:requests(?:\.Session)?|httpx(?:\.(?:Async)?Client)?|urllib3(?:\.PoolManager)?)"
    r"\.(?:get|post|put|patch|delete|head|options|request)$"
)
#: What an HTTP client is given as JSON: requests writes that by simplejson, where that is installed.
_SENT = {
    "requests": replace(SIMPLEJSON, name="requests"),
    "httpx": replace(JSON, name="httpx"),
    "urllib3": replace(JSON, name="urllib3"),
}
#: At which position each takes what it writes, and its name; `obj` first, where it is not said.
_GIVEN = {"yaml.safe_dump": (0, "data"), "jwt.encode": (0, "payload"), "cfnresponse.send": (3, "responseData")}
_NOWHERE = 99
_NAMES = {POWERTOOLS.name: "the resolver", _IDEMPOTENCY.name: "the idempotency store", _CRHELPER: "crhelper"}
#: How many of the faults of one call are told the way of.
_SHOWN = 3


@rule("LL203", "dumps-not-serializable", Severity.ERROR)
def dumps_not_serializable(run: Invocation) -> Iterator[Report]:
    """`json.dumps` is given something that it cannot serialize."""
    found = [report for call in filter(_serializes, run.calls) for report in _judge(call)]
    yield from once([*found, *_wherever_reached(run)])


def _serializes(call: Call) -> bool:
    return call.name in _TABLES or (_SENDING.match(call.name) is not None and _given(call, "json"))


def _wherever_reached(run: Invocation) -> Iterator[Report]:
    """Of each call to which only many rounds of a loop lead, what is said of it: where all that it is given is refused,
    it fails wherever it is reached."""
    proved = {id(call.place.node) for call in run.calls}
    behind: dict[int, list[list[Report]]] = {}
    for call in filter(_serializes, run.possible_calls) if run.complete else ():
        if id(call.place.node) not in proved:
            behind.setdefault(id(call.place.node), []).append(list(_judge(call, reached=False)))
    for several in behind.values():
        if all(several):
            yield several[0][0]


def _judge(call: Call, *, reached: bool = True) -> Iterator[Report]:
    table = _with_options(call)
    sent = call.name not in _TABLES
    place = (_NOWHERE, "json") if sent else _GIVEN.get(call.name, (0, "obj"))
    value = call.written or call.argument(*place)
    if table is None or value is None or (call.guarded and call.other_way):
        return
    found = faults(value, table)
    if call.name == "jwt.encode":
        found = [fault for fault in found if fault.path not in _TIMES] if not _given(call, "json_encoder") else []
    if not reached:
        found = [replace(fault, condition="where this is reached") for fault in found if not fault.condition]
    if found:
        yield _report(call, table, found)


def _report(call: Call, table: Table, found: list[Fault]) -> Report:
    # What surely fails tells more than what fails under a condition.
    found = sorted(found, key=lambda fault: bool(fault.condition))
    first = found[0]
    error = _error(table, first)
    hook = ", and its hook raises for it" if first.raised else ""
    at = f" at `{first.path}`" if first.path else ""
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    guarded, place = call.guarded, call.place
    if table.name == _CRHELPER:
        guarded, place = False, first.place or call.place
    severity = Severity.ERROR if not first.condition and not guarded else Severity.WARNING
    if table.name == _CRHELPER:
        then = f"CloudFormation is told of the {error}, and the resource fails"
    elif guarded:
        then = f"the {error} is caught, so what should have been written never is"
    elif call.per_record:
        then = f"the processor catches the {error}, and the record fails whenever it comes"
    elif call.at_init:
        then = f"importing the module fails with {error}, and so does every invocation"
    else:
        then = f"the invocation fails with {error}"
    if first.condition:
        then = f"{first.condition}, {then}"
    notes: list[Note] = []
    for fault in found[:_SHOWN]:
        notes += (n for n in trail(fault.shape, place) if not any(n.place.node is o.place.node for o in notes))
    notes += (n for n in trail(Known(None), call.place, call.chain))
    name = _NAMES.get(table.name, table.name if call.name not in _TABLES else f"`{call.name}`")
    message = f"{name} cannot serialize {first.why}{at}{more}{hook}: {then}"
    return Report(place, message, tuple(notes), _advice(table, first), severity, _mend(call, table, found))


def _mend(call: Call, table: Table, found: list[Fault]) -> Mend | None:
    """`default=str`, where that is all that is missing; of what is only gone through, a list."""
    if table not in (JSON, SIMPLEJSON) or _given(call, "default") or _given(call, "cls"):
        return None
    if any(fault.kind != "type" or fault.raised for fault in found):
        return None
    listed = [isinstance(fault.shape, (Opaque, Sequence)) and fault.shape.type in LISTED for fault in found]
    if all(listed):
        return Mend("Pass `default=list`", (Change(call.place, last="default=list"),), safe=False)
    if not all(is_written(fault.shape) for fault in found):  # of others the text would be `<map object at 0x...>`
        return None
    return Mend("Pass `default=str`", (Change(call.place, last="default=str"),), safe=False)


def _advice(table: Table, fault: Fault) -> str:
    if fault.raised:
        return f"{fault.advice}, or let the hook handle it"
    if fault.kind == "type" and table.name == POWERTOOLS.name:
        return f"{fault.advice}, or make the resolver with `enable_validation=True`"
    if fault.kind == "type" and table in (JSON, SIMPLEJSON) and not fault.path.endswith("[...]"):
        return f"{fault.advice}, or pass `default=str`" if "default=str" not in fault.advice else fault.advice
    return fault.advice


def _error(table: Table, fault: Fault) -> str:
    if fault.raised and table.name != ORJSON.name:  # orjson makes its own error of whatever the hook raises
        return fault.raised
    if fault.kind in ("cycle", "number") and table.error == "TypeError":
        return "ValueError"
    return "UnicodeDecodeError" if fault.kind == "text" else table.error


def _with_options(call: Call) -> Table | None:
    """The serializer's table under the options of this call, or None where they may let anything through."""
    if call.name not in _TABLES:
        return _SENT[call.name.partition(".")[0]] if not call.open_arguments else None
    table = _TABLES[call.name]
    encoder = _given(call, "cls") and call.written is None
    if call.open_arguments or encoder or _given(call, "iterable_as_array") or _given(call, "item_sort_key"):
        return None
    if table is ORJSON:
        return _orjson(call)
    if _given(call, "for_json"):
        table = replace(table, hooks=table.hooks | {"for_json"})
    if _is(call, "use_decimal", False):
        table = replace(table, refuses=table.refuses | {"decimal.Decimal"})
    if _given(call, "namedtuple_as_object") or _given(call, "tuple_as_array"):
        table = replace(table, objects=False)
    if _given(call, "reject_bytes") or _given(call, "encoding"):
        table = replace(table, bytes="")
    if _given(call, "default") or call.written is not None:
        table = _hooked(call, table)
    return replace(
        table,
        skips_keys=_given(call, "skipkeys"),
        # simplejson makes text of the keys before it sorts them.
        sorts_keys=_is(call, "sort_keys", True) and table.hooks != SIMPLEJSON.hooks,
        refuses_nan=_is(call, "allow_nan", False) and not _given(call, "ignore_nan"),
    )


def _orjson(call: Call) -> Table:
    table = ORJSON
    option, default = call.argument(2, "option"), call.argument(1, "default")
    if option is not None and not _absent(option):
        table = replace(table, refuses_keys=frozenset())
    return _hooked(call, table) if default is not None and not _absent(default) else table


def _hooked(call: Call, table: Table) -> Table:
    """The table where a hook answers for what the serializer does not know: one that was run on paper, or not."""
    if call.written is None:
        return table.with_default()
    # Of an item's attributes nobody knows which one the hook is given, and ujson asks no hook for bytes.
    return replace(table, doubtful=frozenset(), bytes="" if table.name == UJSON.name else table.bytes)


def _given(call: Call, name: str) -> bool:
    """Whether an option is given, and may be other than None or False."""
    return any(key == name and not _absent(shape) for key, shape in call.keywords)


def _absent(shape: object) -> bool:
    return isinstance(shape, Known) and not shape.value


def _is(call: Call, name: str, value: bool) -> bool:
    """Whether an option is surely this constant."""
    return any(key == name and isinstance(shape, Known) and shape.value is value for key, shape in call.keywords)


@rule("LL205", "non-finite-number", Severity.WARNING)
def non_finite_number(run: Invocation) -> Iterator[Report]:
    """NaN or Infinity is returned or serialized, and JSON has no text for it."""
    if judged(run):
        yield from once(_not_json(fault, found) for found in run.returns for fault in non_finite(found.value))
    for call in run.calls:
        value = call.argument(0, "obj")
        table = _with_options(call) if call.name in ("json.dumps", "json.dump") else None
        if value is not None and table is not None and not table.refuses_nan:
            yield from (_writes(call, fault) for fault in non_finite(value)[:1])


def _not_json(fault: Fault, found: Return) -> Report:
    place = (fault.place if fault.path else None) or found.place
    at = f" at `{fault.path}`" if fault.path else ""
    message = (
        f"the value returned holds {fault.why}{at}, which is written as text that is not JSON: "
        "whoever parses the answer fails"
    )
    return Report(place, message, trail(fault.shape, place, returned=found), fault.advice)


def _writes(call: Call, fault: Fault) -> Report:
    at = f" at `{fault.path}`" if fault.path else ""
    message = f"`{call.name}` writes {fault.why}{at} as text that is not JSON: whoever parses it fails"
    return Report(call.place, message, trail(fault.shape, call.place, call.chain), fault.advice)
