"""What an expression comes to. All evaluation is here and in `functions`; past a bound a value is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from lambdalint.finding import Place
from lambdalint.project.descriptors.terraform.bodies import Expr
from lambdalint.project.descriptors.terraform.functions import FUNCTIONS, Failed, Surroundings
from lambdalint.project.descriptors.terraform.values import HOLE, UNKNOWN, Value, as_text, unknown

#: Expressions that one reading evaluates, how deep one leads into another, and the most that a value may hold.
MAX_STEPS = 50_000
MAX_DEPTH = 60
MAX_LENGTH = 100_000
MAX_ELEMENTS = 1_000

#: A step from a value to a part of it: the name of an attribute, or an index.
Step = str | Value


class Finder(Protocol):
    """Finds what a name of the module stands for."""

    def resolve(self, name: str, steps: Sequence[Step], place: Place) -> tuple[Value, int]:
        """The value that a name and the first steps behind it stand for, and how many steps those are."""
        ...


@dataclass(slots=True)
class Work:
    """What one reading has spent."""

    steps: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: the module's names, and those of `for`, `each` and `count` about it."""

    finder: Finder
    work: Work
    around: Surroundings
    names: Mapping[str, Value]

    def with_names(self, names: Mapping[str, Value]) -> Scope:
        """The same with more names."""
        return replace(self, names={**self.names, **names})


def evaluate(expr: Expr, scope: Scope) -> Value:
    """What an expression comes to; unknown where Terraform would refuse it."""
    try:
        return _evaluate(expr, scope)
    except Failed:
        return unknown(expr.place)


def _evaluate(expr: Expr, scope: Scope) -> Value:
    work = scope.work
    work.steps += 1
    if work.steps > MAX_STEPS or work.depth > MAX_DEPTH:
        return unknown(expr.place)
    work.depth += 1
    try:
        return _KINDS[expr.kind](expr, scope)
    finally:
        work.depth -= 1


def _literal(expr: Expr, scope: Scope) -> Value:
    return Value(expr.value, expr.place)


def _unknown(expr: Expr, scope: Scope) -> Value:
    return unknown(expr.place, *(_evaluate(part, scope) for part in expr.parts))


def _template(expr: Expr, scope: Scope) -> Value:
    values = [_evaluate(part, scope) for part in expr.parts]
    texts = [as_text(value) for value in values]
    refs = unknown(expr.place, *values).refs
    if sum(len(text or "") for text in texts) > MAX_LENGTH:
        return Value(UNKNOWN, expr.place, refs)
    if None not in texts:
        return Value("".join(text or "" for text in texts), expr.place, refs)
    pattern = "".join((value.pattern or HOLE) if text is None else text for text, value in zip(texts, values))
    return Value(UNKNOWN, expr.place, refs, pattern=pattern)


def _list(expr: Expr, scope: Scope) -> Value:
    return Value(tuple(_evaluate(part, scope) for part in expr.parts[:MAX_ELEMENTS]), expr.place, open=_long(expr))


def _object(expr: Expr, scope: Scope) -> Value:
    found: dict[str, Value] = {}
    is_open = _long(expr)
    for key, part in list(zip(expr.parts[::2], expr.parts[1::2]))[:MAX_ELEMENTS]:
        name = as_text(_evaluate(key, scope))
        if name is None:
            is_open = True
        else:
            found[name] = _evaluate(part, scope)
    return Value(found, expr.place, open=is_open)


def _long(expr: Expr) -> bool:
    return len(expr.parts) > MAX_ELEMENTS


def _chain(expr: Expr, scope: Scope) -> Value:
    """A name, and what follows it: `a.b[0].c`."""
    steps: list[Step] = []
    base = expr
    while base.kind in ("attribute", "index"):
        steps.append(str(base.value) if base.kind == "attribute" else _evaluate(base.parts[1], scope))
        base = base.parts[0]
    steps.reverse()
    if base.kind != "name" or str(base.value) in scope.names:
        value = scope.names[str(base.value)] if base.kind == "name" else _evaluate(base, scope)
        used = 0
    else:
        value, used = scope.finder.resolve(str(base.value), steps, expr.place)
    for step in steps[used:]:
        value = step_into(value, step, expr.place)
    return value


def step_into(value: Value, step: Step, place: Place) -> Value:
    """A part of a value.

    Raises:
        Failed: it surely has no such part.
    """
    whole = value.refs[0].of if len(value.refs) == 1 and value.refs[0].attribute == "" else None
    if whole is not None and value.data is UNKNOWN:
        return whole.attribute(step, place) if isinstance(step, str) else value
    key = step if isinstance(step, str) else as_text(step)
    if key is None:
        return Value(UNKNOWN, place)  # any part: no reference is sure
    if value.data is UNKNOWN:
        return unknown(place, value)
    if isinstance(value.data, dict) and key in value.data:
        return value.data[key]
    if isinstance(value.data, tuple) and key.isdecimal() and len(key) < 6 and int(key) < len(value.data):
        return value.data[int(key)]
    if value.open:
        return unknown(place)
    raise Failed


def _splat(expr: Expr, scope: Scope) -> Value:
    over = _evaluate(expr.parts[0], scope)
    if over.is_null:
        return Value((), expr.place)
    if len(over.refs) == 1 and over.refs[0].attribute == "":  # one thing counts as a list of one
        over = Value((over,), expr.place)
    if not isinstance(over.data, tuple):
        return unknown(expr.place, over)
    made = tuple(_evaluate(expr.parts[1], scope.with_names({"*": one})) for one in over.data)
    return Value(made, expr.place, open=over.open)


