"""Classes of the project: their bases and order, dataclasses, enums, namedtuples, and making instances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import libcst as cst

from lambdalint.interpreter.attributes import lookup
from lambdalint.interpreter.calls import call, unknown_call
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.kinds import kind_of, real_class
from lambdalint.interpreter.machine import Frame, Machine
from lambdalint.interpreter.sequences import key_of, same
from lambdalint.interpreter.state import ClassObject, DictObject, InstanceObject, Item, ListObject, ScopeObject
from lambdalint.interpreter.values import (
    NONE,
    Bound,
    Const,
    Descriptor,
    Function,
    Outside,
    Partial,
    Ref,
    Sym,
    Tuple,
    Value,
)
from lambdalint.interpreter.walk import dotted_name, statements_of


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a dataclass or namedtuple. `default` is its value; `factory` what makes it."""

    name: str
    default: Value | None = None
    factory: Value | None = None
    init: bool = True
    keyword_only: bool = False


@dataclass(frozen=True, slots=True)
class Bases:
    """The bases of a class under construction. `unseen`: something about it cannot be known."""

    values: tuple[Value, ...]
    unseen: bool


ENUMS = frozenset({"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"})
_NAMED = frozenset({"typing.NamedTuple", "typing_extensions.NamedTuple"})
_TYPED_DICTS = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})
#: Bases that add nothing to what an instance is.
_TRANSPARENT = frozenset({"typing.Generic", "typing.Protocol", "abc.ABC", "object", "typing_extensions.Protocol"})


def prepare_bases(machine: Machine, node: cst.ClassDef, frame: Frame) -> Bases:
    """Evaluate the bases and keywords of a class statement."""
    from lambdalint.interpreter.evaluate import evaluate

    values: list[Value] = []
    unseen = False
    for arg in node.bases:
        value = machine.state.resolve(evaluate(machine, arg.value, frame))
        if arg.star or not (
            type(value) is Outside or (type(value) is Ref and isinstance(machine.object(value), ClassObject))
        ):
            unseen = True
            leak(machine, value)
        else:
            values.append(value)
    for arg in node.keywords:
        value = evaluate(machine, arg.value, frame)
        if arg.keyword is None or arg.keyword.value not in ("total", "frozen"):
            if not (type(value) is Outside and value.name in ("abc.ABCMeta", "enum.EnumMeta")):
                unseen = True
    return Bases(tuple(values), unseen)


def finish_class(machine: Machine, node: cst.ClassDef, inner: Frame, bases: Bases, frame: Frame) -> Value:
    """The class, once its body has run."""
    scope = machine.state.get(inner.scope)
    assert isinstance(scope, ScopeObject)
    made = ClassObject(node.name.value, machine.place(node, frame))
    made.bases = bases.values
    made.unseen = made.unnamed = bases.unseen or scope.open
    ref = machine.new(made)
    made.order = _order(machine, ref.id, bases.values)
    made.unseen = made.unseen or _has_unseen_base(machine, made)
    made.kind = _kind(machine, made)
    attributes = dict(scope.names)
    for name, value in attributes.items():
        attributes[name] = _owned(value, ref.id)
    made.attributes = attributes
    if made.kind in ("namedtuple", "typeddict"):
        made.fields = _own_fields(machine, node, attributes)
    if made.kind == "enum":
        _make_members(machine, ref, made, node, frame)
    hook, _ = lookup(machine, ref.id, "__init_subclass__", ref.id)
    if type(hook) is Function or type(hook) is Descriptor:
        call(machine, hook.function if isinstance(hook, Descriptor) else hook, [ref], {}, node, frame)
    return ref


def _owned(value: Value, cls: int) -> Value:
    """A function that stands in a class knows it, for `super()`."""
    if type(value) is Function and value.owner is None and not value.info.is_lambda:
        return value.owned(cls, value.cached)
    if type(value) is Descriptor:
        setter = _owned(value.setter, cls) if value.setter is not None else None
        return Descriptor(value.kind, _owned(value.function, cls), setter, value.place)
    return value


