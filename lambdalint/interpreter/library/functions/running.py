"""The running program itself: code made at run time, leaving the process, what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import escape
from lambdalint.interpreter.heap import DictObject, Item
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import NONE, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("globals", "locals")
def namespace(machine: Machine, site: CallSite) -> Value:
    """What binds names by their text, if it is the module's. Out: of `globals()` a dict of the names that the module
    has now, in which others may be."""
    if site.name != "globals" and site.frame.scope != site.frame.module:
        return machine.unknown(site.place)
    module = machine.state.write(site.frame.module)
    module.open = True
    if site.frame.scope == site.frame.module:  # more is bound while it is held
        return machine.unknown(site.place)
    shown = DictObject(site.place)
    shown.items = {name: Item(value, site.place) for name, value in module.names.items() if _is_bound(value)}
    shown.open = True
    return machine.new(shown)


def _is_bound(value: Value) -> bool:
    return not (type(value) is Sym and value.condition == ("unbound",))


@models("exec", "eval", "__import__", "importlib.import_module", "compile")
def dynamic(machine: Machine, site: CallSite) -> Value:
    machine.lose("dynamic code")
    if site.name == "exec":  # it may bind any name here
        machine.state.write(site.frame.module).open = True
        machine.state.write(site.frame.scope).open = True
    machine.may_raise(None)
    for argument in site.arguments:
        escape.leak(machine, argument)
    machine.state.epoch += 1
    return machine.unknown(site.place)


@models("exit", "quit", "sys.exit", "os._exit")
def leave(machine: Machine, site: CallSite) -> Value:
    raise machine.raise_builtin("SystemExit", site.node, site.frame)


@models("typing.assert_never", "typing_extensions.assert_never")
def never(machine: Machine, site: CallSite) -> Value:
    raise machine.raise_builtin("AssertionError", site.node, site.frame)


@models("print", "id", "input")
def harmless(machine: Machine, site: CallSite) -> Value:
    return {"id": machine.unknown(site.place, "int"), "input": machine.unknown(site.place, "str")}.get(site.name, NONE)
