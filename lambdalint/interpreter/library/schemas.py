"""pydantic's models: what dumping one gives. https://docs.pydantic.dev/latest/concepts/serialization/"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item
from lambdalint.interpreter.instances import allocate
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make, parse
from lambdalint.interpreter.model_fields import as_given
from lambdalint.interpreter.schemas import MAKERS, is_model, schema
from lambdalint.interpreter.values import Const, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_MODEL = "pydantic.BaseModel"
#: Options by which fields are left out.
_LESS = frozenset({"exclude", "include", "exclude_none", "exclude_unset", "exclude_defaults"})
_MAX_NESTING = 6


@models(f"{_MODEL}.json", f"{_MODEL}.model_dump_json")
def as_text(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    return machine.unknown(site.place, "str")


@models(f"{_MODEL}.dict", f"{_MODEL}.model_dump")
def as_dict(machine: Machine, site: CallSite) -> Value:
    """A dict of the fields, each of the type that its annotation names; in the mode "json", of what JSON holds."""
    machine.may_raise(None)
    mode = machine.state.resolve(site.keywords.get("mode", Const("python")))
    thing = machine.object(site.receiver) if type(site.receiver) is Ref else None
    if not isinstance(thing, InstanceObject) or not as_given(machine, thing) or site.arguments:
        return machine.unknown(site.place)
    if type(mode) is not Const or mode.value not in ("python", "json") or set(site.keywords) - _LESS - {"mode"}:
        return machine.unknown(site.place)
    dump = _Dump(machine, site.place, mode.value == "json", not _LESS & set(site.keywords))
    return dump.model(thing.cls, 0)


class _Dump:
    """One dump of a model. `whole`: no field is left out of it."""

    def __init__(self, machine: Machine, place: Place, json: bool, whole: bool) -> None:
        self.machine = machine
        self.place = place
        self.json = json
        self.whole = whole

    def model(self, cls: int, depth: int) -> Value:
        thing = self.machine.state.get(cls) if self.machine.state.holds(cls) else None
        fields = schema(self.machine, thing) if isinstance(thing, ClassObject) and depth < _MAX_NESTING else None
        if fields is None:
            return self.machine.unknown(self.place)
        made = DictObject(self.place)
        made.open = True  # `extra="allow"`
        for name, text in fields.items():
            made.items[name] = Item(self._field(parse(text), text, depth), self.place, self.whole)
        return self.machine.new(made)

    def _field(self, parsed: tuple[Any, ...], text: str, depth: int) -> Value:
        name, arguments = parsed
        if name.startswith("model:"):
            return self.model(int(name[len("model:") :]), depth + 1)
        if name == "|":
            options = tuple(self._field(part, part[0] if not part[1] else "?", depth) for part in arguments)
            return Sym(self.machine.state.fresh(), None, self.place, options=options)
        if name == "list" and arguments[0][0].startswith("model:"):
            made = make(self.machine, "list[?]", self.place)
            assert isinstance(made, Ref)
            self.machine.state.write(made.id).rest = self._field(arguments[0], "?", depth)
            return made
        if self.json:
            return make(self.machine, name if name in ("str", "int", "float", "bool", "None") else "json", self.place)
        return make(self.machine, text if "model:" not in text else "?", self.place)


@models(*[f"{_MODEL}.{name}" for name in MAKERS])
def validated(machine: Machine, site: CallSite) -> Value:
    """An instance of the model, of which the fields are what was given."""
    assert isinstance(site.receiver, Ref)
    return instance(machine, site.receiver, site)


def instance(machine: Machine, cls: Ref, site: CallSite) -> Value:
    """An instance of a model of the project, made by the library."""
    thing = machine.object(cls)
    machine.may_raise(None)
    if not isinstance(thing, ClassObject) or not is_model(machine, thing):
        for value in site.values():
            leak(machine, value)
        return machine.unknown(site.place)
    made = allocate(machine, cls.id, thing, site.node, site.frame)
    made.open = True
    return machine.new(made)


@models("aws_lambda_powertools.utilities.parser.parse")
def parsed(machine: Machine, site: CallSite) -> Value:
    """`parse(event, model=Order)`, without an envelope."""
    given = site.argument(1, "model")
    given = machine.state.resolve(given) if given is not None else None
    if type(given) is Ref and "envelope" not in site.keywords and len(site.arguments) < 3:
        return instance(machine, given, site)
    for value in site.values():
        leak(machine, value)
    machine.may_raise(None)
    return machine.unknown(site.place)
