"""itertools, collections, functools.reduce, operator, heapq, and what random and secrets take out of a container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import attributes, containers, escape, items, sequences
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.iteration import Elements, elements
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.models import everything, models
from lambdalint.interpreter.machine import MAX_UNROLL
from lambdalint.interpreter.state import DictObject, IteratorObject, ListObject
from lambdalint.interpreter.values import NONE, Const, Method, Ref, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library import CallSite
    from lambdalint.interpreter.machine import Machine


def _need(machine: Machine, site: CallSite, least: int) -> None:
    if len(site.arguments) < least:
        raise machine.raise_builtin("TypeError", site.node, site.frame)


def _any(machine: Machine, site: CallSite, found: Elements) -> Value:
    """A value that stands for any of the elements."""
    return sequences.join_elements(machine, everything(found)) or machine.unknown(site.place)


def _iterator(machine: Machine, site: CallSite, items: tuple[Value, ...], rest: Value | None) -> Value:
    return machine.new(IteratorObject(site.name, items, rest, place=site.place))


@models("itertools.count", "itertools.cycle")
def endless(machine: Machine, site: CallSite) -> Value:
    """Iterators that never end."""
    rest: Value = machine.unknown(site.place)
    if site.name == "itertools.count":
        numbers = all(kind_of(machine, argument) == "int" for argument in site.arguments) and not site.keywords
        rest = machine.unknown(site.place, "int" if numbers else None)
    elif site.arguments:
        found = elements(machine, site.arguments[0], site.node, site.frame)
        rest = (
            sequences.join_elements(machine, [*found.items, *([found.rest] if found.rest is not None else [])]) or rest
        )
    return machine.new(IteratorObject(site.name, (), rest, place=site.place))


@models("itertools.chain", "itertools.chain.from_iterable")
def chain(machine: Machine, site: CallSite) -> Value:
    parts = list(site.arguments)
    if site.name.endswith("from_iterable"):
        _need(machine, site, 1)
        site.name = "itertools.chain"
        outer = elements(machine, parts[0], site.node, site.frame)
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
    _need(machine, site, 1)
    position = 1 if site.name in ("itertools.takewhile", "itertools.dropwhile", "itertools.filterfalse") else 0
    _need(machine, site, position + 1)
    if position:
        escape.leak(machine, site.arguments[0])
        machine.may_raise(None)
    found = elements(machine, site.arguments[position], site.node, site.frame)
    return _iterator(machine, site, (), _any(machine, site, found))


@models("itertools.count")
def count(machine: Machine, site: CallSite) -> Value:
    given = [kind_of(machine, value) for value in (*site.arguments, *site.keywords.values())]
    kind = "int" if all(one == "int" for one in given) else None
    return _iterator(machine, site, (), machine.unknown(site.place, kind))


@models("itertools.repeat")
def repeat(machine: Machine, site: CallSite) -> Value:
    _need(machine, site, 1)
    return _iterator(machine, site, (), site.arguments[0])


@models("itertools.product", "itertools.zip_longest", "itertools.combinations", "itertools.permutations",
        "itertools.pairwise", "itertools.combinations_with_replacement")  # fmt: skip
def tuples(machine: Machine, site: CallSite) -> Value:
    """Tuples of elements."""
    _need(machine, site, 1)
    many = site.name in ("itertools.product", "itertools.zip_longest")
    parts: list[Value] = []
    for argument in site.arguments if many else site.arguments[:1]:
        parts.append(_any(machine, site, elements(machine, argument, site.node, site.frame)))
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
    _need(machine, site, 1)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    element = _any(machine, site, found)
    for key in (*site.arguments[1:], *site.keywords.values()):
        escape.leak(machine, key)
        machine.may_raise(None)
    key_value = machine.unknown(site.place) if len(site.arguments) + len(site.keywords) > 1 else element
    group = machine.new(IteratorObject("itertools._grouper", (), element, place=site.place))
    return _iterator(machine, site, (), Tuple((key_value, group), site.place))


@models("itertools.accumulate", "itertools.starmap", "itertools.tee")
def unfollowed(machine: Machine, site: CallSite) -> Value:
    for argument in (*site.arguments, *site.keywords.values()):
        escape.leak(machine, argument)
    machine.may_raise(None)
    if site.name == "itertools.tee":
        return machine.unknown(site.place)
    return _iterator(machine, site, (), machine.unknown(site.place))


@models("functools.reduce")
def reduce(machine: Machine, site: CallSite) -> Value:
    _need(machine, site, 2)
    function = machine.state.resolve(site.arguments[0])
    found = elements(machine, site.arguments[1], site.node, site.frame)
    if found.rest is not None or len(found.items) > MAX_UNROLL:
        for argument in (function, *site.arguments[2:], *everything(found)):
            escape.leak(machine, argument)
        machine.may_raise(None)
        return machine.unknown(site.place)
    items = [*site.arguments[2:3], *found.items]
    if not items:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    total = items[0]
    for item in items[1:]:
        total = call(machine, function, [total, item], {}, site.node, site.frame)
    return total


# -- collections ------------------------------------------------------------------------------------------------------


@models("collections.Counter")
def counter(machine: Machine, site: CallSite) -> Value:
    made = DictObject(site.place, "collections.Counter")
    made.open = bool(site.arguments or site.keywords)
    made.rest = machine.unknown(site.place, "int") if not site.keywords else None
    if site.arguments:
        elements(machine, site.arguments[0], site.node, site.frame)
        given = machine.state.resolve(site.arguments[0])
        if type(given) is not Const:
            made.rest = None if kind_of(machine, given) in ("dict", None) else made.rest
    return machine.new(made)


@models("collections.Counter.most_common")
def most_common(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("TypeError",))
    pair = Tuple((machine.unknown(site.place), machine.unknown(site.place)), site.place)
    return machine.new(ListObject([], site.place, "list", pair))


# -- one or some of a container's elements ----------------------------------------------------------------------------


@models("random.choice", "secrets.choice")
def choice(machine: Machine, site: CallSite) -> Value:
    _need(machine, site, 1)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    machine.may_raise(("IndexError", "TypeError", "KeyError"))
    return _any(machine, site, found)


@models("random.choices", "random.sample", "heapq.nlargest", "heapq.nsmallest")
def several(machine: Machine, site: CallSite) -> Value:
    position = 1 if site.name.startswith("heapq") else 0
    _need(machine, site, position + 1)
    found = elements(machine, site.arguments[position], site.node, site.frame)
    if site.keywords:
        for value in site.keywords.values():
            escape.leak(machine, value)
    machine.may_raise(None)
    return machine.new(ListObject([], site.place, "list", _any(machine, site, found)))


@models("random.shuffle", "heapq.heapify")
def reorder(machine: Machine, site: CallSite) -> Value:
    _need(machine, site, 1)
    value = machine.state.resolve(site.arguments[0])
    machine.may_raise(("TypeError",))
    if type(value) is Ref and isinstance(machine.object(value), ListObject):
        containers.shuffle(machine, value)
    else:
        escape.leak(machine, value)
    return NONE


@models("heapq.heappush")
def heappush(machine: Machine, site: CallSite) -> Value:
    _need(machine, site, 2)
    value = machine.state.resolve(site.arguments[0])
    machine.may_raise(("TypeError",))
    if type(value) is Ref and isinstance(machine.object(value), ListObject):
        containers.shuffle(machine, value, site.arguments[1])
    else:
        escape.leak(machine, value)
        escape.leak(machine, site.arguments[1])
    return NONE


# -- operator ---------------------------------------------------------------------------------------------------------


@models("operator.itemgetter", "operator.attrgetter")
def getter(machine: Machine, site: CallSite) -> Value:
    _need(machine, site, 1)
    return Method(f"{site.name}()", Tuple(tuple(site.arguments), site.place), site.place)


@models("operator.itemgetter()", "operator.attrgetter()")
def get_of(machine: Machine, site: CallSite) -> Value:
    _need(machine, site, 1)
    keys = site.receiver
    assert isinstance(keys, Tuple)
    found: list[Value] = []
    for key in keys.items:
        key = machine.state.resolve(key)
        if site.name.startswith("operator.itemgetter"):
            found.append(items.get_item(machine, site.arguments[0], key, site.node, site.frame))
        elif type(key) is Const and isinstance(key.value, str):
            value = site.arguments[0]
            for name in key.value.split("."):
                value = attributes.get_attribute(machine, value, name, site.node, site.frame)
            found.append(value)
        else:
            found.append(machine.unknown(site.place))
    return found[0] if len(found) == 1 else Tuple(tuple(found), site.place)
