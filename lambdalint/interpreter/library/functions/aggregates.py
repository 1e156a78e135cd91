"""Builtins that make one value of all the elements: `len`, `sum`, `min`, `max`, `any`, `all`."""

from __future__ import annotations

import builtins
import math
from typing import TYPE_CHECKING

from lambdalint.interpreter import sequences
from lambdalint.interpreter.arithmetic import binary
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.certain import refuses, told, unordered
from lambdalint.interpreter.decisions import decide
from lambdalint.interpreter.heap import DictObject, InstanceObject, ListObject
from lambdalint.interpreter.iteration import Elements, all_elements, elements
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.aws.objects import is_bare
from lambdalint.interpreter.library.contents import at_most_one, everything
from lambdalint.interpreter.library.functions.iterating import ask_key
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.outside import operator_result
from lambdalint.interpreter.library.site import constants, need
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.orderings import EXTREME, at_least
from lambdalint.interpreter.parsed_operands import is_parsed, sum_of
from lambdalint.interpreter.presence import unasked
from lambdalint.interpreter.recorder import AS_SOON
from lambdalint.interpreter.stand_ins import picked
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value, boolean

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("len")
def length(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 1)
    value = machine.state.resolve(site.arguments[0])
    if type(value) is Const and isinstance(value.value, (str, bytes)):
        return Const(len(value.value), site.place)
    if type(value) is Tuple and value.rest is None:
        return Const(len(value.items), site.place)
    if type(value) is Ref:
        thing = machine.object(value)
        found = call_special(machine, value, "__len__", (), site.node, site.frame)
        if found is not None:
            return found
        if isinstance(thing, DictObject) and not (thing.leaked or thing.open or thing.others):
            if all(item.sure for item in thing.items.values()):
                return Const(len(thing.items), site.place)
        if isinstance(thing, ListObject) and not thing.leaked and thing.rest is None:
            return Const(len(thing.items), site.place)
        if isinstance(thing, InstanceObject) and thing.payload is not None:
            site.arguments = [thing.payload]
            return length(machine, site)
    kind = kind_of(machine, value)
    without = kind in ("int", "float", "bool", "NoneType", "function")
    if without or is_bare(kind) or refuses(machine, "len", value):
        raise machine.raise_builtin("TypeError", site.node, site.frame, f"{said(machine, value)} has no length", value)
    machine.may_raise(("TypeError",))
    if type(value) is Sym:
        machine.recorder.event_whole(machine, value, site.place, unasked(machine, value))
        return at_least(machine, machine.child(value, "length", None, "int", site.place), 0)
    if type(value) is Ref and not machine.object(value).leaked:
        least = int(machine.object(value).filled)
        return at_least(machine, machine.measured(value, "length", "int", site.place), least)
    return at_least(machine, machine.unknown(site.place, "int"), 0)


#: Numbers that stay what they are when they are added to the 0 with which a sum begins.
_EXACT = frozenset({"decimal.Decimal", "fractions.Fraction"})


def _refuse_elements(machine: Machine, site: CallSite, found: Elements, many: bool) -> None:
    """Raise where the elements are surely not added, or not put in order."""
    first = [machine.state.resolve(part) for part in found.items[:2]]
    if found.rest is not None and found.filled:
        first = [*first, found.rest][:2]
    if site.name == "sum" and len(site.arguments) == 1 and not site.keywords and first:
        if refuses(machine, "add", Const(0), first[0]):
            why = f"`sum()` does not add {told(machine, first[0])} to a number"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, first[0])
    rest = found.rest
    if site.name == "sum" and len(site.arguments) == 1 and not site.keywords and rest is not None and not first:
        if refuses(machine, "add", Const(0), rest):
            why = f"`sum()` does not add {told(machine, rest)} to a number"
            machine.recorder.fails(machine, site.place, "TypeError", why, AS_SOON)
    machine.recorder.event_operand(*first, *([found.rest] if found.rest is not None and site.name == "sum" else []))
    if site.name in ("min", "max") and "key" not in site.keywords and len(first) == 2:
        why = unordered(machine, *first) or ""
        if why:
            about = next((one for one in first if type(one) is Sym and one.of_event), first[1])
            raise machine.raise_builtin("TypeError", site.node, site.frame, why, about)


