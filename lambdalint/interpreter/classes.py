"""The class statement: bases, order and kind of the class that it makes."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from lambdalint.interpreter.calls import call, call_special
from lambdalint.interpreter.enums import ENUMS, make_members, set_up_members
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.fields import own_fields
from lambdalint.interpreter.heap import ClassObject, ScopeObject
from lambdalint.interpreter.kinds import real_class
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mapped import map_columns
from lambdalint.interpreter.mro import lookup, method_order
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.plain import MODELS, OF_PARSER
from lambdalint.interpreter.schemas import model_fields
from lambdalint.interpreter.values import Const, Descriptor, Function, Outside, Ref, Value
from lambdalint.interpreter.virtual_bases import members
from lambdalint.interpreter.walk import dotted_name

_NAMED = frozenset({"typing.NamedTuple", "typing_extensions.NamedTuple"})
_TYPED_DICTS = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})


@dataclass(frozen=True, slots=True)
class Bases:
    """The bases of a class under construction, and what its `__init_subclass__` is given beside it. `unseen`: something
    about it cannot be known; `abstract`: its metaclass is `ABCMeta`."""

    values: tuple[Value, ...]
    keywords: dict[str, Value]
    unseen: bool
    abstract: bool = False


def prepare_bases(machine: Machine, node: cst.ClassDef, frame: Frame) -> Bases:
    """Evaluate the bases and keywords of a class statement."""
    values: list[Value] = []
    keywords: dict[str, Value] = {}
    unseen = abstract = False
    for arg in node.bases:
        value = machine.state.resolve(evaluate(machine, arg.value, frame))
        if arg.star or not (
            type(value) is Outside or (type(value) is Ref and isinstance(machine.object(value), ClassObject))
        ):
            unseen = True
            leak(machine, value)
        else:
            values.append(value)
            abstract = abstract or (type(value) is Outside and value.name == "abc.ABC")
    for arg in node.keywords:
        value = evaluate(machine, arg.value, frame)
        if arg.keyword is not None and arg.keyword.value != "metaclass":
            keywords[arg.keyword.value] = value
        else:
            if not (type(value) is Outside and value.name in ("abc.ABCMeta", "enum.EnumMeta")):
                unseen = True
            abstract = abstract or (type(value) is Outside and value.name == "abc.ABCMeta")
    return Bases(tuple(values), keywords, unseen, abstract)


def finish_class(machine: Machine, node: cst.ClassDef, inner: Frame, bases: Bases, frame: Frame) -> Value:
    """The class, once its body has run."""
    scope = machine.state.get(inner.scope)
    assert isinstance(scope, ScopeObject)
    made = ClassObject(node.name.value, machine.place(node, frame))
    made.bases = bases.values
    made.unseen = made.unnamed = bases.unseen or scope.open
    ref = machine.new(made)
    made.order = method_order(machine, ref.id, bases.values)
    hook, _ = lookup(machine, ref.id, "__init_subclass__", ref.id)
    hook = hook.function if type(hook) is Descriptor else hook
    taken = bases.keywords.keys() <= {"total", "frozen"} or type(hook) is Function
    made.unseen = made.unseen or not taken or _has_unseen_base(machine, made)
    made.kind = _kind(machine, made)
    attributes = dict(scope.names)
    for name, value in attributes.items():
        attributes[name] = _owned(value, ref.id)
        machine.define(name, attributes[name])
    made.attributes = attributes
    if made.kind in ("namedtuple", "typeddict"):
        made.fields = own_fields(machine, node, attributes, frame.source)
    elif any(entry in MODELS or str(entry).startswith(OF_PARSER) for entry in made.order):
        made.fields = model_fields(machine, node, attributes, inner)
    if made.kind == "class" and not isinstance(node.body, cst.SimpleStatementSuite):
        map_columns(machine, node, made, inner)
    if made.kind == "enum":
        make_members(machine, ref, made, node, frame)
    made.members = members(machine, node, made)
    made.abstract = _abstract_methods(machine, made, ref.id, bases.abstract)
    for name, value in list(made.attributes.items()):
        call_special(machine, machine.state.resolve(value), "__set_name__", (ref, Const(name)), node, frame)
    if made.kind == "enum":
        set_up_members(machine, ref, node, frame)
    if hook is not None and type(hook) is not Outside:  # the library's own do nothing to what is followed here
        call(machine, hook, [ref], bases.keywords if type(hook) is Function else {}, node, frame)
    return ref


def _abstract_methods(machine: Machine, made: ClassObject, own: int, abstract: bool) -> tuple[str, ...] | None:
    """The methods that `abc` finds marked as abstract when the class is made, its own and those of its bases.
    https://docs.python.org/3/library/abc.html#abc.abstractmethod"""
    order = [machine.state.get(entry) for entry in made.order if isinstance(entry, int)]
    watched = abstract or any(isinstance(base, ClassObject) and base.abstract is not None for base in order)
    if not watched:
        return None
    names = dict.fromkeys(name for base in order if isinstance(base, ClassObject) for name in base.attributes)
    return tuple(name for name in names if _is_abstract(lookup(machine, own, name)[0]))


def _is_abstract(value: Value | None) -> bool:
    function = value.function if isinstance(value, Descriptor) else value
    if type(function) is not Function or not isinstance(function.info.node, cst.FunctionDef):
        return False
    marks = [dotted_name(one.decorator).rpartition(".")[2] for one in function.info.node.decorators]
    return "abstractmethod" in marks


def _owned(value: Value, cls: int) -> Value:
    """A function that stands in a class knows it, for `super()`."""
    if type(value) is Function and value.owner is None and not value.info.is_lambda:
        return value.owned(cls, value.memo)
    if type(value) is Descriptor:
        setter = _owned(value.setter, cls) if value.setter is not None else None
        return Descriptor(value.kind, _owned(value.function, cls), setter, value.place)
    return value


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
            if base.kind in ("enum", "namedtuple", "typeddict"):
                return base.kind
    return "class"
