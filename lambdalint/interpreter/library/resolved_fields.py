"""Powertools' resolvers of AppSync and of agents: each gives what the function gives that the event asks for, for what
is published a list of that; an agent is given text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.resolver_entries import (
    MAX_ROUTES,
    entries_of,
    forget_entries,
    kind_of_entry,
    routes_of,
    run_entry,
    showing,
)
from lambdalint.interpreter.library.resolvers import TOOLS, each, is_falsy
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.paths import NORMAL, RAISE, Outcome
from lambdalint.interpreter.pruning import thin
from lambdalint.interpreter.values import NONE, TRUE, Const, Coroutine, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models(*each(("AppSyncResolver",), ("resolve", "__call__")))
def resolve_field(machine: Machine, site: CallSite) -> Value:
    """One of the fields' functions gives the answer, or of those that are called for each event of a batch, a list of
    what they give."""
    thing = routes_of(machine, site)
    kinds = {"resolver", "batch_resolver", "async_batch_resolver"}
    entries = entries_of(thing) if thing is not None else []
    if not entries or thing is None or not set(map(kind_of_entry, entries)) <= kinds:
        return _unknown_answer(machine, site)

    def outcomes() -> list[Outcome]:
        found: list[Outcome] = []
        for entry in entries[:MAX_ROUTES]:
            kind, together = kind_of_entry(entry), entry.items[2]
            for outcome in run_entry(machine, entry, site, kind == "async_batch_resolver", together is not TRUE):
                if outcome.kind is RAISE:
                    found.append(outcome)
                    continue
                value = outcome.value or NONE
                if kind == "batch_resolver" and isinstance(value, Coroutine):  # it is no list
                    value = machine.unknown(site.place)
                elif kind != "resolver" and together is not NONE and is_falsy(machine, together):
                    value = _list_of(outcome, site, value)
                elif kind != "resolver" and together is NONE:
                    value = machine.unknown(site.place)
                found.append(Outcome(NORMAL, outcome.state, value, outcome.node))
        return thin(machine, found)

    return _one_of(machine, site, thing, outcomes)


@models(*each(("AppSyncEventsResolver",), ("resolve", "__call__")))
def resolve_published(machine: Machine, site: CallSite) -> Value:
    """What a channel's function makes of what is published, in a list; what it raises is told beside it. Whoever
    subscribes gets None."""
    thing = routes_of(machine, site)
    entries = entries_of(thing) if thing is not None else []
    if not entries or thing is None:
        return _unknown_answer(machine, site)

    def outcomes() -> list[Outcome]:
        found: list[Outcome] = []
        for entry in entries[:MAX_ROUTES]:
            kind = kind_of_entry(entry)
            for outcome in run_entry(machine, entry, site, kind == "async_on_publish", catches=True):
                if outcome.kind is not RAISE:
                    value = _published(machine, site, outcome, entry) if kind != "on_subscribe" else NONE
                    found.append(Outcome(NORMAL, outcome.state, value, outcome.node))
        return thin(machine, found) or [Outcome(NORMAL, machine.state.fork(), machine.unknown(site.place))]

    return _one_of(machine, site, thing, outcomes)


def _published(machine: Machine, site: CallSite, outcome: Outcome, entry: Tuple) -> Value:
    """The answer to events that were published, of which the function has made something."""
    value = outcome.value or NONE
    if type(entry.items[2]) is not Const or entry.items[2].value is None:
        return machine.unknown(site.place)
    if not entry.items[2].value:
        one = DictObject(site.place)
        one.items = {"id": Item(Sym(outcome.state.fresh(), None, site.place), site.place),
                     "payload": Item(value, site.place)}  # fmt: skip
        value = _list_of(outcome, site, outcome.state.add(one))
    answer = DictObject(site.place)
    answer.items = {"events": Item(value, site.place)}
    return outcome.state.add(answer)


def _list_of(outcome: Outcome, site: CallSite, first: Value) -> Value:
    """A list that begins with a value, and goes on with what is not known."""
    return outcome.state.add(ListObject([first], site.place, "list", Sym(outcome.state.fresh(), None, site.place)))


def _one_of(machine: Machine, site: CallSite, thing: ListObject, outcomes: Callable[[], list[Outcome]]) -> Value:
    """What a function answers that the event asks for."""
    machine.may_raise(None)
    with showing(machine, site):
        outcome = machine.choose_outcome(outcomes)
    forget_entries(machine, thing)
    if outcome.kind is RAISE or outcome.value is None:
        return machine.unknown(site.place)
    return outcome.value


def _unknown_answer(machine: Machine, site: CallSite) -> Value:
    if site.receiver is not None:
        leak(machine, site.receiver)
    machine.may_raise(None, after_effects=True)
    return machine.unknown(site.place)


@models(*each(tuple(TOOLS), ("resolve", "__call__")))
def resolve_tool(machine: Machine, site: CallSite) -> Value:
    """An agent is told what its tool gives, or why it failed, as a text."""
    thing = routes_of(machine, site)
    if thing is not None:
        for entry in entries_of(thing)[:MAX_ROUTES]:
            run_entry(machine, entry, site, catches=True)
        forget_entries(machine, thing)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    return make(machine, TOOLS[site.name.split(".")[-2]], site.place)