@models("sum", "min", "max", "any", "all")
def fold(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    many = site.name in ("min", "max") and len(site.arguments) > 1
    go_through = elements if site.name in ("any", "all") else all_elements
    found = (
        Elements(tuple(site.arguments)) if many else go_through(machine, site.arguments[0], site.node, site.frame, True)
    )
    values = constants(machine, list(found.items))
    extra = [] if many else site.arguments[1:]
    start = constants(machine, extra)
    if values is not None and found.rest is None and start is not None and not site.keywords:
        try:
            return Const(getattr(builtins, site.name)(values, *start), site.place)
        except Exception as error:
            why = "" if not found.items else f"`{site.name}()` does not take these together"
            why = why or f"`{site.name}()` is given nothing"
            raise machine.raise_builtin(type(error).__name__, site.node, site.frame, why) from None
    _refuse_elements(machine, site, found, many)
    if site.name in ("any", "all"):
        return _any_all(machine, site, found)
    machine.may_raise(None)
    ask_key(machine, site, found)
    parts = everything(found)
    if site.name == "sum":
        start_value = next(iter([*extra, *site.keywords.values()]), Const(0))
        if any(_is_own(machine, part) for part in parts):
            return _sum_of_objects(machine, site, found, start_value)
        parsed = sum_of(machine, parts, site.place) if not extra and not site.keywords else None
        if parsed is not None:
            return parsed
        none, some = _totals(machine, found, [*extra, *site.keywords.values()])
        if none == some or some not in _EXACT:
            return machine.unknown(site.place, none if none == some else None)
        # As a loop would: where there is an element, the sum is of its type, and the start where there is none.
        there = found.filled or (decide(machine, site.arguments[0]) is not False and machine.choose(2) == 0)
        return machine.unknown(site.place, some if there else none)
    if "default" in site.keywords and not (found.items or found.filled):
        parts.append(site.keywords["default"])
    parts = [_beaten(machine, part, site) for part in parts] if len(parts) > 1 else parts
    one = sequences.join_elements(machine, parts) or machine.unknown(site.place)
    if type(one) is Sym and one.options and found.rest is None and not site.keywords:
        what = (EXTREME, "le" if site.name == "min" else "ge")
        one = Sym(machine.state.fresh(), None, one.place, options=one.options, condition=what)
        if len({kind_of(machine, option) for option in one.options}) > 1:
            return choose_option(machine, one)  # which of them it is matters
    return one if many else picked(machine, one)


def _is_own(machine: Machine, value: Value) -> bool:
    """Whether it is an object of the project, which says itself what is added to it."""
    value = machine.state.resolve(value)
    options = value.options if type(value) is Sym and value.options else (value,)
    return any(type(one) is Ref and isinstance(machine.object(one), InstanceObject) for one in options)


def _sum_of_objects(machine: Machine, site: CallSite, found: Elements, total: Value) -> Value:
    """One added after the other."""
    items = at_most_one(machine, site, found)
    if items is None:
        return machine.unknown(site.place)
    for item in items:
        total = binary(machine, "Add", total, item, site.node, site.frame)
    return total


def _beaten(machine: Machine, part: Value, site: CallSite) -> Value:
    """What `max` starts with so that any number beats it, `-math.inf`: given by it only where there is nothing else, so
    beside others no more is known of it than that it is a float."""
    value = machine.state.resolve(part)
    least = {"max": -math.inf, "min": math.inf}[site.name]
    return machine.unknown(site.place, "float") if is_const(value, least) else part


def _totals(machine: Machine, found: Elements, start: list[Value]) -> tuple[str | None, str | None]:
    """The types of a sum - of the start and the elements, added one after the other - where there are no further
    elements, and where there are some."""
    total = kind_of(machine, start[0]) if start else "int"
    for item in found.items:
        total = _added(total, _kind_beside(machine, item, total))
    if found.rest is None:
        return total, total
    kind = _kind_beside(machine, found.rest, total)
    some = _added(total, kind)
    return total, some if some == _added(some, kind) else None


def _kind_beside(machine: Machine, item: Value, total: str | None) -> str | None:
    """The type of an element; of what was parsed from JSON, one that a Decimal is added to: a Decimal comes of it."""
    kind = kind_of(machine, item)
    return "int" if total == "decimal.Decimal" and is_parsed(machine.state.resolve(item), kind) else kind


def _added(one: str | None, other: str | None) -> str | None:
    """The type of a sum of two."""
    numbers = {one, other}
    if numbers <= {"int", "bool"}:
        return "int"
    if numbers <= {"int", "bool", "float"}:
        return "float"
    if numbers <= {"int", "bool", "float", "complex"}:
        return "complex"
    if "bool" in numbers:
        one, other = ("int" if kind == "bool" else kind for kind in (one, other))
    return operator_result("Add", one, other)


def _any_all(machine: Machine, site: CallSite, found: Elements) -> Value:
    wanted = site.name == "any"
    answers = [decide(machine, part) for part in found.items]
    if wanted in answers and None not in answers[: answers.index(wanted)]:
        return boolean(wanted)
    if found.rest is None and all(answer is (not wanted) for answer in answers):
        return boolean(not wanted)
    value = machine.state.resolve(site.arguments[0])
    if type(value) is Ref and isinstance(machine.object(value), ListObject) and not machine.object(value).leaked:
        return machine.measured(value, site.name, "bool", site.place)
    return machine.unknown(site.place, "bool")
