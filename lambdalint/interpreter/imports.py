"""Modules: run once, on demand, in import order, each after its packages; cycles are cut where they close. Every
import is recorded, with what it finds or why it fails."""

from __future__ import annotations

from typing import Any

from lambdalint.interpreter.bounds import MAX_IMPORTS, MAX_INITS
from lambdalint.interpreter.execute import run_block
from lambdalint.interpreter.heap import ListObject, ScopeObject
from lambdalint.interpreter.invocation import Import
from lambdalint.interpreter.library import is_standard, outside_attribute
from lambdalint.interpreter.machine import MODULES, Machine
from lambdalint.interpreter.paths import NORMAL, RAISE, Frame, Outcome, Raised
from lambdalint.interpreter.pruning import thin
from lambdalint.interpreter.scopes import FunctionInfo, scopes_of
from lambdalint.interpreter.values import Const, Outside, Ref, Tuple, Value
from lambdalint.source import Source

#: The faults of a relative import that lie in where the importing module is, rather than in what it asks for. What it
#: means is plain all the same: the run goes on with the module beside it.
_OF_PLACE = ("no-package", "beyond-top")


def module_frame(machine: Machine, source: Source, scope: int) -> Frame:
    """The frame in which a module's own statements run."""
    info: FunctionInfo = scopes_of(source).of(source.cst)
    return Frame(info, scope, (), scope, source, names=info.locals)


def run_module(machine: Machine, source: Source, name: str) -> list[Outcome]:
    """Run a module from the machine's state. Each outcome's state has it among its modules."""
    machine.recorder.module(machine, source)
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


def _load(machine: Machine, source: Source, name: str, node: Any, frame: Frame, known_name: str | None) -> Value:
    """The module behind a source, run if it has not been. `known_name`: its full name, if that is known."""
    known = loaded(machine, source)
    if known is not None:
        return known
    machine.dotted.setdefault(source.path, known_name)
    if source.cst is None or machine.importing >= MAX_IMPORTS:
        machine.recorder.module(machine, source)
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
        for outcome in found:
            if outcome.kind is RAISE:  # who imports it again runs it again
                outcome.state = outcome.state.fork()
                outcome.state.write(MODULES).names.pop(source.path, None)
        raised = [outcome for outcome in found if outcome.kind is RAISE]
        if not machine.guards:  # nobody looks at what was raised, but that it was
            raised = raised[:1]
        ready = [Outcome(NORMAL, outcome.state) for outcome in found if outcome.kind is not RAISE]
        return [*thin(machine, ready, MAX_INITS + 1), *thin(machine, raised, MAX_INITS + 1)]

    machine.importing += 1
    try:
        outcome = machine.choose_outcome(outcomes, always=True)
    finally:
        machine.importing -= 1
    if outcome.kind is RAISE:
        assert outcome.value is not None
        raise Raised(outcome.value)
    known = loaded(machine, source)
    assert known is not None
    return known


def load_packages(machine: Machine, name: str, node: Any, frame: Frame) -> None:
    """Run the packages that a module of this full name stands in, outermost first."""
    parts = name.split(".")
    for count in range(1, len(parts)):
        dotted = ".".join(parts[:count])
        source = _find(machine, dotted, 0, frame)
        if source is not None:
            _load(machine, source, dotted, node, frame, dotted)


def _find(machine: Machine, dotted: str, level: int, frame: Frame) -> Source | None:
    return machine.find.find(frame.source, dotted, level)


class _Asked:
    """One import of one thing, as the run meets it: what it asks for, by which full name, and what goes into the
    record."""

    def __init__(
        self, machine: Machine, module: str, level: int, name: str, place: Any, statement: Any, frame: Frame
    ) -> None:
        self.machine = machine
        self.module, self.level, self.name = module, level, name
        self.place, self.statement, self.frame = place, statement, frame
        self.fault = ""
        self.absolute: str | None = module
        if level:
            package = _package(machine, frame)
            self.absolute = None if package is None else _joined(package, module, level)
            if package is not None and self.absolute is None:
                self.fault = "beyond-top" if package else "no-package"

    def full(self, name: str = "") -> str | None:
        """The full name of the module, or of what is in it, if that is known."""
        if self.absolute is None or not name:
            return self.absolute
        return f"{self.absolute}.{name}" if self.absolute else name

    def note(self, source: Source | None, fault: str = "") -> None:
        """Enter it into the record."""
        beside = None
        if fault == "elsewhere":
            beside = _find(self.machine, self.module, 1, self.frame)
        self.machine.recorder.imported(
            self.machine,
            Import(
                self.module,
                self.level,
                self.name,
                self.machine.place(self.place, self.frame),
                self.frame.source,
                self.absolute,
                source=source,
                beside=beside,
                fault=self.fault or fault,
                chain=self.frame.chain,
            ),
        )
        if self.fault and self.machine.catching_imports:
            raise self.failed("ImportError")

    def failed(self, error: str) -> Raised:
        return self.machine.raise_builtin(error, self.statement, self.frame)


