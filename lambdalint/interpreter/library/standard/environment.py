"""The environment's variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.outside import environment_variable
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.values import NONE, Const, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("os.environ.get", "os.getenv", "os.environ.setdefault")
def getenv(machine: Machine, site: CallSite) -> Value:
    name = text_argument(machine, site, 0, "key")
    default = site.argument(1, "default") or NONE
    if name is None:
        return machine.unknown(site.place) if type(default) is not Const else machine.unknown(
            site.place, options=(machine.unknown(site.place, "str"), default)
        )  # fmt: skip
    machine.recorder.environment_read(machine, name, "get", site.place)
    variable = environment_variable(machine, name, site.place)
    # One symbol however often it is read, so that two tests of it agree; with a default, the default is an option.
    if name in machine.variables:
        return variable
    default = machine.state.resolve(default)
    key = default.value if type(default) is Const else None
    if type(default) is not Const:
        return machine.unknown(site.place, options=(variable, default))
    return Sym(("environment", name, type(key).__name__, str(key)), None, site.place, options=(variable, default))


@models("os.environ.copy")
def environment_copy(machine: Machine, site: CallSite) -> Value:
    made = DictObject(site.place)
    made.open, made.rest = True, machine.unknown(site.place, "str")
    return machine.new(made)