def _order(machine: Machine, own: int, bases: tuple[Value, ...]) -> tuple[int | str, ...]:
    """The method resolution order (C3); outside classes count as one entry each."""
    sequences: list[list[int | str]] = []
    direct: list[int | str] = []
    for base in bases:
        if type(base) is Ref:
            thing = machine.object(base)
            assert isinstance(thing, ClassObject)
            sequences.append(list(thing.order))
            direct.append(base.id)
        elif type(base) is Outside and base.name not in _TRANSPARENT:
            sequences.append([base.name])
            direct.append(base.name)
    sequences.append(direct)
    order: list[int | str] = [own]
    sequences = [s for s in sequences if s]
    while sequences:
        for sequence in sequences:
            head = sequence[0]
            if not any(head in other[1:] for other in sequences):
                break
        else:
            break
        order.append(head)
        sequences = [[entry for entry in s if entry != head] for s in sequences]
        sequences = [s for s in sequences if s]
    return tuple(order)


def _has_unseen_base(machine: Machine, made: ClassObject) -> bool:
    for entry in made.order[1:]:
        if isinstance(entry, int):
            base = machine.state.get(entry)
            if isinstance(base, ClassObject) and base.unseen:
                return True
        elif real_class(entry) is None and entry not in ENUMS | _NAMED | _TYPED_DICTS:
            return True
    return False


def _kind(machine: Machine, made: ClassObject) -> str:
    for entry in made.order[1:]:
        if isinstance(entry, str):
            if entry in ENUMS:
                return "enum"
            if entry in _NAMED:
                return "namedtuple"
            if entry in _TYPED_DICTS:
                return "typeddict"
        else:
            base = machine.state.get(entry)
            assert isinstance(base, ClassObject)
            if base.kind != "class":
                return base.kind if base.kind in ("enum", "namedtuple", "typeddict") else "class"
    return "class"


def _own_fields(machine: Machine, node: cst.ClassDef, attributes: dict[str, Value]) -> tuple[Field, ...]:
    """The annotated names of a class body, in order."""
    found: list[Field] = []
    keyword_only = False
    for statement in statements_of(node.body):
        if not isinstance(statement, cst.AnnAssign) or not isinstance(statement.target, cst.Name):
            continue
        annotation = statement.annotation.annotation
        text = dotted_name(annotation.value if isinstance(annotation, cst.Subscript) else annotation)
        last = text.rpartition(".")[2]
        if last == "ClassVar":
            continue
        if last == "KW_ONLY":
            keyword_only = True
            continue
        name = statement.target.value
        found.append(_field(name, attributes.get(name), keyword_only))
    return tuple(found)


def _field(name: str, value: Value | None, keyword_only: bool) -> Field:
    if type(value) is Partial and type(value.function) is Outside and value.function.name == "dataclasses.field":
        given = value.keywords

        def flag(key: str, default: bool) -> bool:
            found = given.get(key)
            return bool(found.value) if isinstance(found, Const) else default

        return Field(
            name,
            given.get("default"),
            given.get("default_factory"),
            flag("init", True),
            flag("kw_only", keyword_only),
        )
    return Field(name, value, None, True, keyword_only)


def make_dataclass(machine: Machine, cls: Ref, options: dict[str, Value]) -> None:
    """What the `@dataclass` decorator does to a class."""
    thing = machine.state.write(cls.id)
    assert isinstance(thing, ClassObject)
    fields: dict[str, Field] = {}
    for entry in reversed(thing.order[1:]):
        if isinstance(entry, int):
            base = machine.state.get(entry)
            if isinstance(base, ClassObject) and base.kind in ("dataclass", "frozen"):
                fields.update((field.name, field) for field in base.fields)
    node = thing.place.node if thing.place is not None else None
    if isinstance(node, cst.ClassDef):
        everything_keyword = "kw_only" in options and type(options["kw_only"]) is Const and options["kw_only"].value
        for field in _own_fields(machine, node, thing.attributes):
            if everything_keyword:
                field = Field(field.name, field.default, field.factory, field.init, True)
            fields[field.name] = field
    thing.plain_equality = not set(options) & {"eq", "unsafe_hash"}
    frozen = options.get("frozen")
    thing.kind = "frozen" if isinstance(frozen, Const) and frozen.value else "dataclass"
    thing.fields = tuple(fields.values())
    for field in thing.fields:
        value = thing.attributes.get(field.name)
        if type(value) is Partial:
            del thing.attributes[field.name]
            if field.default is not None:
                thing.attributes[field.name] = field.default


