"""itertools, and functools.reduce."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import libcst as cst

from lambdalint.interpreter import escape, sequences
from lambdalint.interpreter.bounds import MAX_UNROLL
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.doubt import doubt, later
from lambdalint.interpreter.heap import IteratorObject, ListObject
from lambdalint.interpreter.iteration import Elements, elements, exactly_one
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.contents import any_of, at_most_one, everything
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.values import NONE, Function, Outside, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("itertools.count")
def count(machine: Machine, site: CallSite) -> Value:
    given = [kind_of(machine, value) for value in site.values()]
    kind = "int" if all(one == "int" for one in given) else None
    return _iterator(machine, site, (), machine.unknown(site.place, kind))


@models("itertools.chain", "itertools.chain.from_iterable")
def chain(machine: Machine, site: CallSite) -> Value:
    parts = list(site.arguments)
    if site.name.endswith("from_iterable"):
        need(machine, site, 1)
        site.name = "itertools.chain"
        outer = elements(machine, parts[0], site.node, site.frame)
        inner = machine.state.resolve(outer.rest) if outer.rest is not None else None
        if type(inner) is Sym and inner.json and not outer.items:  # JSON's, of which going through it changes nothing
            within = elements(machine, inner, site.node, site.frame)
            return _iterator(machine, site, (), any_of(machine, site, everything(within)))
        if outer.rest is not None:
            escape.leak(machine, outer.rest)
            return _iterator(machine, site, (), machine.unknown(site.place))
        parts = list(outer.items)
    items: list[Value] = []
    rests: list[Value] = []
    for part in parts:
        found = elements(machine, part, site.node, site.frame)
        (rests if rests else items).extend(found.items)
        if found.rest is not None:
            rests.append(found.rest)
    return _iterator(machine, site, tuple(items), sequences.join_elements(machine, rests))


@models("itertools.islice", "itertools.cycle", "itertools.takewhile", "itertools.dropwhile", "itertools.filterfalse",
        "itertools.compress")  # fmt: skip
def some_of(machine: Machine, site: CallSite) -> Value:
    """Some of the elements, none of them changed."""
    need(machine, site, 1)
    position = 1 if site.name in ("itertools.takewhile", "itertools.dropwhile", "itertools.filterfalse") else 0
    need(machine, site, position + 1)
    if position:
        escape.leak(machine, site.arguments[0])
        machine.may_raise(None)
    found = elements(machine, site.arguments[position], site.node, site.frame)
    return _iterator(machine, site, (), any_of(machine, site, everything(found)))


@models("itertools.repeat")
def repeat(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    return _iterator(machine, site, (), site.arguments[0])


@models("itertools.product", "itertools.zip_longest", "itertools.combinations", "itertools.permutations",
        "itertools.pairwise", "itertools.combinations_with_replacement")  # fmt: skip
def tuples(machine: Machine, site: CallSite) -> Value:
    """Tuples of elements."""
    need(machine, site, 1)
    many = site.name in ("itertools.product", "itertools.zip_longest")
    parts: list[Value] = []
    for argument in site.arguments if many else site.arguments[:1]:
        parts.append(any_of(machine, site, everything(elements(machine, argument, site.node, site.frame))))
    if site.name == "itertools.zip_longest":
        filler = site.keywords.get("fillvalue", NONE)
        parts = [sequences.join_elements(machine, [part, filler]) or part for part in parts]
    exact = many and "repeat" not in site.keywords
    if site.name == "itertools.pairwise":
        parts, exact = parts * 2, True
    made = Tuple(tuple(parts), site.place) if exact else Tuple((), site.place, rest=parts[0])
    return _iterator(machine, site, (), made)


@models("itertools.groupby")
def groupby(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    element = any_of(machine, site, everything(found))
    key_value: Value = element
    for key in (*site.arguments[1:], *site.keywords.values()):
        many, before = machine.made_choices(), machine.state.fork()
        asked = later(machine, partial(call, machine, key, [element], {}, site.node, site.frame), [], site.node)
        key_value, _ = exactly_one(machine, many, asked or machine.unknown(site.place), quiet=True)
        doubt(machine, before, ())  # it is asked of each element, or of some
        machine.may_raise(None)
    group = machine.new(IteratorObject("itertools._grouper", (), element, place=site.place))
    return _iterator(machine, site, (), Tuple((key_value, group), site.place))


@models("itertools.accumulate", "itertools.starmap", "itertools.tee")
def unfollowed(machine: Machine, site: CallSite) -> Value:
    for argument in site.values():
        escape.leak(machine, argument)
    machine.may_raise(None)
    if site.name == "itertools.tee":
        return machine.unknown(site.place)
    return _iterator(machine, site, (), machine.unknown(site.place))


def _iterator(machine: Machine, site: CallSite, items: tuple[Value, ...], rest: Value | None) -> Value:
    return machine.new(IteratorObject(site.name, items, rest, place=site.place))


@models("functools.reduce")
def reduce(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2)
    function = machine.state.resolve(site.arguments[0])
    found = elements(machine, site.arguments[1], site.node, site.frame)
    if found.rest is not None or len(found.items) > MAX_UNROLL:
        total = _settled(machine, site, function, found)
        if total is not None:
            return total
    followed = at_most_one(machine, site, found)
    if followed is None:
        for argument in (function, *site.arguments[2:3]):
            escape.leak(machine, argument)
        return machine.unknown(site.place)
    items = [*site.arguments[2:3], *followed]
    if not items:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    total = items[0]
    for item in items[1:]:
        total = call(machine, function, [total, item], {}, site.node, site.frame)
    return total


#: Types of which any value is as good as another where only the type is known.
_ALIKE = frozenset({"int", "float", "str", "bytes", "decimal.Decimal", "fractions.Fraction", "datetime.timedelta"})
_HOLDERS = frozenset({"set", "frozenset", "list"})


def _settled(machine: Machine, site: CallSite, function: Value, found: Elements) -> Value | None:
    """What any number of elements come to, where a function gives the type of its first argument again: a union of sets
    is a set. None where that is not known, or the function does more than give something."""
    if not _only_joins(function):
        return None
    element = any_of(machine, site, everything(found))
    total = site.arguments[2] if len(site.arguments) > 2 else element
    kind = kind_of(machine, total)
    before = machine.state.fork()
    made = later(machine, partial(call, machine, function, [total, element], {}, site.node, site.frame), [], site.node)
    same = made is not None and kind is not None and kind_of(machine, made) == kind
    machine.state.adopt(before)
    if not same or kind is None:
        return None
    machine.may_raise(None)
    if kind in _HOLDERS:
        return machine.new(ListObject([], site.place, kind, machine.unknown(site.place)))
    return machine.unknown(site.place, kind) if kind in _ALIKE else None


def _only_joins(function: Value) -> bool:
    """Whether it is an operator, or a lambda that is one operator between its two arguments."""
    if type(function) is Outside:
        return function.name.startswith("operator.")
    if type(function) is not Function or not function.info.is_lambda:
        return False
    body = function.info.node.body
    return isinstance(body, cst.BinaryOperation) and all(isinstance(one, cst.Name) for one in (body.left, body.right))
