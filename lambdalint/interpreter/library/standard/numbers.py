"""`math.isnan` and its like, which tell a number that JSON has no text for from the others; and of which type what
`statistics` works out is."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

from lambdalint.interpreter.certain import exact, told
from lambdalint.interpreter.iteration import Elements, all_elements
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.contents import everything
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.recorder import AS_SOON
from lambdalint.interpreter.samples import MAKERS, fails
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


#: Roots are floats, unless of Decimals; of floats these are floats, and of whole numbers they may be whole.
_ROOTS = ("stdev", "pstdev")
_OF_FLOATS = ("mean", "median", "median_low", "median_high", "variance", "pvariance", "harmonic_mean")


@models(*[f"statistics.{name}" for name in (*_ROOTS, *_OF_FLOATS)])
def measured(machine: Machine, site: CallSite) -> Value:
    found = all_elements(machine, site.arguments[0], site.node, site.frame) if site.arguments else None
    machine.may_raise(None)
    if found is None or site.keywords or len(site.arguments) > 1:
        return machine.unknown(site.place)
    _refuse_numbers(machine, site, found)
    given = [machine.state.resolve(value) for value in everything(found)]
    floats = site.name.rpartition(".")[2] in _OF_FLOATS
    sure = bool(given) and all(_is_number(machine, value, floats) for value in given)
    kinds = {kind_of(machine, value) for value in given}
    if len(kinds) == 1 and kinds <= {"decimal.Decimal", "fractions.Fraction"} and floats:
        return machine.unknown(site.place, kinds.pop())
    return machine.unknown(site.place, "float" if sure else None)


def _refuse_numbers(machine: Machine, site: CallSite, found: Elements) -> None:
    """Raise where the first of the values is surely none that `statistics` computes with; a median of texts is one."""
    first = found.items[0] if found.items else found.rest
    kind = exact(machine, first) if first is not None else None
    function = getattr(statistics, site.name.rpartition(".")[2])
    if first is None or kind is None or not all(fails(function, ([make(), make()],)) for make in MAKERS[kind]):
        return
    why = f"`{site.name}()` does not compute with {told(machine, first)}"
    if found.items or found.filled:
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, first)
    machine.recorder.fails(machine, site.place, "TypeError", why, AS_SOON)


def _is_number(machine: Machine, value: Value, only_float: bool) -> bool:
    """Whether a value is a float; or else a number at all, if it is one that `statistics` takes."""
    kind = kind_of(machine, value)
    if only_float or kind is not None:
        return kind == "float" or (kind in ("int", "bool") and not only_float)
    return type(value) is Sym and (value.json or value.role == "event")
