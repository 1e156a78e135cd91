"""numpy and pandas, where what comes back depends on what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.calling import hand_over
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.values import Value

#: What numpy takes for an array of numbers.
_ARRAYS = frozenset({"numpy.ndarray", "list", "tuple"})
#: What `pandas.to_datetime` makes of what it is given.
_TIMES = {
    "str": "pandas.Timestamp",
    "list": "pandas.DatetimeIndex",
    "pandas.Series": "pandas.Series[datetime]",
}


@models("numpy.argmax", "numpy.argmin", "numpy.ndarray.argmax", "numpy.ndarray.argmin")
def position(machine: Machine, site: CallSite) -> Value:
    """The index of the greatest: a number, unless it is asked for along an axis."""
    machine.may_raise(None)
    hand_over(machine, site)
    given = [kind_of(machine, value) for value in site.values()]
    alone = not given if site.receiver is not None else len(given) == 1 and given[0] in _ARRAYS
    return make(machine, "numpy.int64" if alone and not site.open else "?", site.place)


@models("numpy.unique")
def unique(machine: Machine, site: CallSite) -> Value:
    """An array, or several where counts or indexes are asked for too."""
    machine.may_raise(None)
    hand_over(machine, site)
    alone = len(site.arguments) == 1 and not site.keywords and not site.open
    return make(machine, "numpy.ndarray" if alone else "?", site.place)


@models("pandas.to_datetime")
def to_datetime(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    kind = kind_of(machine, site.arguments[0]) if site.arguments else None
    return machine.unknown(site.place, _TIMES.get(kind or ""))