def _package(machine: Machine, frame: Frame) -> str | None:
    """`__package__` of the module that runs: "" where it is loaded as top level, None where nobody says."""
    name = machine.dotted.get(frame.source.path)
    if name is None or frame.source.path.rpartition("/")[2] == "__init__.py":
        return name
    return name.rpartition(".")[0]


def _joined(package: str, module: str, level: int) -> str | None:
    """The full name of a module that is named by dots; None where there are more dots than packages."""
    parts = package.split(".") if package else []
    if level > len(parts):
        return None
    return ".".join([*parts[: len(parts) - level + 1], *([module] if module else [])])


def _outside(machine: Machine, name: str, node: Any, frame: Frame) -> Value:
    """A module outside the project. It may not be there."""
    if not is_standard(name.split(".")[0]):
        machine.may_raise(("ModuleNotFoundError", "ImportError"))
    return Outside(name, machine.place(node, frame))


def _holder(machine: Machine, name: str, node: Any, frame: Frame) -> tuple[Source, str] | None:
    """Of a module that was not found, the innermost package or module of the project that it would be in, and the part
    of the name that is not there."""
    parts = name.split(".")
    for count in range(len(parts) - 1, 0, -1):
        source = _find(machine, ".".join(parts[:count]), 0, frame)
        if source is not None:
            load_packages(machine, ".".join(parts[: count + 1]), node, frame)
            return source, parts[count]
    return None


def _lacks(machine: Machine, package: Source, name: str) -> bool:
    """Whether a module of the project has surely no such submodule, neither in its folder nor where it says itself."""
    module = loaded(machine, package)
    thing = machine.object(module) if module is not None else None
    if not isinstance(thing, ScopeObject) or thing.open or thing.leaked or "__path__" in thing.names:
        return False
    return package.path.rpartition("/")[2] != "__init__.py" or machine.find.lacks(package, name)


def import_module(machine: Machine, name: str, alias: Any, frame: Frame, last: bool) -> Value:
    """`import a.b.c`: binds `a`; with `last`, as in `import a.b.c as x`, the module itself."""
    asked = _Asked(machine, name, 0, "", alias, alias, frame)
    source = _find(machine, name, 0, frame)
    if source is not None:
        asked.note(source)
        load_packages(machine, name, alias, frame)
        if last or "." not in name:
            return _load(machine, source, name, alias, frame, name)
        return _bound_packages(machine, name, alias, frame)
    holder = _holder(machine, name, alias, frame)
    if holder is None:
        asked.note(None, "no-module" if machine.find.vacant(name) else "elsewhere")
        return _outside(machine, name if last else asked.module.split(".")[0], alias, frame)
    if machine.script is None and _lacks(machine, *holder):  # what a script lacks is made before it is run
        asked.note(holder[0], "no-module")
        raise asked.failed("ModuleNotFoundError")
    asked.note(holder[0])
    machine.may_raise(("ModuleNotFoundError", "ImportError"))
    first = name.split(".")[0]
    top = _find(machine, first, 0, frame)
    if last or top is None:
        return machine.unknown(machine.place(alias, frame))
    return _load(machine, top, first, alias, frame, first)


def _bound_packages(machine: Machine, name: str, node: Any, frame: Frame) -> Value:
    """The first package of a dotted name, each with the next one as an attribute."""
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
            module = _load(machine, source, dotted, node, frame, dotted)
        if type(parent) is Ref:
            thing = machine.object(parent)
            if isinstance(thing, ScopeObject):
                machine.state.write(parent.id).names[parts[count - 1]] = module
        top = top if top is not None else module
        parent = module
    assert top is not None
    return top


def _from(machine: Machine, asked: _Asked) -> Source | None:
    """The module behind `from module import ...`, with its packages run."""
    source = _find(machine, asked.module, asked.level, asked.frame)
    absolute = asked.absolute
    if absolute:
        load_packages(machine, f"{absolute}.?" if source is None else absolute, asked.statement, asked.frame)
    return source


