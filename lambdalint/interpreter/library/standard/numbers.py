"""`math.isnan` and its like, which tell a number that JSON has no text for from the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.values import Const, Sym, Value, boolean

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("math.isnan", "math.isinf", "math.isfinite")
def is_number_like(machine: Machine, site: CallSite) -> Value:
    value = machine.state.resolve(site.arguments[0]) if site.arguments else None
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(value) is Const and isinstance(value.value, (int, float)):
        try:
            return boolean(getattr(math, site.name.rpartition(".")[2])(value.value))
        except OverflowError:
            raise machine.raise_builtin("OverflowError", site.node, site.frame) from None
    kind = kind_of(machine, value) if value is not None else None
    if kind not in ("int", "float", "bool"):
        machine.may_raise(("TypeError", "OverflowError", "ValueError"))
    return machine.unknown(site.place, "bool")