def _make_members(machine: Machine, cls: Ref, made: ClassObject, node: Any, frame: Frame) -> None:
    """Turn the plain attributes of an enum's body into its members."""
    mixed = any(entry in ("enum.IntEnum", "enum.StrEnum", "enum.IntFlag") for entry in made.order) or any(
        isinstance(entry, str) and entry in ("str", "int", "float", "bytes") for entry in made.order
    )
    text = "enum.StrEnum" in made.order
    flags = "enum.Flag" in made.order or "enum.IntFlag" in made.order
    numbers = 0
    if any(isinstance(entry, int) for entry in made.order[1:]):
        mixed = mixed or any(_is_mixed(machine, entry) for entry in made.order[1:] if isinstance(entry, int))
    for name, value in list(made.attributes.items()):
        if name.startswith("_") or isinstance(value, (Function, Descriptor)) or _is_class(machine, value):
            continue
        value = machine.state.resolve(value)
        if type(value) is Partial and type(value.function) is Outside and value.function.name == "enum.auto":
            numbers += 1
            if "_generate_next_value_" in made.attributes or flags:
                value = machine.unknown(value.place)
            else:
                value = Const(name.lower() if text else numbers, value.place)
        elif type(value) is Const and isinstance(value.value, int):
            numbers = value.value
        existing = next(
            (
                other
                for other in made.attributes.values()
                if type(other) is Ref and _member_value(machine, other, cls.id) is not None
                and same(_member_value(machine, other, cls.id) or NONE, value)
            ),
            None,
        )  # fmt: skip
        if existing is not None and type(value) is Const:
            made.attributes[name] = existing  # an alias
            continue
        member = InstanceObject(cls.id, value.place)
        member.attributes = {"name": Const(name), "value": value, "_value_": value, "_name_": Const(name)}
        member.payload = value if mixed else None
        if "__init__" in made.attributes or "__new__" in made.attributes:
            member.open = True
            member.attributes.pop("value")
            member.attributes.pop("_value_")
            member.payload = None
            made.unseen = True
        made.attributes[name] = machine.new(member)


def _is_mixed(machine: Machine, cls: int) -> bool:
    base = machine.state.get(cls)
    return isinstance(base, ClassObject) and any(entry in ("str", "int", "enum.IntEnum") for entry in base.order)


def _is_class(machine: Machine, value: Value) -> bool:
    return type(value) is Ref and isinstance(machine.object(value), ClassObject)


def _member_value(machine: Machine, member: Ref, cls: int) -> Value | None:
    thing = machine.object(member)
    if isinstance(thing, InstanceObject) and thing.cls == cls:
        return thing.attributes.get("value")
    return None


# -- instances -------------------------------------------------------------------------------------------------------


