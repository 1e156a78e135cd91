"""Modules: run once, on demand, in import order; cycles are cut where they close."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.execute import run_block
from lambdalint.interpreter.library import is_standard, outside_attribute
from lambdalint.interpreter.machine import MODULES, NORMAL, RAISE, Frame, Machine, Outcome, Raised
from lambdalint.interpreter.scopes import FunctionInfo, scopes_of
from lambdalint.interpreter.state import ListObject, ScopeObject
from lambdalint.interpreter.values import Const, Outside, Ref, Tuple, Value
from lambdalint.source import Source

#: Modules imported inside one another.
MAX_IMPORTS = 40


def module_frame(machine: Machine, source: Source, scope: int) -> Frame:
    """The frame in which a module's own statements run."""
    info: FunctionInfo = scopes_of(source).of(source.cst)
    return Frame(info, scope, (), scope, source, names=info.locals)


def run_module(machine: Machine, source: Source, name: str) -> list[Outcome]:
    """Run a module from the machine's state. Each outcome's state has it among its modules."""
    scope = ScopeObject()
    scope.ready = False
    scope.names = {"__name__": Const(name)}
    id = machine.new(scope).id
    machine.state.write(MODULES).names[source.path] = Ref(id)
    frame = module_frame(machine, source, id)
    found = run_block(machine, frame.info.body, machine.state, frame)
    for outcome in found:
        outcome.state.write(id).ready = True
    return found


def loaded(machine: Machine, source: Source) -> Ref | None:
    """The module made of a source, if this path has imported it."""
    registry = machine.state.get(MODULES)
    assert isinstance(registry, ScopeObject)
    found = registry.names.get(source.path)
    return found if isinstance(found, Ref) else None


def _load(machine: Machine, source: Source, name: str, node: Any, frame: Frame) -> Value:
    """The module behind a source, run if it has not been."""
    known = loaded(machine, source)
    if known is not None:
        return known
    if source.cst is None or machine.depth > MAX_IMPORTS:
        machine.lose("modules that are not followed")
        machine.may_raise(None)
        return machine.unknown(machine.place(node, frame))

    def outcomes() -> list[Outcome]:
        before = machine.state
        saved = machine.state, machine.choices, machine.raising
        try:
            machine.state = before.fork()
            found = run_module(machine, source, name)
        finally:
            machine.state, machine.choices, machine.raising = saved
        return machine.thin([o if o.kind is RAISE else Outcome(NORMAL, o.state) for o in found], 4)

    machine.depth += 1
    try:
        outcome = machine.choose_outcome(outcomes)
    finally:
        machine.depth -= 1
    if outcome.kind is RAISE:
        assert outcome.value is not None
        raise Raised(outcome.value)
    known = loaded(machine, source)
    assert known is not None
    return known


def _find(machine: Machine, dotted: str, level: int, frame: Frame) -> Source | None:
    return machine.find.find(frame.source, dotted, level)


def _outside(machine: Machine, name: str, node: Any, frame: Frame) -> Value:
    """A module outside the project. It may not be there."""
    if not is_standard(name.split(".")[0]):
        machine.may_raise(("ModuleNotFoundError", "ImportError"))
    return Outside(name, machine.place(node, frame))


def import_module(machine: Machine, name: str, level: int, node: Any, frame: Frame, last: bool) -> Value:
    """`import a.b.c`: binds `a`; with `last`, as in `import a.b.c as x`, the module itself."""
    source = _find(machine, name, level, frame)
    if source is None:
        first = name.split(".")[0]
        if not last and "." in name and _find(machine, first, level, frame) is not None:
            top = _find(machine, first, level, frame)
            assert top is not None
            return _load(machine, top, first, node, frame)
        return _outside(machine, name if last else first, node, frame)
    if last or "." not in name:
        return _load(machine, source, name, node, frame)
    return _load_packages(machine, name, node, frame)


