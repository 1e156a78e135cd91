"""The match statement: patterns, and what matching them teaches."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.attributes import get_attribute
from lambdalint.interpreter.comparison import compare
from lambdalint.interpreter.conditions import condition, truth
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.execute import run_unsure
from lambdalint.interpreter.heap import ClassObject, DictObject, ListObject
from lambdalint.interpreter.items import get_item
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library import isinstance_condition
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.names import store_name
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.paths import NORMAL, Frame, Outcome
from lambdalint.interpreter.pruning import prune
from lambdalint.interpreter.sendable import loosen
from lambdalint.interpreter.sequences import dealt
from lambdalint.interpreter.state import State
from lambdalint.interpreter.values import Const, Outside, Ref, Sym, Tuple, Value
from lambdalint.interpreter.walk import PATTERNS, STATEMENTS, on


@on(STATEMENTS, cst.Match)
def match_statement(machine: Machine, node: cst.Match, state: State, frame: Frame) -> list[Outcome]:
    done: list[Outcome] = []
    for outcome in machine.explore(state, lambda: evaluate(machine, node.subject, frame), node):
        if outcome.kind is not NORMAL:
            done.append(outcome)
            continue
        assert outcome.value is not None
        done += _cases(machine, node, outcome.value, outcome.state, frame)
    return done


def _cases(machine: Machine, node: cst.Match, subject: Value, state: State, frame: Frame) -> list[Outcome]:
    done: list[Outcome] = []
    live = [state]
    for case in node.cases:
        following: list[State] = []

        def run(case: Any = case) -> Value:
            if not matches(machine, case.pattern, subject, frame):
                return Const(False)
            return Const(case.guard is None or truth(machine, evaluate(machine, case.guard, frame), case.guard, frame))

        for one in live:
            for outcome in machine.explore(one, run, case):
                if outcome.kind is not NORMAL:
                    done.append(outcome)
                elif outcome.value.value:  # type: ignore[union-attr]
                    done += run_unsure(machine, case.body, outcome.state, frame)
                else:
                    following.append(outcome.state)
        live = prune(machine, following, state, frame, None) if len(following) > 1 else following
        if not live:
            return done
    for one in live:
        loosen(one, state)
    return done + [Outcome(NORMAL, one) for one in live]


def matches(machine: Machine, pattern: Any, subject: Value, frame: Frame) -> bool:
    """Whether a pattern matches; where that is not known, both are followed. Captures are bound."""
    handler = PATTERNS.get(type(pattern))
    if handler is None:
        machine.lose("patterns")
        return machine.choose(2) == 0
    answer: bool = handler(machine, pattern, subject, frame)
    return answer


def _subject(machine: Machine, subject: Value) -> Value:
    subject = machine.state.resolve(subject)
    if type(subject) is Sym and subject.options:
        return choose_option(machine, subject)
    return subject


@on(PATTERNS, cst.MatchValue)
def value_pattern(machine: Machine, pattern: cst.MatchValue, subject: Value, frame: Frame) -> bool:
    expected = evaluate(machine, pattern.value, frame)
    answer = compare(machine, cst.Equal(), subject, expected, pattern.value, frame)
    return truth(machine, answer, pattern, frame)


@on(PATTERNS, cst.MatchSingleton)
def singleton_pattern(machine: Machine, pattern: cst.MatchSingleton, subject: Value, frame: Frame) -> bool:
    expected = evaluate(machine, pattern.value, frame)
    answer = condition(machine, ("is", subject, expected), machine.place(pattern, frame))
    return truth(machine, answer, pattern, frame)


@on(PATTERNS, cst.MatchAs)
def as_pattern(machine: Machine, pattern: cst.MatchAs, subject: Value, frame: Frame) -> bool:
    if pattern.pattern is not None and not matches(machine, pattern.pattern, subject, frame):
        return False
    if pattern.name is not None:
        store_name(machine, pattern.name.value, subject, frame)
    return True


@on(PATTERNS, cst.MatchOr)
def or_pattern(machine: Machine, pattern: cst.MatchOr, subject: Value, frame: Frame) -> bool:
    return any(matches(machine, element.pattern, subject, frame) for element in pattern.patterns)


@on(PATTERNS, cst.MatchList, cst.MatchTuple)
def sequence_pattern(machine: Machine, pattern: Any, subject: Value, frame: Frame) -> bool:
    subject = _subject(machine, subject)
    parts = list(pattern.patterns)
    stars = [index for index, part in enumerate(parts) if isinstance(part, cst.MatchStar)]
    kind = kind_of(machine, subject)
    if type(subject) is Const or kind in ("str", "bytes", "dict", "int", "float", "bool", "NoneType", "set"):
        return False
    known = type(subject) is Tuple or (type(subject) is Ref and isinstance(machine.object(subject), ListObject))
    if not known:
        if machine.choose(2) == 1:
            return False
        items: list[Value] = [
            machine.child(subject, "part", index, None, machine.place(part, frame))
            if type(subject) is Sym
            else machine.unknown(machine.place(part, frame))
            for index, part in enumerate(parts)
        ]
        json = type(subject) is Sym and subject.json
        return _match_parts(machine, parts, stars, _listed(machine, items, stars, json), frame)
    found = elements(machine, subject, pattern, frame)
    if found.rest is not None:
        if machine.choose(2) == 1:
            return False
        place = machine.place(pattern, frame)
        given = dealt(machine, found.items, found.rest, len(parts), stars[0] if stars else None, place)
        return _match_parts(machine, parts, stars, given, frame)
    items = list(found.items)
    if len(items) < len(parts) - len(stars) or (not stars and len(items) != len(parts)):
        return False
    if stars:
        star, after = stars[0], len(parts) - stars[0] - 1
        middle = machine.new(ListObject(items[star : len(items) - after], machine.place(pattern, frame)))
        items = [*items[:star], middle, *items[len(items) - after :]]
    return _match_parts(machine, parts, stars, items, frame)


def _listed(machine: Machine, items: list[Value], stars: list[int], json: bool) -> list[Value]:
    """What the parts of a pattern are matched with, where the star takes elements of which nothing is known: a list."""
    return [
        machine.new(ListObject([], item.place, "list", machine.unknown(item.place, json=json)))
        if index in stars
        else item
        for index, item in enumerate(items)
    ]


def _match_parts(machine: Machine, parts: list[Any], stars: list[int], items: list[Any], frame: Frame) -> bool:
    for index, (part, item) in enumerate(zip(parts, items)):
        if index in stars:
            if part.name is not None:
                store_name(machine, part.name.value, item, frame)
        elif not matches(machine, part.value, item, frame):
            return False
    return True


@on(PATTERNS, cst.MatchMapping)
def mapping_pattern(machine: Machine, pattern: cst.MatchMapping, subject: Value, frame: Frame) -> bool:
    subject = _subject(machine, subject)
    kind = kind_of(machine, subject)
    is_dict = type(subject) is Ref and isinstance(machine.object(subject), DictObject)
    if not is_dict:
        if kind is not None and kind != "dict":
            return False
        if type(subject) is not Sym and kind is None:
            if machine.choose(2) == 1:
                return False
        elif kind is None and not truth(
            machine,
            condition(machine, ("isinstance", subject, ("dict",)), machine.place(pattern, frame)),
            pattern,
            frame,
        ):
            return False
    for element in pattern.elements:
        key = evaluate(machine, element.key, frame)
        there = condition(machine, ("in", key, subject), machine.place(element, frame))
        if not truth(machine, there, element, frame):
            return False
        machine.guards += 1  # the key is there: the read raises nothing
        raising, machine.raising = machine.raising, []
        try:
            item = get_item(machine, subject, key, element, frame)
        finally:
            machine.guards -= 1
            machine.raising = raising
        if not matches(machine, element.pattern, item, frame):
            return False
    if pattern.rest is not None:
        made = DictObject(machine.place(pattern, frame))
        made.open = True
        store_name(machine, pattern.rest.value, machine.new(made), frame)
    return True


@on(PATTERNS, cst.MatchClass)
def class_pattern(machine: Machine, pattern: cst.MatchClass, subject: Value, frame: Frame) -> bool:
    cls = evaluate(machine, pattern.cls, frame)
    subject = _subject(machine, subject)
    answer = isinstance_condition(machine, subject, cls, machine.place(pattern, frame))
    if not truth(machine, answer, pattern, frame):
        return False
    names = _match_args(machine, cls)
    for index, part in enumerate(pattern.patterns):
        inner = part.value
        if names is not None and index < len(names):
            item = get_attribute(machine, subject, names[index], part, frame)
        elif type(cls) is Outside and len(pattern.patterns) == 1:
            item = subject  # `str(x)` captures the subject itself
        else:
            item = machine.unknown(machine.place(part, frame))
        if not matches(machine, inner, item, frame):
            return False
    for keyword in pattern.kwds:
        item = get_attribute(machine, subject, keyword.key.value, keyword, frame)
        if not matches(machine, keyword.pattern, item, frame):
            return False
    return True


def _match_args(machine: Machine, cls: Value) -> list[str] | None:
    cls = machine.state.resolve(cls)
    if type(cls) is Ref:
        thing = machine.object(cls)
        if isinstance(thing, ClassObject) and thing.fields:
            return [field.name for field in thing.fields if field.init and not field.keyword_only]
    return None