def _call(expr: Expr, scope: Scope) -> Value:
    name = str(expr.value).rpartition("::")[2]
    if name in ("try", "can"):
        return _try(expr, scope, name)
    arguments = [_evaluate(part, scope) for part in expr.parts]
    if expr.kind == "call-spread" and arguments:
        last = arguments.pop()
        if not isinstance(last.data, tuple) or last.open:
            return unknown(expr.place, *arguments, last)
        arguments += last.data
    make = FUNCTIONS.get(name)
    return make(arguments, expr.place, scope.around) if make is not None else unknown(expr.place, *arguments)


def _try(expr: Expr, scope: Scope, name: str) -> Value:
    for part in expr.parts:
        try:
            value = _evaluate(part, scope)
        except Failed:
            continue
        if name == "can":
            return Value(True, expr.place) if value.known else unknown(expr.place)
        return value
    if name == "can":
        return Value(False, expr.place)
    raise Failed


def _conditional(expr: Expr, scope: Scope) -> Value:
    test, one, other = expr.parts
    truth = _evaluate(test, scope).truth
    if truth is not None:
        return _evaluate(one if truth else other, scope)
    either = [evaluate(part, scope) for part in (one, other)]  # no reference is sure
    if isinstance(either[0].data, (str, int, bool)) and _same(*either):
        return either[0]
    some = [value for value in either if not value.is_empty]
    return Value(UNKNOWN, expr.place, unless_empty=some[0] if len(some) == 1 else None)


def _not(expr: Expr, scope: Scope) -> Value:
    truth = _evaluate(expr.parts[0], scope).truth
    return unknown(expr.place) if truth is None else Value(not truth, expr.place)


def _negative(expr: Expr, scope: Scope) -> Value:
    number = _evaluate(expr.parts[0], scope).data
    if isinstance(number, (int, float)) and not isinstance(number, bool):
        return Value(-number, expr.place)
    return unknown(expr.place)


_ARITHMETIC: Mapping[str, Callable[[float, float], float | bool]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: int(a / b) if (a / b).is_integer() else a / b,
    "%": lambda a, b: a % b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def _binary(expr: Expr, scope: Scope) -> Value:
    first, second = (_evaluate(part, scope) for part in expr.parts)
    operator = str(expr.value)
    if operator in ("&&", "||"):
        decisive = operator == "||"
        truths = (first.truth, second.truth)
        if decisive in truths:
            return Value(decisive, expr.place)
        return Value(not decisive, expr.place) if None not in truths else unknown(expr.place)
    if operator in ("==", "!="):
        same = _same(first, second)
        return unknown(expr.place) if same is None else Value(same == (operator == "=="), expr.place)
    numbers = [value.data for value in (first, second)]
    one, other = numbers
    if isinstance(one, (int, float)) and isinstance(other, (int, float)) and max(abs(one), abs(other)) < 1e15:
        try:
            return Value(_ARITHMETIC[operator](one, other), expr.place)
        except (ArithmeticError, KeyError):
            pass
    return unknown(expr.place)


def _same(first: Value, second: Value) -> bool | None:
    """Whether two values are equal, where that is known."""
    one, other = first.data, second.data
    if one is UNKNOWN or other is UNKNOWN:
        return None
    if one is None or other is None:
        return one is other
    if isinstance(one, (tuple, dict)) or isinstance(other, (tuple, dict)):
        empty = not one and not other and type(one) is type(other) and first.known and second.known
        return True if empty else None
    return one == other if type(one) is type(other) else None


def _for(expr: Expr, scope: Scope) -> Value:
    over = _evaluate(expr.parts[0], scope)
    named = str(expr.value).split(",")
    if not isinstance(over.data, (tuple, dict)):
        return unknown(expr.place, over)
    pairs = (
        [(Value(key, expr.place), one) for key, one in sorted(over.data.items())]
        if isinstance(over.data, dict)
        else [(Value(index, expr.place), one) for index, one in enumerate(over.data)]
    )
    is_list = expr.kind == "for-list"
    made: list[tuple[str | None, Value]] = []
    is_open = over.open
    _, *parts = expr.parts
    for pair in pairs:
        inner = scope.with_names(dict(zip(named[::-1], pair[::-1])))
        test = _evaluate(parts[-1], inner).truth if len(parts) > (1 if is_list else 2) else True
        if test is None:
            is_open = True
        elif test:
            key = None if is_list else as_text(_evaluate(parts[0], inner))
            made.append((key, _evaluate(parts[0 if is_list else 1], inner)))
    if is_list:
        return Value(tuple(value for _, value in made), expr.place, open=is_open)
    if any(key is None for key, _ in made) or expr.kind == "for-groups":
        return unknown(expr.place, *(value for _, value in made))
    return Value({str(key): value for key, value in made}, expr.place, open=is_open)


_KINDS: Mapping[str, Callable[[Expr, Scope], Value]] = {
    "literal": _literal,
    "template": _template,
    "list": _list,
    "object": _object,
    "name": _chain,
    "attribute": _chain,
    "index": _chain,
    "splat": _splat,
    "call": _call,
    "call-spread": _call,
    "conditional": _conditional,
    "not": _not,
    "negative": _negative,
    "binary": _binary,
    "for-list": _for,
    "for-object": _for,
    "for-groups": _for,
    "unknown": _unknown,
}