def _load_packages(machine: Machine, name: str, node: Any, frame: Frame) -> Value:
    """Load each package on the way, and set the submodules as attributes."""
    parts = name.split(".")
    top: Value | None = None
    parent: Value | None = None
    for count in range(1, len(parts) + 1):
        dotted = ".".join(parts[:count])
        source = _find(machine, dotted, 0, frame)
        if source is None:  # a namespace folder
            scope = ScopeObject()
            module: Value = machine.new(scope)
            assert isinstance(module, Ref)
            machine.state.write(module.id).open = True
        else:
            module = _load(machine, source, dotted, node, frame)
        if type(parent) is Ref:
            thing = machine.object(parent)
            if isinstance(thing, ScopeObject):
                machine.state.write(parent.id).names[parts[count - 1]] = module
        top = top if top is not None else module
        parent = module
    assert top is not None
    return top


def import_name(machine: Machine, name: str, level: int, attribute: str, node: Any, frame: Frame) -> Value:
    """`from name import attribute`."""
    place = machine.place(node, frame)
    package = _find(machine, name, level, frame)
    dotted = f"{name}.{attribute}" if name else attribute
    if package is not None:
        module = _load(machine, package, name, node, frame)
        if type(module) is not Ref:
            return machine.unknown(place)
        thing = machine.object(module)
        assert isinstance(thing, ScopeObject)
        found = thing.names.get(attribute)
        if found is not None:
            return found
        submodule = _find(machine, dotted, level, frame)
        if submodule is not None:
            return _load(machine, submodule, dotted, node, frame)
        if thing.open or not thing.ready:
            machine.may_raise(("ModuleNotFoundError", "ImportError"))
            return machine.unknown(place)
        getter = thing.names.get("__getattr__")
        if getter is not None:
            return machine.unknown(place)
        raise machine.raise_builtin("ImportError", node, frame)
    submodule = _find(machine, dotted, level, frame)
    if submodule is not None:
        return _load(machine, submodule, dotted, node, frame)
    if level:
        machine.may_raise(("ModuleNotFoundError", "ImportError"))
        return machine.unknown(place)
    _outside(machine, name, node, frame)
    return outside_attribute(machine, Outside(name, place), attribute, node, frame)


def import_star(machine: Machine, name: str, level: int, node: Any, frame: Frame) -> None:
    """`from name import *`."""
    target = machine.state.write(frame.module)
    source = _find(machine, name, level, frame)
    if source is None:
        _outside(machine, name, node, frame)
        target.open = True
        return
    module = _load(machine, source, name, node, frame)
    target = machine.state.write(frame.module)
    if type(module) is not Ref:
        target.open = True
        return
    thing = machine.object(module)
    assert isinstance(thing, ScopeObject)
    listed = _listed(machine, thing)
    if thing.open or not thing.ready or ("__all__" in thing.names and listed is None):
        target.open = True
    for key, value in thing.names.items():
        if key in listed if listed is not None else not key.startswith("_"):
            target.names[key] = value
    for key in listed or ():
        # A name that the module does not have is one of its submodules, or an AttributeError.
        if key not in thing.names:
            submodule = _find(machine, f"{name}.{key}" if name else key, level, frame)
            if submodule is not None:
                value = _load(machine, submodule, f"{name}.{key}" if name else key, node, frame)
                machine.state.write(frame.module).names[key] = value
            elif not (thing.open or not thing.ready or "__getattr__" in thing.names):
                raise machine.raise_builtin("AttributeError", node, frame)


def _listed(machine: Machine, module: ScopeObject) -> list[str] | None:
    """What a module's `__all__` says, where all of it is known."""
    value = machine.state.resolve(module.names["__all__"]) if "__all__" in module.names else None
    if type(value) is Tuple:
        items: Any = None if value.rest is not None else value.items
    else:
        thing = machine.object(value) if type(value) is Ref else None
        known = isinstance(thing, ListObject) and thing.rest is None and not thing.leaked
        items = thing.items if known and isinstance(thing, ListObject) else None
    if items is None:
        return None
    constants = [item.value for item in map(machine.state.resolve, items) if type(item) is Const]
    names = [constant for constant in constants if isinstance(constant, str)]
    return names if len(names) == len(items) else None
