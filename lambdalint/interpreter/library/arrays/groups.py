"""Groups: what `groupby` gives, and what is made of each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ArrayObject, DictObject, ListObject
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.objects import LEVELS, is_single, known, new_column, new_table, values_in
from lambdalint.interpreter.library.arrays.reading import COLUMN_GROUPS, GROUPS
from lambdalint.interpreter.library.calling import hand_over
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.values import Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_REDUCTIONS = ("sum", "prod", "mean", "median", "std", "var", "min", "max", "first", "last", "any", "all", "quantile")
_COUNTS = ("count", "nunique")


@models(*[f"{kind}.{name}" for kind in (GROUPS, COLUMN_GROUPS) for name in (*_REDUCTIONS, *_COUNTS)])
def reduced(machine: Machine, site: CallSite) -> Value:
    """A column, or a table, with a row for each group."""
    machine.may_raise(None)
    name = site.name.rpartition(".")[2]
    plainly = not site.arguments and site.keywords.keys() <= {"numeric_only", "skipna", "ddof"}
    return _of_groups(machine, site, name if plainly else "")


def _of_groups(machine: Machine, site: CallSite, name: str) -> Value:
    groups = known(machine, site.receiver)
    if groups is None or site.open:
        return machine.unknown(site.place)
    if groups.type == GROUPS:
        keys = str(groups.name).split(",") if groups.name is not None else None
        of_keys = [] if keys is None else [key for key in groups.columns if str(key) in keys]
        # Which of the others are left out, for they have no such sum, depends on them all.
        columns = {key: _each(dtype, name) for key, dtype in groups.columns.items() if key not in of_keys}
        kept = {key: dtype for key, dtype in columns.items() if dtype is not None}
        return _labelled(machine, new_table(machine, site.place, kept), groups)
    if groups.depth:
        return machine.unknown(site.place)
    return _labelled(machine, new_column(machine, site.place, _each(groups.dtype, name), groups.name), groups)


def _labelled(machine: Machine, made: Ref, groups: ArrayObject) -> Ref:
    """A column of which the index is what grouped it."""
    thing = machine.state.write(made.id)
    assert isinstance(thing, ArrayObject)
    thing.labels = groups.labels
    return made


def _each(dtype: str | None, name: str) -> str | None:
    if name in _COUNTS:
        return "int64"
    if dtype == "bool" and name not in ("sum", "mean", "any", "all"):
        return None
    return dtypes.reduced(dtype, name, True)


@models(f"{GROUPS}.size", f"{COLUMN_GROUPS}.size")
def sizes(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    groups = known(machine, site.receiver)
    if groups is None or groups.depth:
        return machine.unknown(site.place)
    name = groups.name if groups.type == COLUMN_GROUPS else None
    return _labelled(machine, new_column(machine, site.place, "int64", name), groups)


@models(f"{COLUMN_GROUPS}.agg", f"{COLUMN_GROUPS}.aggregate", f"{GROUPS}.agg", f"{GROUPS}.aggregate")
def aggregated(machine: Machine, site: CallSite) -> Value:
    """`agg("sum")` is `sum()`; of a dict, of a list, and of names comes a table."""
    machine.may_raise(None)
    hand_over(machine, site)
    name = text_argument(machine, site, 0, "func")
    if len(site.arguments) == 1 and not site.keywords and name in (*_REDUCTIONS, *_COUNTS):
        return _of_groups(machine, site, name)
    groups = known(machine, site.receiver)
    if site.name.startswith(GROUPS) and name is None and not site.open:
        made = new_table(machine, site.place)
        if groups is not None:
            _labelled(machine, made, groups)
        if _has_lists(machine, site):
            machine.state.write(made.id).name = LEVELS
        return made
    several = site.arguments and values_in(machine, site.arguments[0]) is not None
    if several and not site.keywords and not site.open and groups is not None and not groups.depth:
        return _labelled(machine, new_table(machine, site.place), groups)
    return machine.unknown(site.place)


def _has_lists(machine: Machine, site: CallSite) -> bool:
    """Whether more than one number is asked for of a column: `agg({"price": ["sum", "mean"]})`."""
    given = machine.state.resolve(site.arguments[0]) if len(site.arguments) == 1 and not site.keywords else None
    thing = machine.object(given) if type(given) is Ref else None
    if isinstance(thing, DictObject) and not thing.leaked:
        lists = [values_in(machine, item.value) for item in thing.items.values() if item.sure]
        return any(found is not None for found in lists)
    return isinstance(thing, ListObject) and not thing.leaked


@models(f"{COLUMN_GROUPS}.value_counts")
def counted(machine: Machine, site: CallSite) -> Value:
    """How often each value is in each group: labelled by both."""
    machine.may_raise(None)
    groups = known(machine, site.receiver)
    if groups is None or groups.depth or site.open:
        return machine.unknown(site.place)
    made = new_column(machine, site.place, "int64" if not site.values() else None)
    machine.state.write(made.id).labels = LEVELS
    return made


@models(f"{GROUPS}.get_group")
def group(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    groups = known(machine, site.receiver) or ArrayObject(site.place, GROUPS)
    return new_table(machine, site.place, groups.columns, groups.dtype)


@models(*[f"{COLUMN_GROUPS}.{name}" for name in ("cumsum", "cummax", "cummin", "rank", "transform", "shift", "diff")])
def of_each_row(machine: Machine, site: CallSite) -> Value:
    """A column as long as the one that was grouped."""
    machine.may_raise(None)
    hand_over(machine, site)
    groups = known(machine, site.receiver)
    if groups is None or site.open or not all(is_single(machine, value) for value in site.values()):
        return machine.unknown(site.place)
    name = site.name.rpartition(".")[2]
    keeps = name in ("cumsum", "cummax", "cummin") and groups.dtype in ("int64", "float64") and not site.values()
    return new_column(machine, site.place, groups.dtype if keeps else None, groups.name)