def _load_asked(machine: Machine, source: Source, asked: _Asked, name: str = "") -> Value:
    full = asked.full(name)
    written = ".".join(part for part in (asked.module, name) if part)
    return _load(machine, source, full or written, asked.statement, asked.frame, full)


def import_name(
    machine: Machine, name: str, level: int, attribute: str, alias: Any, statement: Any, frame: Frame
) -> Value:
    """`from name import attribute`."""
    asked = _Asked(machine, name, level, attribute, alias, statement, frame)
    place = machine.place(statement, frame)
    package = _from(machine, asked)
    if package is not None:
        module = _load_asked(machine, package, asked)
        if type(module) is not Ref:
            asked.note(package)
            return machine.unknown(place)
        thing = machine.object(module)
        assert isinstance(thing, ScopeObject)
        found = thing.names.get(attribute)
        if found is not None:
            asked.note(package)
            return found
        if "__getattr__" in thing.names:  # it is asked before a submodule of the name is looked for
            return _unbound(machine, package, asked)
    submodule = _find(machine, f"{name}.{attribute}" if name else attribute, level, frame)
    if submodule is not None:
        asked.note(submodule)
        return _load_asked(machine, submodule, asked, attribute)
    if package is not None:
        return _unbound(machine, package, asked)
    return _nowhere(machine, asked, attribute)


def _unbound(machine: Machine, package: Source, asked: _Asked) -> Value:
    """A name that the module `package` of the project does not bind."""
    module = loaded(machine, package)
    assert module is not None
    thing = machine.object(module)
    assert isinstance(thing, ScopeObject)
    dunder = asked.name.startswith("__") and asked.name.endswith("__")
    if dunder or "__getattr__" in thing.names or not _lacks(machine, package, asked.name):
        asked.note(package)
        if "__getattr__" not in thing.names:
            machine.may_raise(("ModuleNotFoundError", "ImportError"))
        return machine.unknown(machine.place(asked.statement, asked.frame))
    asked.note(package, "no-name" if thing.ready else "circular")
    raise asked.failed("ImportError")


def _nowhere(machine: Machine, asked: _Asked, attribute: str) -> Value:
    """`from name import attribute` where no file of the project is found by that name."""
    place = machine.place(asked.statement, asked.frame)
    holder = _holder(machine, asked.absolute, asked.statement, asked.frame) if asked.absolute else None
    if holder is not None and machine.script is None and _lacks(machine, *holder):
        asked.note(holder[0], "no-module")
        raise asked.failed("ModuleNotFoundError")
    full = asked.full("" if attribute == "*" else attribute) or ""
    if machine.find.vacant(asked.absolute or "") or (holder is None and machine.find.vacant(full)):
        asked.note(None, "no-module")
        machine.may_raise(("ModuleNotFoundError", "ImportError"))
        return machine.unknown(place)
    if asked.level or holder is not None:
        asked.note(None)
        machine.may_raise(("ModuleNotFoundError", "ImportError"))
        return machine.unknown(place)
    asked.note(None, "elsewhere")
    _outside(machine, asked.module, asked.statement, asked.frame)
    if attribute == "*":
        return machine.unknown(place)
    return outside_attribute(machine, Outside(asked.module, place), attribute, asked.statement, asked.frame)


def import_star(machine: Machine, name: str, level: int, node: Any, frame: Frame) -> None:
    """`from name import *`."""
    asked = _Asked(machine, name, level, "*", node, node, frame)
    source = _from(machine, asked)
    if source is None:
        machine.state.write(frame.module).open = True
        _nowhere(machine, asked, "*")
        return
    asked.note(source)
    module = _load_asked(machine, source, asked)
    target = machine.state.write(frame.module)
    if type(module) is not Ref:
        target.open = True
        return
    thing = machine.object(module)
    assert isinstance(thing, ScopeObject)
    listed = _listed(machine, thing)
    if thing.open or ("__all__" in thing.names and listed is None):
        target.open = True
    for key, value in thing.names.items():
        if key in listed if listed is not None else not key.startswith("_"):
            target.names[key] = value
    for key in listed or ():
        # A name that the module does not have is one of its submodules, or an AttributeError.
        if key not in thing.names:
            submodule = _find(machine, f"{name}.{key}" if name else key, level, frame)
            if submodule is not None:
                value = _load_asked(machine, submodule, asked, key)
                machine.state.write(frame.module).names[key] = value
            elif not (thing.open or "__getattr__" in thing.names):
                raise asked.failed("AttributeError")


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
