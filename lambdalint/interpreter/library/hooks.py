"""The hooks of the serializers: `default=`, and `cls=` with a JSONEncoder of the project.

A serializer asks its hook for each value that it does not know. So the hook is run on paper, on every part of what is
serialized that json has no text for, and what it makes of the part is drawn beside it: `Converted`. Which parts the
serializer really asks for is for its table to say (checks/serializers.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.bounds import MAX_ASKED
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.draw import Drawer
from lambdalint.interpreter.exceptions import exception_types
from lambdalint.interpreter.heap import ClassObject, DictObject
from lambdalint.interpreter.instances import allocate
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.site import CallSite
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.paths import NORMAL, Outcome
from lambdalint.interpreter.recorder import Recorder
from lambdalint.interpreter.shapes import (
    Anything,
    Converted,
    Either,
    Entry,
    Instance,
    Known,
    Mapping,
    Opaque,
    Sequence,
    Shape,
)
from lambdalint.interpreter.values import Bound, Const, Function, Outside, Partial, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine

#: Where each serializer takes the hook beside the keyword `default`: the position, None where it takes it there alone.
_POSITIONS: dict[str, int | None] = {
    "json.dumps": None,
    "json.dump": None,
    "simplejson.dumps": None,
    "simplejson.dump": None,
    "orjson.dumps": 1,
    "ujson.dumps": None,
    "ujson.dump": None,
}
_ENCODERS = frozenset({"json.JSONEncoder", "json.encoder.JSONEncoder", "simplejson.JSONEncoder"})
#: They raise a ValueError where something holds itself.
_FINDING_CIRCLES = ("json.", "simplejson.")
#: They have no `cls`.
_NO_CLASS = ("orjson.", "ujson.")
#: Methods by which an encoder may let anything through, or be something else.
_OVERRIDES = ("encode", "iterencode", "__init__", "__new__", "__getattribute__", "__getattr__", "__call__")
#: Types of which no serializer asks a hook, and the one that is any of several.
_TAKEN = frozenset(
    {
        *("NoneType", "bool", "int", "float", "str", "dict", "list", "tuple", "boto3.dynamodb.attribute"),
        *("collections.OrderedDict", "collections.defaultdict", "collections.Counter"),
    }
)
#: How deep what the hook gives is asked about again.
_MAX_DEPTH = 3


def converted(machine: Machine, site: CallSite) -> Shape | None:
    """What is serialized, with what the hook makes of its parts; None where the serializer has no hook, or one of which
    it is not known what it does."""
    if site.name not in _POSITIONS or site.open or not site.values():
        return None
    value = site.argument(0, "obj")
    hook = _hook(machine, site)
    return _Asking(machine, site, hook).draw(value) if hook is not None and value is not None else None


def _hook(machine: Machine, site: CallSite) -> Value | None:
    position = _POSITIONS[site.name]
    default = site.keywords.get("default") if position is None else site.argument(position, "default")
    default, cls = _set(machine, default), _set(machine, site.keywords.get("cls"))
    if (default is None) is (cls is None):
        return None
    if default is not None:
        return default if isinstance(default, (Function, Bound, Partial, Outside)) else None
    return _encoder_hook(machine, cls, site) if type(cls) is Ref and not site.name.startswith(_NO_CLASS) else None


def _set(machine: Machine, value: Value | None) -> Value | None:
    value = machine.state.resolve(value) if value is not None else None
    return None if type(value) is Const and value.value is None else value


def _encoder_hook(machine: Machine, cls: Ref, site: CallSite) -> Value | None:
    """The bound `default` of an encoder class of the project that overrides nothing else."""
    thing = machine.object(cls)
    if not isinstance(thing, ClassObject) or thing.leaked or not _only_encoders(thing):
        return None
    own = [machine.state.get(entry) for entry in thing.order if isinstance(entry, int)]
    if any(name in base.attributes for base in own if isinstance(base, ClassObject) for name in _OVERRIDES):
        return None
    function, _ = lookup(machine, cls.id, "default")
    if not isinstance(function, Function):
        return None
    return Bound(function, machine.new(allocate(machine, cls.id, thing, site.node, site.frame)), site.place)


def _only_encoders(thing: ClassObject) -> bool:
    outside = [entry for entry in thing.order if isinstance(entry, str)]
    return bool(outside) and all(entry in _ENCODERS for entry in outside)


class _Asking(Drawer):
    """Draws a value as the serializer meets it: what it may ask the hook for stands beside the hook's answer."""

    def __init__(self, machine: Machine, site: CallSite, hook: Value) -> None:
        super().__init__(machine)
        self.site = site
        self.hook = hook
        self.asked = 0
        self.depth = 0

    def draw(self, value: Value) -> Shape:
        shape = super().draw(value)
        return Converted(shape, *self._answer(value, shape)) if _may_be_asked(shape) else shape

    def _dict(self, thing: DictObject, place: Place | None) -> Shape:
        drawn = super()._dict(thing, place)
        assert isinstance(drawn, Mapping)
        # No hook is ever asked for a key.
        entries = tuple(Entry(_plain(entry.key), entry.value, entry.sure, entry.place) for entry in drawn.entries)
        return Mapping(drawn.type, entries, drawn.open, drawn.place, drawn.way)

    def _answer(self, value: Value, shape: Shape) -> tuple[Shape, str]:
        """What the hook makes of a part: the shape, or the part itself where it raises, and what it raises where it
        surely does."""
        outcomes = self._outcomes(value)
        if not outcomes:
            return Anything(), ""
        options: list[Shape] = []
        raised: set[str] = set()
        for outcome in outcomes:
            if outcome.kind is NORMAL and outcome.value is not None:
                same = _is_same(self.machine.state.resolve(value), outcome.state.resolve(outcome.value))
                options.append(shape if same else self._given(outcome, outcome.value))
                if same:
                    raised.add("ValueError" if self.site.name.startswith(_FINDING_CIRCLES) else "")
            else:
                options.append(shape)
                raised.add(_type(self.machine, outcome))
        if raised - {"TypeError"} and self.machine.guards:
            return Anything(), ""  # who knows whether what stands round the call catches it
        if all(option is shape for option in options):
            return shape, raised.pop() if len(raised) == 1 else ""
        return Either(tuple(options)), ""

    def _outcomes(self, value: Value) -> list[Outcome]:
        """How the hook ends for a part; empty where not every way was followed to its end."""
        machine, site = self.machine, self.site
        self.asked += 1
        if self.asked > MAX_ASKED or self.depth >= _MAX_DEPTH:
            machine.lose("parts that a serializer's hook is asked for")
            return []
        recorder, gave_up, complete = machine.recorder, machine.gave_up.copy(), machine.complete
        machine.recorder = Recorder()  # it is not known that the serializer gets so far
        try:
            outcomes = machine.explore(
                machine.state, lambda: call(machine, self.hook, [value], {}, site.node, site.frame), site.node
            )
            whole = machine.gave_up == gave_up
        finally:
            machine.recorder, machine.gave_up, machine.complete = recorder, gave_up, complete
        if not whole or any(o.state.widened and not machine.state.widened for o in outcomes):
            return []
        return outcomes

    def _given(self, outcome: Outcome, value: Value) -> Shape:
        """What the hook gives, which is serialized in turn."""
        machine = self.machine
        state, machine.state = machine.state, outcome.state
        self.depth += 1
        try:
            return self.draw(value)
        finally:
            machine.state = state
            self.depth -= 1


def _is_same(given: Value, answer: Value) -> bool:
    """Whether a hook gives what it was given: json then takes it for a circle."""
    if type(given) is Ref or type(given) is Sym:
        return type(answer) is type(given) and answer.id == given.id
    return given is answer


def _may_be_asked(shape: Shape) -> bool:
    if isinstance(shape, Known):
        return not isinstance(shape.value, (str, int, float, bool, type(None)))
    if isinstance(shape, (Opaque, Mapping, Sequence)):
        return shape.type not in _TAKEN
    return isinstance(shape, Instance) and "tuple" not in shape.bases


def _plain(shape: Shape) -> Shape:
    """A shape without what a hook would make of it."""
    return shape.shape if isinstance(shape, Converted) else shape


def _type(machine: Machine, outcome: Outcome) -> str:
    """The type of what left the hook, "" where it is not known."""
    assert outcome.value is not None
    state, machine.state = machine.state, outcome.state
    kind, types = kind_of(machine, outcome.value), exception_types(machine, outcome.value)
    machine.state = state
    only = types[0] if types is not None and len(types) == 1 else kind or ""
    if isinstance(only, str):
        return only
    cls = outcome.state.get(only)
    assert isinstance(cls, ClassObject)
    return cls.name
