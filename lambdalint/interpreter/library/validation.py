"""Powertools' validation: an event, or what an envelope finds in it, that a JSON schema surely refuses.

An envelope is an expression of JMESPath. Of those that are a path through dicts and lists - `body`, `Records[*].body` -
it is known what they find, where it is known who sends the event; what a function of theirs gives is not
(`powertools_json(body)`). Sources: `validate` and `validator` of aws_lambda_powertools/utilities/validation 3.37.0, and
https://json-schema.org/understanding-json-schema/reference/type
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.values import NONE, Const, Function, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.values import EventPath

VALIDATION = "aws_lambda_powertools.utilities.validation"
#: Calls by which an event is validated.
VALIDATING = frozenset({f"{VALIDATION}.validate", f"{VALIDATION}.validator"})
_ERROR = f"{VALIDATION}.SchemaValidationError"
#: The library's own envelopes.
_ENVELOPES = {
    "API_GATEWAY_REST": "powertools_json(body)",
    "API_GATEWAY_HTTP": "powertools_json(body)",
    "SQS": "Records[*].powertools_json(body)",
    "SNS": "Records[0].Sns.Message | powertools_json(@)",
    "EVENTBRIDGE": "detail",
    "CLOUDWATCH_EVENTS_SCHEDULED": "detail",
    "KINESIS_DATA_STREAM": "Records[*].kinesis.powertools_json(powertools_base64(data))",
    "CLOUDWATCH_LOGS": "awslogs.powertools_base64_gzip(data) | powertools_json(@).logEvents[*]",
}
#: What a type of a schema takes.
_TAKEN = {
    "object": ("dict",), "array": ("list", "tuple"), "string": ("str",), "integer": ("int", "float"),
    "number": ("int", "float"), "boolean": ("bool",), "null": ("NoneType",),
}  # fmt: skip
_SAID = {"str": "a text", "dict": "an object", "list": "an array", "int": "a number", "float": "a number",
         "bool": "a boolean"}  # fmt: skip
_STEP = re.compile(r'(?:"([^"]+)"|([A-Za-z_]\w*))((?:\[(?:\d+|\*|)\])*)')
#: Words of a schema by which more than its type decides.
_OTHERWISE = ("$ref", "anyOf", "oneOf", "if", "not")
_MAX_DEPTH = 5


class Found(NamedTuple):
    """What an envelope finds. `listed`: a list of it, one for each of a list's elements; `path`: where it stands in
    what the envelope was given, None where that is not known."""

    listed: bool
    path: EventPath | None


def envelope_of(machine: Machine, site: CallSite, position: int | None = None) -> Found | None:
    """What the envelope of a call finds; None where the call has none, or one that is not known."""
    value = site.keywords.get("envelope")
    if value is None and position is not None and position < len(site.arguments):
        value = site.arguments[position]
    if value is None:
        return None
    value = machine.state.resolve(value)
    text: object = value.value if type(value) is Const else None
    if type(value) is Outside and value.name.startswith(f"{VALIDATION}.envelopes."):
        text = _ENVELOPES.get(value.name.rpartition(".")[2])
    return found_by(text) if isinstance(text, str) and "jmespath_options" not in site.keywords else None


def found_by(text: str) -> Found | None:
    """What an expression finds: `Records[*].body`."""
    if "|" in text or "`" in text:
        return None
    path: list[str | int] = []
    listed = False
    for part in re.split(r"\.(?![^(]*\))", text.strip()):
        step = _STEP.fullmatch(part.strip())
        if step is None:
            return Found(listed, None) if listed or "(" in part else None
        path.append(step[1] or step[2])
        for index in re.findall(r"\[(\d+|\*|)\]", step[3]):
            listed = listed or not index.isdecimal()
            path.append(int(index) if index.isdecimal() else 0)
    return Found(listed, tuple(path))


@demands(f"{VALIDATION}.validate")
def _validate(machine: Machine, site: CallSite) -> None:
    event, schema = site.argument(0, "event"), site.argument(1, "schema")
    event = machine.state.resolve(event) if event is not None else None
    given = machine.state.resolve(site.keywords.get("envelope", NONE))
    bare = type(given) is Const and not given.value and len(site.arguments) < 6
    found = Found(False, ()) if bare else envelope_of(machine, site, 5)
    if type(event) is not Sym or event.event is None or not event.of_event or found is None or schema is None:
        return
    why = _why(machine, schema, event.event, found)
    if why:
        raise machine.raise_builtin(_ERROR, site.node, site.frame, why)


def note_validated(machine: Machine, site: CallSite) -> None:
    """Tell of a handler of which every event is refused by the schema of its decorator."""
    handler = machine.state.resolve(site.arguments[0])
    schema = site.keywords.get("inbound_schema")
    if type(handler) is not Function or schema is None or site.open or handler.name != machine.handler_name:
        return
    found = envelope_of(machine, site) if "envelope" in site.keywords else Found(False, ())
    why = _why(machine, schema, (), found) if found is not None else ""
    if why:
        machine.recorder.fails(machine, site.place, _ERROR, why)


def _why(machine: Machine, schema: Value, above: EventPath, found: Found) -> str:
    """Why a schema refuses what an envelope finds below a path of the event; "" where it may take it."""
    if machine.event_kinds is None or machine.state.times_shown(above):
        return ""
    thing = _object(machine, schema)
    if thing is None:
        return ""
    if not found.listed:
        return _refused(machine, thing, (*above, *found.path), 0) if found.path is not None else ""
    why = _of_kinds(machine, thing, ["list"], "what the envelope finds")
    inner = _object(machine, _entry(thing, "items"))
    if why or inner is None or found.path is None:
        return why
    return _refused(machine, inner, (*above, *found.path), 0)


def _refused(machine: Machine, schema: DictObject, path: EventPath, depth: int) -> str:
    """Why a schema refuses a part of the event."""
    assert machine.event_kinds is not None
    kind = machine.event_kinds(path) if path else "dict"
    kinds = {"number": ["int", "float"]}.get(kind or "", (kind or "").split("|"))
    names = [part for part in path if isinstance(part, str)]
    why = _of_kinds(machine, schema, kinds, f"`{names[-1]}`" if names else "the event") if kind else ""
    if why or kind not in ("dict", "list") or depth > _MAX_DEPTH or any(word in schema.items for word in _OTHERWISE):
        return why
    if kind == "list":
        inner = _object(machine, _entry(schema, "items"))
        return _refused(machine, inner, (*path, 0), depth + 1) if inner is not None else ""
    properties = _object(machine, _entry(schema, "properties"))
    for name in _texts(machine, _entry(schema, "required")):
        if machine.event_kinds.unheard((*path, name)):
            return f"the schema requires `{name}`, which {names[-1] if names else 'the event'} never has"
        inner = _object(machine, _entry(properties, name)) if properties is not None else None
        why = _refused(machine, inner, (*path, name), depth + 1) if inner is not None else ""
        if why:
            return why
    return ""


def _of_kinds(machine: Machine, schema: DictObject, kinds: list[str], what: str) -> str:
    types = _texts(machine, _entry(schema, "type"))
    taken = {kind for one in types for kind in _TAKEN.get(one, kinds)}
    if not types or any(word in schema.items for word in _OTHERWISE) or not taken.isdisjoint(kinds):
        return ""
    wanted = " or ".join(f'"{one}"' for one in types)
    hint = " (`powertools_json(...)` parses it)" if kinds[0] == "str" and "object" in types else ""
    return f"{what} is {_SAID.get(kinds[0], kinds[0])}, and the schema's `type` is {wanted}{hint}"


def _object(machine: Machine, value: Value | None) -> DictObject | None:
    value = machine.state.resolve(value) if value is not None else None
    thing = machine.object(value) if type(value) is Ref else None
    return thing if isinstance(thing, DictObject) and not thing.leaked else None


def _entry(thing: DictObject | None, name: str) -> Value | None:
    item = thing.items.get(name) if thing is not None else None
    return item.value if item is not None and item.sure else None


def _texts(machine: Machine, value: Value | None) -> list[str]:
    """A text, or the texts of a list; nothing where one is not known."""
    value = machine.state.resolve(value) if value is not None else None
    thing = machine.object(value) if type(value) is Ref else None
    items: list[Any] = [value]
    if isinstance(thing, ListObject) and not thing.leaked and thing.rest is None:
        items = list(thing.items)
    elif type(value) is Tuple:
        items = list(value.items)
    found = [machine.state.resolve(one) if one is not None else None for one in items]
    texts = [one.value for one in found if type(one) is Const and isinstance(one.value, str)]
    return texts if len(texts) == len(found) else []
