"""What SQLAlchemy's `relationship()` gives: the objects of another class that belong to one.

Which class, the call says, by the class or by its name; whether one or several, the foreign key: where the table of the
object has it, one, which may be none where the key may be null; where the other has it, a list.
https://docs.sqlalchemy.org/en/20/orm/basic_relationships.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, InstanceObject, ListObject, ScopeObject
from lambdalint.interpreter.library.columns import column, may_be_null
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.machine import MODULES
from lambdalint.interpreter.values import FALSE, NONE, TRUE, Const, Ref, Sym, Value
from lambdalint.interpreter.walk import dotted_name, statements_of

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: How a relationship is marked in `known`, and the type of the object in the heap by which it remembers its class.
RELATIONSHIP = "relationship"
_BASE = "sqlalchemy.orm.DeclarativeBase"
#: What is given that decides what it holds in a way that is not followed.
_OTHERWISE = frozenset({"secondary", "collection_class", "primaryjoin", "query_class"})


@models("sqlalchemy.orm.relationship")
def relationship(machine: Machine, site: CallSite) -> Value:
    """Other objects, which are loaded when they are asked for, unless it says otherwise."""
    target = machine.state.resolve(site.argument(0, "argument") or NONE)
    for value in site.values():
        if machine.state.resolve(value) is not target:
            leak(machine, value)
    machine.may_raise(None)
    lazy = machine.state.resolve(site.keywords.get("lazy", Const("select")))
    found = machine.unknown(site.place)
    if type(lazy) is not Const or lazy.value not in ("select", True, "joined", "selectin", "subquery", False):
        return found
    if lazy.value in ("select", True) and "secondary" not in site.keywords:
        found.known = RELATIONSHIP
    if not site.open and _OTHERWISE.isdisjoint(site.keywords) and isinstance(target, (Const, Ref)):
        several = machine.state.resolve(site.keywords.get("uselist", NONE))
        said = several if type(several) is Const else NONE
        found.given = machine.new(ListObject([target, said], site.place, RELATIONSHIP))
    return found


def related(machine: Machine, owner: Ref, name: str, found: Sym, place: Place) -> Value | None:
    """What an object that a session fetched holds in a relationship; None where that is not known."""
    thing, held = machine.object(owner), machine.object(found.given) if found.given is not None else None
    if not isinstance(held, ListObject) or held.type != RELATIONSHIP or not isinstance(thing, InstanceObject):
        return None
    own = machine.state.get(thing.cls)
    if not isinstance(own, ClassObject):
        return None
    said = machine.state.resolve(held.items[0])
    target = _entity(machine, _annotated(own, name) if said is NONE else said)
    if target is None:
        return None
    other = machine.object(target)
    assert isinstance(other, ClassObject)
    keys, theirs = _keys_to(machine, own, other), _keys_to(machine, other, own)
    if len(keys) + len(theirs) != 1 or own is other:
        return None
    several = held.items[1] if held.items[1] is not NONE else TRUE if theirs else FALSE
    made = InstanceObject(target.id, place)
    made.open, made.fetched, made.many = True, True, several is TRUE or thing.many
    one = machine.new(made)
    value: Value = one
    if type(several) is Const and several.value:
        value = machine.new(ListObject([], place, "list", one))
    elif not keys or may_be_null(machine, keys[0]):
        value = Sym(machine.state.fresh(), None, place, options=(one, NONE))
    if not thing.many:
        machine.state.write(owner.id).attributes[name] = value
    return value


def _annotated(cls: ClassObject, name: str) -> Const:
    """The class that an annotation names: `Mapped[list["Bill"]]`."""
    node = cls.place.node if cls.place is not None else None
    for statement in statements_of(node.body) if isinstance(node, cst.ClassDef) else ():
        if isinstance(statement, cst.AnnAssign) and dotted_name(statement.target) == name:
            words = re.findall(r"\w+", cst.Module([]).code_for_node(statement.annotation.annotation))
            return Const(next((word for word in reversed(words) if word != "None"), ""))
    return Const("")


def _entity(machine: Machine, value: Value) -> Ref | None:
    """The class that a relationship names: that class, or the only one of its name in the modules."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        return value if _is_entity(machine, value) else None
    registry = machine.state.get(MODULES)
    if type(value) is not Const or not isinstance(registry, ScopeObject):
        return None
    found: dict[int, Ref] = {}
    for module in registry.names.values():
        scope = machine.state.get(module.id) if type(module) is Ref else None
        held = scope.names.get(str(value.value)) if isinstance(scope, ScopeObject) else None
        held = machine.state.resolve(held) if held is not None else None
        if type(held) is Ref and _is_entity(machine, held):
            found[held.id] = held
    return found.popitem()[1] if len(found) == 1 else None


def _is_entity(machine: Machine, value: Ref) -> bool:
    thing = machine.object(value)
    return isinstance(thing, ClassObject) and _BASE in thing.order and not thing.leaked


def _keys_to(machine: Machine, cls: ClassObject, other: ClassObject) -> list[Sym]:
    """The columns of a class that are foreign keys into the table of another."""
    name = other.attributes.get("__tablename__")
    name = machine.state.resolve(name) if name is not None else None
    return [
        held
        for held in cls.attributes.values()
        if type(held) is Sym and type(name) is Const and machine.references.get(held.id) == name.value
        if column(machine, held) is not None
    ]
