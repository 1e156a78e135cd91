"""What code that is not seen can reach, and may change at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, IteratorObject, ListObject, ScopeObject
from lambdalint.interpreter.values import (
    Bound,
    Descriptor,
    Escaped,
    Function,
    Method,
    Partial,
    Ref,
    Sym,
    Tuple,
    Value,
    wrapped,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine


def leak(machine: Machine, value: Value) -> None:
    """Code that is not seen has got hold of a value, and may change whatever it can reach."""
    stack = [value]
    seen: set[int] = set()
    state = machine.state
    while stack:
        value = state.resolve(stack.pop())
        if type(value) is Ref:
            if value.id in seen:
                continue
            seen.add(value.id)
            thing = state.get(value.id)
            if isinstance(thing, ScopeObject) and not thing.open:  # a module, to which it may add names
                writable = state.write(value.id)
                writable.open = True
            if thing.leaked or isinstance(thing, ScopeObject):
                continue
            if isinstance(thing, IteratorObject) and thing.source is not None:
                let_escape(machine, thing.source[0], tuple(thing.source[1]))
            stack += [part for part in thing.content() if isinstance(part, Value)]
            if isinstance(thing, DictObject) and thing.mirrors is not None:
                stack.append(Ref(thing.mirrors))
            if isinstance(thing, ClassObject):
                continue
            writable = state.write(value.id)
            writable.leaked = True
        elif type(value) is Tuple:
            stack += value.items
        elif type(value) is Bound:
            stack += (value.receiver, value.function)
        elif type(value) is Partial:
            stack += (value.function, *value.arguments, *value.keywords.values())
        elif type(value) is Function:
            if id(value) not in seen:
                seen.add(id(value))
                stack += _leak_closure(machine, value)
        elif type(value) is Sym:
            stack += value.options
            if value.given is not None and state.holds(value.given.id):  # what a cursor remembers
                if isinstance(state.get(value.given.id), ListObject):
                    stack.append(value.given)
            shown = wrapped(value)
            if shown is not None:
                stack.append(shown)
            if value.role == "event":
                state.show(value.event)
            else:
                state.epoch += 1
        elif type(value) is Method:
            stack.append(value.receiver)


def leak_methods(machine: Machine, value: Value) -> None:
    """An attribute of something that is not known is called: it may be a method of any class of the project."""
    if type(value) is Sym and value.parent is not None and value.parent[1] == "attribute" and not value.parent[0].json:
        for method in _methods(machine, str(value.parent[2])):
            leak(machine, method.function if isinstance(method, Descriptor) else method)


def leak_properties(machine: Machine, name: str) -> None:
    """An attribute of something that is not known is read: it may be a property of any class of the project, or what
    the class itself holds, of which there is an instance."""
    for method in _methods(machine, name):
        if isinstance(method, Descriptor) and method.kind in ("property", "cached"):
            leak(machine, method.function)
    for made in machine.made_classes:
        cls = machine.state.get(made) if machine.state.holds(made) else None
        held = cls.attributes.get(name) if isinstance(cls, ClassObject) else None
        if type(held) is Ref and isinstance(machine.object(held), (ListObject, DictObject)):
            leak(machine, held)


def _methods(machine: Machine, name: str) -> list[Value]:
    """What the classes that this path has made hold under a name."""
    found: list[Value] = []
    for method in machine.methods.get(name, {}).values():
        function = method.function if isinstance(method, Descriptor) else method
        owner = function.owner if isinstance(function, Function) else None
        if owner is not None and machine.state.holds(owner):
            cls = machine.state.get(owner)
            if isinstance(cls, ClassObject) and cls.attributes.get(name) is method:
                found.append(method)
    return found


def _leak_closure(machine: Machine, function: Function) -> list[Value]:
    """A function handed to code that is not seen may be called at any time: what it writes outside is not known. The
    answer is what else it can reach."""
    info, state = function.info, machine.state
    let_escape(machine, function)
    reached: list[Value] = [Ref(function.memo)] if function.memo is not None and state.holds(function.memo) else []
    scopes = [scope for scope in function.scopes if state.holds(scope)]
    modules = [function.module] if state.holds(function.module) else []
    for dotted in info.touched():
        name, _, attribute = dotted.partition(".")
        for scope in (*scopes, *modules):
            found = machine.state.get(scope).names.get(name)  # type: ignore[attr-defined]
            if found is not None:
                reached += _within(machine, found)
                if attribute:
                    _forget_attribute(machine, found, attribute)
                break
    for name in info.nonlocals:
        for scope in scopes:
            if name in machine.state.get(scope).names:  # type: ignore[attr-defined]
                machine.state.write(scope).names[name] = machine.unknown()
                break
        else:
            if scopes:  # not bound yet
                machine.state.write(scopes[0]).names[name] = machine.unknown(condition=("unbound",))
    for name in info.globals if modules else ():
        machine.state.write(function.module).names[name] = machine.unknown()
    return reached


def let_escape(machine: Machine, function: Function, arguments: tuple[Value, ...] = ()) -> None:
    """Have a function run later as one that code which is not seen may call."""
    if any(other.function is function for other in machine.escaped):
        return
    scopes = [scope for scope in function.scopes if machine.state.holds(scope)]
    held = [machine.state.get(scope) for scope in scopes]
    closed = {name for scope in held for name in scope.names}  # type: ignore[attr-defined]
    given: list[int | None] = []
    for value in arguments:
        value = machine.state.resolve(value)
        thing = machine.object(value) if type(value) is Ref else None
        given.append(thing.cls if isinstance(thing, InstanceObject) else None)
    then = tuple((id, dict(scope.names)) for id, scope in zip(scopes, held))  # type: ignore[attr-defined]
    machine.escaped.append(Escaped(function, frozenset(closed - function.info.locals), tuple(given), then))


def _forget_attribute(machine: Machine, value: Value, name: str) -> None:
    """An attribute of a module, class or instance may have been assigned."""
    if type(value) is not Ref:
        return
    thing = machine.object(value)
    if isinstance(thing, ScopeObject):
        machine.state.write(value.id).names[name] = machine.unknown()
    elif isinstance(thing, (ClassObject, InstanceObject)):
        machine.state.write(value.id).attributes[name] = machine.unknown()


def _within(machine: Machine, value: Value) -> list[Value]:
    """A value; of a module or class, the objects that it holds."""
    if type(value) is not Ref:
        return [value]
    thing = machine.object(value)
    if not isinstance(thing, (ClassObject, ScopeObject)):
        return [value]
    held = thing.names.values() if isinstance(thing, ScopeObject) else thing.attributes.values()
    return [
        part
        for part in held
        if type(part) is Ref and not isinstance(machine.object(part), (ClassObject, ScopeObject, IteratorObject))
    ]
