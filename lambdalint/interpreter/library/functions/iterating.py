"""Builtins that give an iterator, and `sorted`: `range`, `enumerate`, `zip`, `reversed`, `iter`, `next`, `map`..."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.interpreter import escape, sequences
from lambdalint.interpreter.bounds import MAX_UNROLL
from lambdalint.interpreter.calls import call, call_special, not_callable
from lambdalint.interpreter.certain import unordered
from lambdalint.interpreter.decisions import decide
from lambdalint.interpreter.doubt import doubt, fails_of, later
from lambdalint.interpreter.generators import first_yielded
from lambdalint.interpreter.gone_through import has_changed, may_refuse, watch
from lambdalint.interpreter.heap import InstanceObject, IteratorObject, ListObject
from lambdalint.interpreter.iteration import Elements, all_elements, elements, exactly_one, first_of
from lambdalint.interpreter.kinds import kind_of, may_be_data
from lambdalint.interpreter.library.contents import any_of, everything
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import constants, need
from lambdalint.interpreter.stand_ins import picked
from lambdalint.interpreter.values import NONE, Bound, Const, Function, Method, Outside, Partial, Ref, Sym, Tuple, Value
from lambdalint.interpreter.walk import children, dotted_name

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("range")
def range_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 3)
    numbers = constants(machine, site.arguments)
    if numbers is not None:
        try:
            found = range(*numbers)
        except (TypeError, ValueError) as error:
            why = "`range()` does not take what it is given"
            raise machine.raise_builtin(type(error).__name__, site.node, site.frame, why) from None
        if len(found) <= 64:
            items = tuple(Const(number, site.place) for number in found)
            return machine.new(IteratorObject("range", items, place=site.place))
    machine.may_raise(("TypeError", "ValueError"))
    made = IteratorObject("range", (), machine.unknown(site.place, "int"), place=site.place)
    if len(site.arguments) == 1:
        made.bound = machine.state.resolve(site.arguments[0])
    return machine.new(made)


def _iterator(
    machine: Machine,
    site: CallSite,
    kind: str,
    items: list[Value],
    rest: Value | None,
    fails: Sequence[tuple[str, ...] | None] = (),
) -> Value:
    made = IteratorObject(kind, tuple(items), rest, place=site.place)
    made.fails = fails_of(fails)
    made.watched = tuple([seen._replace(beside=True) for seen in watch(machine, *site.arguments)])
    return machine.new(made)


@models("enumerate")
def enumerate_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 2)
    fails: list[tuple[str, ...] | None] = []
    found = _ahead(machine, site, site.arguments[0], fails)
    start_value = site.argument(1, "start")
    start = constants(machine, [start_value]) if start_value is not None else [0]
    number = start[0] if start is not None and isinstance(start[0], int) else None
    if number is None:
        machine.may_raise(("TypeError",))
    items: list[Value] = [
        Tuple(
            (Const(number + index, site.place) if number is not None else machine.unknown(site.place, "int"), item),
            site.place,
        )
        for index, item in enumerate(found.items)
    ]
    rest = None
    if found.rest is not None:
        rest = Tuple((machine.unknown(site.place, "int"), found.rest), site.place)
    return _iterator(machine, site, "enumerate", items, rest, fails)


@models("zip")
def zip_of(machine: Machine, site: CallSite) -> Value:
    parts: list[Elements] = []
    fails: list[tuple[str, ...] | None] = []
    for number, argument in enumerate(site.arguments):
        if parts and parts[-1] == Elements(()):  # zip stops at the first that is empty, and asks the others for nothing
            for other in site.arguments[number:]:
                _begun(machine, site, other)
            return _iterator(machine, site, "zip", [], None, fails)
        parts.append(_ahead(machine, site, argument, fails))
    if site.keywords:
        machine.may_raise(("ValueError",))
    if parts and all(part.rest is None for part in parts):
        items: list[Value] = [Tuple(group, site.place) for group in zip(*[part.items for part in parts])]
        return _iterator(machine, site, "zip", items, None, fails)
    if not parts:
        return _iterator(machine, site, "zip", [], None)
    joined = [any_of(machine, site, everything(part)) for part in parts]
    return _iterator(machine, site, "zip", [], Tuple(tuple(joined), site.place), fails)


def _begun(machine: Machine, site: CallSite, argument: Value) -> None:
    """`iter()` of an argument of which no element is asked for: it raises where there is nothing to iterate over."""
    value = machine.state.resolve(argument)
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, InstanceObject):
        machine.may_raise(None)
        escape.leak(machine, value)
    elif not isinstance(thing, IteratorObject):
        elements(machine, value, site.node, site.frame)


def _ahead(machine: Machine, site: CallSite, argument: Value, fails: list[tuple[str, ...] | None]) -> Elements:
    """What an argument gives to `zip` or `enumerate`, gone through ahead of the consumer, which may stop before: what a
    generator does then, it may not do. `fails`: what its steps may raise is added here."""
    value = machine.state.resolve(argument)
    thing = machine.object(value) if type(value) is Ref else None
    if type(value) is not Ref or not isinstance(thing, IteratorObject):
        return elements(machine, argument, site.node, site.frame)
    if thing.source is None:
        if not thing.leaked and thing.fails != ():
            fails.append(thing.fails)
            machine.state.write(value.id).fails = ()
        return elements(machine, argument, site.node, site.frame)
    before = machine.state.fork()
    found = later(machine, lambda: elements(machine, argument, site.node, site.frame), fails)
    doubt(machine, before, (value.id,))
    return found if found is not None else Elements((), machine.unknown(site.place))


@models("sorted")
def sorted_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    found = all_elements(machine, site.arguments[0], site.node, site.frame, any_order=True)
    values = constants(machine, list(found.items))
    why = unordered(machine, *found.items[:2]) if len(found.items) > 1 and "key" not in site.keywords else None
    if why is not None:
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, found.items[1])
    if found.rest is None and values is not None and not site.keywords:
        try:
            return machine.new(ListObject([Const(value, site.place) for value in sorted(values)], site.place))
        except TypeError:
            why = "`sorted()` is given what has no order"
            raise machine.raise_builtin("TypeError", site.node, site.frame, why) from None
    ordered = _by_what_is_first(machine, found) if not site.keywords else None
    if ordered is not None:
        return machine.new(ListObject(ordered, site.place))
    machine.may_raise(None if site.keywords else ("TypeError",))
    ask_key(machine, site, found)
    parts = everything(found)
    if found.rest is None and len(parts) == 1:
        return machine.new(ListObject(parts, site.place))
    return machine.new(ListObject([], site.place, "list", sequences.join_elements(machine, parts)))


def _by_what_is_first(machine: Machine, found: Elements) -> list[Value] | None:
    """Tuples in their order, where what stands first in them tells it: each begins with another constant."""
    if found.rest is not None or len(found.items) > MAX_UNROLL:
        return None
    first: dict[Any, Value] = {}
    for item in found.items:
        value = machine.state.resolve(item)
        if type(value) is not Tuple or not value.items:
            return None
        known, begins = sequences.key_of(machine, value.items[0])
        if not known or type(begins) not in (str, int, tuple):
            return None
        first[begins] = value
    try:
        return [first[begins] for begins in sorted(first)] if len(first) == len(found.items) else None
    except TypeError:
        return None


def ask_key(machine: Machine, site: CallSite, found: Elements) -> None:
    """Have the `key` that a call is given look at the elements, for what it reads of them. What it reaches may be
    changed, unless it does no more than look; so may whatever else the call is given by a keyword."""
    key = machine.state.resolve(site.keywords["key"]) if "key" in site.keywords else NONE
    for name, value in site.keywords.items():
        if name != "key" or not _only_looks(key):
            escape.leak(machine, value)
    if not isinstance(key, (Function, Bound, Partial)) or len(found.items) > MAX_UNROLL:
        return
    machine.consumed.add(id(site.node))
    before = machine.state.fork()
    for element in found.items:
        _apply(machine, site, key, element)  # what it raises for one of them, the call raises
    if found.rest is not None:
        later(machine, functools.partial(_apply, machine, site, key, found.rest), [], site.node)
    doubt(machine, before, ())


def _only_looks(key: Value) -> bool:
    """Whether it is a lambda that changes nothing: it calls what only looks, and binds no name; or a method that does
    not, `totals.get`."""
    if type(key) is Method and not may_be_data(key):
        return key.name.rpartition(".")[2] in _LOOKING
    if type(key) is not Function or not key.info.is_lambda:
        return False
    stack = [key.info.node.body]
    while stack:
        node = stack.pop()
        called = dotted_name(node.func).rpartition(".")[2] if isinstance(node, cst.Call) else ""
        if isinstance(node, cst.NamedExpr) or (isinstance(node, cst.Call) and called not in _LOOKING):
            return False
        stack += children(node)
    return True


#: Functions and methods of builtins that change nothing, by the last part of their names.
_LOOKING = frozenset({
    "len", "str", "int", "float", "abs", "bool", "tuple", "round", "get", "lower", "upper", "casefold", "strip",
    "split", "count", "timestamp", "isoformat",
})  # fmt: skip


@models("reversed")
def reversed_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 1)
    if kind_of(machine, site.arguments[0]) not in ("list", "tuple", "str", "dict", "range"):
        machine.may_raise(("TypeError",))
    found = elements(machine, site.arguments[0], site.node, site.frame)
    if found.rest is None:
        return _iterator(machine, site, "reversed", list(reversed(found.items)), None)
    return _iterator(machine, site, "reversed", [], sequences.join_elements(machine, everything(found)))


@models("iter")
def iter_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 2)
    value = machine.state.resolve(site.arguments[0])
    if len(site.arguments) == 2:
        escape.leak(machine, value)
        machine.may_raise(("TypeError",))
        return machine.unknown(site.place)
    if type(value) is Ref and isinstance(machine.object(value), IteratorObject):
        thing = machine.object(value)
        if thing.type != "range":  # type: ignore[attr-defined]
            return value
    if id(site.node) in machine.begun and type(value) is Sym and value.role == "event" and not value.options:
        return _iterator(machine, site, "iterator", [], first_of(machine, value, site.place))
    found = elements(machine, value, site.node, site.frame)
    return _iterator(machine, site, "iterator", list(found.items), found.rest)


@models("next")
def next_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 2)
    value = machine.state.resolve(site.arguments[0])
    default = site.arguments[1] if len(site.arguments) > 1 else None
    if type(value) is Ref:
        found = call_special(machine, value, "__next__", (), site.node, site.frame)
        if found is not None:
            return found
        thing = machine.object(value)
        if isinstance(thing, IteratorObject) and thing.source is None and not thing.leaked:
            if any(has_changed(machine.state, seen) for seen in thing.watched):
                machine.state.write(value.id).leaked = True
                machine.may_raise(("RuntimeError", "StopIteration"), after_effects=True)
                return machine.unknown(site.place)
            if thing.fails != ():
                machine.may_raise(thing.fails, after_effects=True)
            if thing.items:
                first, *later = thing.items
                machine.state.write(value.id).items = tuple(later)
                return first
            if thing.rest is None:
                if default is not None:
                    return default
                raise machine.raise_builtin("StopIteration", site.node, site.frame)
            if default is None:
                machine.may_raise(("StopIteration",))
                return picked(machine, thing.rest)
            return picked(machine, thing.rest) if machine.choose(2) == 0 else default
        # Nobody else has what a call gives right here, and asks it for more.
        alone = isinstance(site.node, cst.Call) and site.node.args and isinstance(site.node.args[0].value, cst.Call)
        first_one, known = first_yielded(machine, value, site.node, site.frame) if alone else (None, False)
        if known and first_one is None and default is None:
            raise machine.raise_builtin("StopIteration", site.node, site.frame)
        if known:
            return first_one or default or NONE
    escape.leak(machine, value)
    machine.may_raise(None)
    return machine.unknown(site.place)


@models("map", "filter")
def map_or_filter(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2)
    function = machine.state.resolve(site.arguments[0])
    fails: list[tuple[str, ...] | None] = []
    parts = [_ahead(machine, site, argument, fails) for argument in site.arguments[1:]]
    if site.name == "filter" and type(function) is Const and function.value is None:
        function = Outside("bool")
    if not_callable(machine, function):
        return _iterator(machine, site, site.name, [], machine.unknown(site.place))  # it fails when it is read
    if len(parts) > 1 or len(parts[0].items) > MAX_UNROLL:
        for argument in site.arguments:
            escape.leak(machine, argument)
        machine.may_raise(None)
        return _iterator(machine, site, site.name, [], machine.unknown(site.place))
    items: list[Value] = []
    rests: list[Value] = []
    watched = watch(machine, *site.arguments[1:])
    for index, element in enumerate(everything(parts[0])):
        certain = index < len(parts[0].items)
        many = None if certain else machine.made_choices()
        answer = later(machine, functools.partial(_apply, machine, site, function, element), fails, site.node)
        if answer is None and certain:
            rests.append(machine.unknown(site.place))  # or none: it fails here
            break
        if answer is None:
            continue
        changed = any(has_changed(machine.state, seen, index + 1) for seen in watched)
        if site.name == "map":
            answer, one = exactly_one(machine, many, answer)
            (items if (certain or one) and not rests else rests).append(answer)
        else:
            decided = decide(machine, answer)
            if decided is not False:
                (items if certain and decided and not rests else rests).append(element)
        if changed:
            fails += [("RuntimeError",)] if any(may_refuse(machine.state, seen) for seen in watched) else []
            rests.append(machine.unknown(site.place))
            break
    return _iterator(machine, site, site.name, items, sequences.join_elements(machine, rests), fails)


def _apply(machine: Machine, site: CallSite, function: Value, element: Value) -> Value:
    return call(machine, function, [element], {}, site.node, site.frame)
