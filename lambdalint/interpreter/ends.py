"""Where a path ends that gives nothing: at the last statement that it began in its function.

A state keeps that for each function that is being run, by the heap id of its variables, so that what other functions do
in between - calls, generators, the blocks of managers - is kept apart. It decides nothing: paths that are equal meet
wherever they come from, and what they are together has all their ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import libcst as cst

from lambdalint.interpreter.walk import children, statements_of

if TYPE_CHECKING:
    from lambdalint.interpreter.state import Fact, State

#: Of how many paths that have met the ends are kept.
_MOST = 16
#: And of how many that are at one statement.
_MOST_OF_ONE = 4


class End(NamedTuple):
    """The last statement of a path. What else that path alone knew is kept from when it meets others: its `facts`, the
    last call of a function that nothing is known of, and whether it went through an except clause."""

    node: Any
    facts: dict[Any, Fact] | None = None
    unseen_call: Any = None
    after_except: bool = False


def begin(state: State, scope: int, node: Any) -> None:
    """The path begins a statement, in the function whose variables have this heap id."""
    state.ends = {**state.ends, scope: (End(node),)}


def take(state: State, scope: int) -> tuple[End, ...]:
    """The function is left: the ends of the path, or of those that have become it."""
    found = state.ends.get(scope, ())
    if scope in state.ends:
        state.ends = {other: ends for other, ends in state.ends.items() if other != scope}
    return tuple([_told(end, state, state.facts) for end in found])


def meet(kept: State, other: State, facts: dict[Any, Fact]) -> None:
    """Two paths become one, the first. `facts`: those of the other, of the symbols as the first calls them."""
    own: dict[Any, Fact] | None = None
    for scope, ends in other.ends.items():
        known = kept.ends.get(scope, ())
        if not known or (known == ends and (ends[0].facts is not None or facts == kept.facts)):
            continue
        own = own if own is not None else dict(kept.facts)
        together = [_told(end, kept, own) for end in known]
        for end in ends:
            _join(together, _told(end, other, facts))
        kept.ends = {**kept.ends, scope: tuple(together)[:_MOST]}


def _join(together: list[End], end: End) -> None:
    """Take in one more end: of each statement there are a few, as different events lead there."""
    same = [number for number, known in enumerate(together) if known.node is end.node]
    if len(same) < _MOST_OF_ONE and all(together[number].facts != end.facts for number in same):
        together.append(end)
        return
    number = next((number for number in same if together[number].facts == end.facts), same[-1])
    together[number] = _either(together[number], end)


def _told(end: End, state: State, facts: dict[Any, Fact]) -> End:
    if end.facts is not None:
        return end
    return End(end.node, facts, state.unseen_call, state.after_except)


def _either(one: End, other: End) -> End:
    assert one.facts is not None
    assert other.facts is not None
    both = {key: fact for key, fact in one.facts.items() if other.facts.get(key) == fact}
    unseen = one.unseen_call or other.unseen_call
    return End(one.node, both, unseen, one.after_except and other.after_except)


def pointed_at(node: Any) -> Any:
    """What is pointed at of a statement: of one with a block, what decides whether that is run."""
    if isinstance(node, (cst.If, cst.While)):
        return node.test
    if isinstance(node, cst.For):
        return node.iter
    if isinstance(node, cst.Match):
        return node.subject
    if isinstance(node, cst.With):
        node = node.items[0]
    if isinstance(node, cst.WithItem):
        return node.item
    return node.name if isinstance(node, (cst.FunctionDef, cst.ClassDef)) else node


def ends_plainly(body: Any) -> bool:
    """Whether a block that comes to its end does so with a plain statement, or with an `else` that has one."""
    last = statements_of(body)[-1:] if isinstance(body, cst.BaseSuite) else tuple(body)[-1:]
    node = last[0] if last else None
    while isinstance(node, cst.If) and isinstance(node.orelse, cst.If):
        node = node.orelse
    if isinstance(node, cst.If):
        return node.orelse is not None and ends_plainly(node.orelse.body)
    return isinstance(node, cst.BaseSmallStatement) and not isinstance(node, cst.Pass)


def calls_at_end(body: tuple[Any, ...]) -> list[Any]:
    """The calls that stand alone as the last statement of a function, or of one of the blocks with which it ends."""
    found: list[Any] = []
    ends = [body]
    while ends:
        block = ends.pop()
        last = block[-1] if block else None
        if isinstance(last, cst.Expr) and isinstance(last.value, cst.Call):
            found.append(last.value)
        for part in children(last) if isinstance(last, cst.BaseCompoundStatement) else ():
            if isinstance(part, cst.BaseSuite):
                ends.append(statements_of(part))
            elif isinstance(part, cst.If):
                ends.append((part,))
            elif isinstance(part, (cst.Else, cst.ExceptHandler, cst.Finally)):
                ends.append(statements_of(part.body))
    return found
