"""Draws values as shapes: a picture of what a value is at this moment, that never changes."""

from __future__ import annotations

from lambdalint.finding import Note, Place
from lambdalint.interpreter.bounds import MAX_NESTING, MAX_PARTS
from lambdalint.interpreter.heap import (
    ArrayObject,
    ClassObject,
    DictObject,
    InstanceObject,
    IteratorObject,
    ListObject,
    ScopeObject,
)
from lambdalint.interpreter.kinds import kind_of, may_be_data, real_class
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.presence import unasked
from lambdalint.interpreter.sequences import EnumKey
from lambdalint.interpreter.shapes import (
    Anything,
    Cycle,
    Either,
    Entry,
    Instance,
    Known,
    Mapping,
    Opaque,
    Sequence,
    Shape,
)
from lambdalint.interpreter.values import (
    Const,
    Descriptor,
    Function,
    Method,
    Outside,
    Ref,
    Sym,
    Tuple,
    Value,
    is_followed,
    origin,
)


class Drawer:
    """Draws values as they are in the machine's state."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.left = MAX_PARTS
        self.open: list[int] = []

    def draw(self, value: Value) -> Shape:
        """The shape of a value."""
        value = self.machine.state.resolve(value)
        self.left -= 1
        if self.left < 0 or len(self.open) > MAX_NESTING:
            self.machine.lose("large values")
            return Anything()
        place = value.place if hasattr(value, "place") else None
        if type(value) is Const:
            return Known(value.value, place)
        if type(value) is Sym:
            return self._symbol(value, place)
        if type(value) is Ref:
            return self._object(value, place)
        if type(value) is Tuple:
            return self._tuple(value, place)
        if type(value) is Outside:
            return self._outside(value, place)
        if type(value) is Method:
            return self._method(value, place)
        if isinstance(value, Function):
            return Opaque("function" if value.memo is None else "functools._lru_cache_wrapper", place)
        if isinstance(value, Descriptor):
            return Opaque(value.kind, place) if value.kind == "property" else Anything(place=place)
        kind = kind_of(self.machine, value)
        if kind == "function":
            return Opaque("method", place)
        return Opaque(kind, place) if kind is not None else Anything(place=place)

    def _symbol(self, value: Sym, place: Place | None) -> Shape:
        if value.name is not None:
            return Anything(None, place, value.name, origin(value))
        if value.options:
            return Either(tuple(self.draw(option) for option in value.options), place)
        kind = value.kind or self.machine.state.fact(value).kind
        if kind is None and value.role == "exception" and value.parent is None:
            way = (Note(place, value.told),) if value.told and place is not None else ()
            return Opaque(_raised_type(value), place, way, exact=False)
        if kind is None and value.role == "context" and value.parent is None:
            return Opaque("awslambdaric.LambdaContext", place, exact=False)
        if kind is not None:
            way = (Note(place, "made here", value.told),) if value.told and place is not None else ()
            holds = value.condition[1] if value.condition is not None and value.condition[0] == "holds" else ""
            return Opaque(kind, place, way, value.prefix, value.event, exact=value.kind is not None, holds=holds)
        if value.event is not None and value.role == "event":
            return Anything(value.event, place, unasked=unasked(self.machine, value))
        return Anything(None, place, decoded=value.event) if value.of_event else Anything(value.event, place)

    def _outside(self, value: Outside, place: Place | None) -> Shape:
        from lambdalint.interpreter.library import is_standard

        if real_class(value.name) is not None:
            return Opaque("type", place)
        if value.name == "os.environ":
            return Opaque("os._Environ", place)
        if "." not in value.name and is_standard(value.name):
            return Opaque("module", place)
        return Anything(place=place, name=value.name)

    def _method(self, value: Method, place: Place | None) -> Shape:
        owner, _, name = value.name.rpartition(".")
        cls = real_class(owner)
        if cls is not None and callable(getattr(cls, name, None)):
            return Opaque("builtin_function_or_method", place)
        if cls is None and "." in owner and not may_be_data(value):
            return Opaque("method", place)
        return Anything(place=place)

    def _tuple(self, value: Tuple, place: Place | None) -> Shape:
        items = tuple(self.draw(item) for item in value.items)
        if value.cls is not None:
            cls = self.machine.object(value.cls) if type(value.cls) is Ref else None
            name = cls.name if isinstance(cls, ClassObject) else "namedtuple"
            own = isinstance(cls, ClassObject) and "_asdict" in cls.attributes  # what that gives is not known
            held = Sequence("tuple", items, None, place) if not own else None
            return Instance(name, ("tuple",), tuple(zip(value.fields, items)), ("_asdict",), held, place=place)
        rest = self.draw(value.rest) if value.rest is not None else None
        return Sequence("tuple", items, rest, place)

    def _object(self, value: Ref, place: Place | None) -> Shape:
        thing = self.machine.object(value)
        place = thing.place or place
        if value.id in self.open:
            return Cycle(place)
        self.open.append(value.id)
        try:
            if isinstance(thing, DictObject):
                return self._dict(thing, place)
            if isinstance(thing, ListObject):
                if thing.leaked:
                    return Sequence(thing.type, (), Anything(), place)
                items = tuple(self.draw(item) for item in thing.items)
                rest = self.draw(thing.rest) if thing.rest is not None else None
                return Sequence(thing.type, items, rest, place)
            if isinstance(thing, InstanceObject):
                return self._instance(thing, place)
        finally:
            self.open.pop()
        if isinstance(thing, ClassObject):
            return Opaque("type", place) if not thing.unseen else Anything(place=place)
        if isinstance(thing, ScopeObject):
            return Opaque("module", place)
        if isinstance(thing, (IteratorObject, ArrayObject)):
            return Opaque(thing.type, place)
        return Anything(place=place)

    def _dict(self, thing: DictObject, place: Place | None) -> Shape:
        if thing.leaked:
            return Mapping(thing.type, (), True, place)
        known = {
            key: Entry(
                self._key(key, item.named or item.place), self.draw(item.value), item.sure, item.place, item.often
            )
            for key, item in thing.items.items()
        }
        unknown: list[Entry] = []
        for key, item, sure in thing.others:
            key = self.machine.state.resolve(key)
            entry = Entry(self.draw(key), self.draw(item), sure, item.place)
            if type(key) is not Const:
                unknown.append(entry)
            else:  # the path has learnt since which key it was; if surely there, it came after those that are known
                earlier = known.get(key.value)
                if earlier is not None and not sure:
                    entry = Entry(earlier.key, Either((earlier.value, entry.value), place), earlier.sure, item.place)
                known[key.value] = entry
        entries = [*known.values(), *unknown]
        if thing.rest is not None:  # what is under the keys that are not seen, if there are any
            entries.append(Entry(Anything(), self.draw(thing.rest), False, place))
        backing = thing.backing.event if thing.backing is not None and thing.open else None
        return Mapping(thing.type, tuple(entries), thing.open, place, event=backing)

    def _key(self, key: object, place: Place | None) -> Shape:
        if isinstance(key, EnumKey):
            return self.draw(Ref(key.id))
        if isinstance(key, tuple):
            return Sequence("tuple", tuple(self._key(part, place) for part in key), None, place)
        return Known(key, place)

    def _instance(self, thing: InstanceObject, place: Place | None) -> Shape:
        if is_followed(thing.payload):
            return self.draw(thing.payload)
        cls = self.machine.state.get(thing.cls)
        assert isinstance(cls, ClassObject)
        bases = tuple(entry for entry in cls.order if isinstance(entry, str))
        methods: list[str] = []
        unnamed = cls.leaked
        for entry in cls.order:
            if isinstance(entry, int):
                base = self.machine.state.get(entry)
                assert isinstance(base, ClassObject)
                unnamed = unnamed or base.unnamed
                methods += [
                    name for name, value in base.attributes.items() if isinstance(value, (Function, Descriptor))
                ]
        attributes: tuple[tuple[str, Shape], ...] = ()
        if not thing.leaked:
            attributes = tuple((name, self.draw(value)) for name, value in thing.attributes.items())
        payload = self.draw(thing.payload) if thing.payload is not None else None
        return Instance(cls.name, bases, attributes, tuple(dict.fromkeys(methods)), payload, unnamed, place)


def _raised_type(value: Sym) -> str:
    """What to call an exception of which the type is not known: the one type that it may have, or Exception."""
    types = value.condition[1] if value.condition is not None and value.condition[0] == "types" else None
    return types[0] if types is not None and len(types) == 1 else "Exception"


def draw(machine: Machine, value: Value) -> Shape:
    """The shape of a value as it is now."""
    return Drawer(machine).draw(value)