def instantiate(
    machine: Machine,
    cls: Ref,
    thing: ClassObject,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """Call a class of the project."""
    if thing.leaked:
        return unknown_call(machine, [*arguments, *keywords.values()], node, frame)
    if thing.kind == "enum":
        return _member_of(machine, cls, thing, arguments, node, frame)
    if thing.kind == "namedtuple":
        return make_namedtuple(
            machine, cls, _fields_of(machine, thing), arguments, keywords, node, frame, open_arguments
        )
    if thing.kind == "typeddict":
        made = DictObject(machine.place(node, frame))
        made.items = {key: Item(value, value.place) for key, value in keywords.items()}
        made.open = open_arguments or bool(arguments)
        return machine.new(made)
    creator, _ = lookup(machine, cls.id, "__new__")
    if type(creator) in (Function, Descriptor):
        function = creator.function if isinstance(creator, Descriptor) else creator
        assert function is not None
        value = machine.state.resolve(call(machine, function, [cls, *arguments], keywords, node, frame, open_arguments))
        if not (type(value) is Ref and isinstance(machine.object(value), InstanceObject)):
            return value
        if machine.object(value).cls != cls.id:  # type: ignore[attr-defined]
            return value
    else:
        value = machine.new(allocate(machine, cls.id, thing, node, frame))
    assert isinstance(value, Ref)
    _initialise(machine, value, cls, thing, arguments, keywords, node, frame, open_arguments)
    return value


def allocate(machine: Machine, cls: int, thing: ClassObject, node: Any, frame: Frame) -> InstanceObject:
    """A new instance, before `__init__`."""
    place = machine.place(node, frame)
    made = InstanceObject(cls, place)
    made.open = thing.unseen
    for entry in thing.order:
        if entry in ("dict", "collections.OrderedDict", "collections.UserDict"):
            made.payload = machine.new(DictObject(place, str(entry)))
        elif entry in ("list", "set", "collections.deque"):
            made.payload = machine.new(ListObject([], place, str(entry)))
        elif entry in ("str", "int", "float", "bytes", "tuple", "frozenset") or (
            isinstance(entry, str) and entry.startswith(("datetime.", "decimal.", "uuid.", "pathlib."))
        ):
            made.payload = machine.unknown(place, entry)
    return made


def _initialise(
    machine: Machine,
    value: Ref,
    cls: Ref,
    thing: ClassObject,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> None:
    found, unseen = lookup(machine, cls.id, "__init__")
    if thing.kind in ("dataclass", "frozen") and not _defines_init(machine, thing):
        _initialise_dataclass(machine, value, thing, arguments, keywords, node, frame, open_arguments)
    elif type(found) is Function:
        call(machine, Bound(found, value), arguments, keywords, node, frame, open_arguments)
    elif found is not None and not isinstance(found, Outside):
        call(machine, found, [value, *arguments], keywords, node, frame, open_arguments)
    elif unseen or thing.unseen:
        unknown_call(machine, [*arguments, *keywords.values()], node, frame)
        machine.state.write(value.id).open = True
    else:
        builtin_init(machine, value, arguments, keywords, node, frame)
        bare = not any(isinstance(entry, str) for entry in thing.order)
        creator, _ = lookup(machine, cls.id, "__new__")
        if bare and creator is None and (arguments or keywords):
            raise machine.raise_builtin("TypeError", node, frame)


def _defines_init(machine: Machine, thing: ClassObject) -> bool:
    """Whether the class's own body has an `__init__`, which @dataclass then leaves in place."""
    for entry in thing.order:
        if isinstance(entry, int):
            base = machine.state.get(entry)
            assert isinstance(base, ClassObject)
            if "__init__" in base.attributes:
                return True
            if base.kind in ("dataclass", "frozen"):
                return False
    return False


def builtin_init(
    machine: Machine, value: Ref, arguments: list[Value], keywords: dict[str, Value], node: Any, frame: Frame
) -> None:
    """`__init__` as builtin bases define it: a dict's items, a list's elements, an exception's args."""
    thing = machine.object(value)
    assert isinstance(thing, InstanceObject)
    cls = machine.state.get(thing.cls)
    assert isinstance(cls, ClassObject)
    payload = thing.payload
    if type(payload) is Ref:
        from lambdalint.interpreter.containers import extend_list, update_dict

        held = machine.object(payload)
        if isinstance(held, DictObject):
            if arguments:
                update_dict(machine, payload, arguments[0], node, frame)
            for key, item in keywords.items():
                machine.state.write(payload.id).items[key] = Item(item, item.place)
        elif isinstance(held, ListObject) and arguments:
            extend_list(machine, payload, arguments[0], node, frame)
    elif type(payload) is Sym and len(arguments) == 1 and kind_of(machine, arguments[0]) == payload.kind:
        machine.state.write(value.id).payload = arguments[0]
    if _is_exception(cls):
        machine.state.write(value.id).attributes["args"] = Tuple(tuple(arguments), machine.place(node, frame))


def _is_exception(cls: ClassObject) -> bool:
    for entry in cls.order:
        if isinstance(entry, str):
            real = real_class(entry)
            if real is not None and issubclass(real, BaseException):
                return True
    return False


def _initialise_dataclass(
    machine: Machine,
    value: Ref,
    thing: ClassObject,
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> None:
    left, named = list(arguments), dict(keywords)
    attributes: dict[str, Value] = {}
    for field in thing.fields:
        if field.init and left and not field.keyword_only:
            if field.name in named:
                raise machine.raise_builtin("TypeError", node, frame)
            attributes[field.name] = left.pop(0)
        elif field.init and field.name in named:
            attributes[field.name] = named.pop(field.name)
        elif open_arguments and field.init:
            attributes[field.name] = machine.unknown(machine.place(node, frame))
        elif field.factory is not None:
            attributes[field.name] = call(machine, field.factory, [], {}, node, frame)
        elif field.default is not None:
            attributes[field.name] = field.default
        elif field.init:
            raise machine.raise_builtin("TypeError", node, frame)
    if (left or named) and not open_arguments:
        # An InitVar, or a mistake; which of the two is not told apart.
        machine.may_raise(("TypeError",))
    machine.state.write(value.id).attributes.update(attributes)
    hook, _ = lookup(machine, thing.order[0], "__post_init__")  # type: ignore[arg-type]
    if hook is not None:
        call(machine, hook, [value, *left, *named.values()], {}, node, frame)


def _member_of(
    machine: Machine, cls: Ref, thing: ClassObject, arguments: list[Value], node: Any, frame: Frame
) -> Value:
    """`Color(value)`: the member of that value."""
    place = machine.place(node, frame)
    members = [
        member
        for member in thing.attributes.values()
        if type(member) is Ref and _member_value(machine, member, cls.id) is not None
    ]
    if not arguments or thing.unseen:
        return unknown_call(machine, arguments, node, frame)
    wanted = machine.state.resolve(arguments[0])
    if any(same(wanted, member) for member in members):
        return wanted
    known, constant = key_of(machine, wanted)
    if known:
        for member in members:
            held, found = key_of(machine, _member_value(machine, member, cls.id) or NONE)
            if held and found == constant:
                return member
            if not held:
                return machine.unknown(place)
        missing, _ = lookup(machine, cls.id, "_missing_")
        if missing is not None:
            return machine.unknown(place)
        raise machine.raise_builtin("ValueError", node, frame)
    machine.may_raise(("ValueError",))
    if not members or len(members) > 8:
        return machine.unknown(place)
    return machine.unknown(place, options=tuple(dict.fromkeys(members)))


def _fields_of(machine: Machine, thing: ClassObject) -> tuple[Field, ...]:
    for entry in thing.order:
        if isinstance(entry, int):
            base = machine.state.get(entry)
            assert isinstance(base, ClassObject)
            if base.fields:
                return base.fields
    return ()


def make_namedtuple(
    machine: Machine,
    cls: Value,
    fields: tuple[Field, ...],
    arguments: list[Value],
    keywords: dict[str, Value],
    node: Any,
    frame: Frame,
    open_arguments: bool,
) -> Value:
    """An instance of a namedtuple class."""
    left, named = list(arguments), dict(keywords)
    items: list[Value] = []
    for field in fields:
        if left:
            items.append(left.pop(0))
        elif field.name in named:
            items.append(named.pop(field.name))
        elif open_arguments:
            items.append(machine.unknown(machine.place(node, frame)))
        elif field.default is not None:
            items.append(field.default)
        else:
            raise machine.raise_builtin("TypeError", node, frame)
    if left or named:
        raise machine.raise_builtin("TypeError", node, frame)
    return Tuple(tuple(items), machine.place(node, frame), cls=cls, fields=tuple(field.name for field in fields))
