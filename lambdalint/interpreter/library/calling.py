"""A call outside the project: a model answers, or a row of the table, or nothing that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, IteratorObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library import arity, hooks, models, refusals, signatures, stubs
from lambdalint.interpreter.library.contents import made_of
from lambdalint.interpreter.library.decoded import note_decoded
from lambdalint.interpreter.library.demands import demand
from lambdalint.interpreter.library.followed import answer, call_followed
from lambdalint.interpreter.library.harmless import asks_service, changes_nothing
from lambdalint.interpreter.library.moments import note_zone
from lambdalint.interpreter.library.names import canonical, is_standard
from lambdalint.interpreter.library.nothing import note_nothing
from lambdalint.interpreter.library.read_up import note_read
from lambdalint.interpreter.library.remembered import known_of, refuse, remember
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.tables.drivers import HANDLE
from lambdalint.interpreter.library.types import Row, make, parse_row
from lambdalint.interpreter.library.written import note_made, refuse_form
from lambdalint.interpreter.machine import follows
from lambdalint.interpreter.replies import note_call
from lambdalint.interpreter.values import Bound, Const, Function, Partial, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: Calls that say nothing to a rule: methods of builtin types, and builtins but for a few.
_BUILTIN_METHODS = ("?.", "dict.", "list.", "str.", "bytes.", "set.", "tuple.", "int.", "float.", "dict_", "object.")
_NOTED = frozenset({"open", "exec", "eval", "exit", "quit", "print", "bytes.decode"})

#: Whatever these are given by `**`: an operation of AWS answers with the same keys, a class with its instance.
_ANYHOW = ("boto3.", "types.SimpleNamespace")
#: The classes of drivers from which a connection can be told to make objects of another class.
OF_DRIVERS = ("psycopg2.extensions.", "pymysql.connections.Connection", "pymysql.cursors.Cursor")


def call_library(machine: Machine, site: CallSite) -> Value:
    """Call something outside the project.

    Raises:
        Raised: it raises, on paper.
    """
    site.name = canonical(site.name)
    told = answer(machine, site)
    if told is not None:
        return told
    if follows(machine, site.name):
        return call_followed(machine, site)
    patched = bool(machine.patched) and site.name.split(".")[0] in machine.patched
    site.open = site.open or patched
    note_call(machine, site.name, site.values())
    if asks_service(site.name):
        machine.may_fail_outside()
    decoding = site.name == "str" and len(site.arguments) + len(site.keywords) > 1
    if decoding or site.name in _NOTED or ("." in site.name and not site.name.startswith(_BUILTIN_METHODS)):
        machine.recorder.call(machine, site, lambda: hooks.converted(machine, site))
    if not site.open and arity.refuses(site.name, site.receiver is not None, len(site.arguments), tuple(site.keywords)):
        why = f"`{site.name.removeprefix('builtins.')}()` is not called with these arguments"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why)
    if not site.open and "." in site.name:
        refuse_call(machine, site)
    if not site.open:
        demand(machine, site)
    refuse(machine, site)
    refuse_form(machine, site)
    remembered = known_of(machine, site)
    wrong = refusals.refused(machine, site)
    if wrong is not None:
        raise machine.raise_builtin(wrong.error, site.node, site.frame, wrong.why, wrong.value)
    model = models.find(site.name)
    known = not site.open or (not patched and (site.name.startswith(_ANYHOW) or _of_json(machine, site)))
    if model is not None and known:
        made = note_made(machine, site, note_decoded(machine, site, model(machine, site)))
        return remember(machine, remembered, note_nothing(site, made))
    mark_escaped(machine, site)
    row = CALLS.get(site.name)
    if row is not None and known:
        hand_over(machine, site)
        forget_cursors(machine, site.values())
        made = note_decoded(machine, site, from_row(machine, site, parse_row(row)))
        made = note_read(machine, site, note_zone(machine, site, made))
        return remember(machine, remembered, note_nothing(site, made))
    if site.receiver is None and not is_standard(site.name.partition(".")[0]):
        machine.state.unseen_call = site.node
    changes = not changes_nothing(site.name)
    if not changes:
        hand_over(machine, site)
        forget_cursors(machine, [*site.values(), *([site.receiver] if site.receiver is not None else [])])
    else:
        for value in site.values():
            leak(machine, value)
        if site.receiver is not None:
            leak(machine, site.receiver)
        machine.state.epoch += 1
    machine.may_raise(None, after_effects=changes)
    said = stubs.call(site.name) if not patched and is_standard(site.name.partition(".")[0]) else None
    return remember(machine, remembered, make(machine, said or "?", site.place, _receiver(machine, site)))


#: What gives the same whatever it is told by JSON, which holds no class of cursors: the settings of a database.
_CONNECTING = frozenset({"psycopg2.connect", "psycopg.connect", "pymysql.connect"})


def _of_json(machine: Machine, site: CallSite) -> bool:
    """Whether a connection is made with settings that came as JSON: `psycopg2.connect(**secret)`."""
    return site.name in _CONNECTING and id(site.node) in machine.spread_json


def refuse_call(machine: Machine, site: CallSite) -> None:
    """Ask the table of signatures.

    Raises:
        Raised: no version of the library takes such a call.
    """
    found = signatures.refusal(site.name, len(site.arguments), tuple(site.keywords))
    if found is None or not of_known_class(machine, site.receiver, site.name):
        return
    if not found.version:
        raise machine.raise_builtin("TypeError", site.node, site.frame, found.why, anyhow=True)
    kind = "AttributeError" if found.why.endswith(" is gone") else "TypeError"
    why = f"{found.why} in {found.version}"
    machine.recorder.fails(machine, site.place, kind, why, "where that is installed")


def of_known_class(machine: Machine, value: Value | None, name: str) -> bool:
    """Whether an object that is named so is of the library's own class: a driver can be told to make others."""
    return not name.startswith(OF_DRIVERS) or has_form(machine, value)


def has_form(machine: Machine, value: Value | None) -> bool:
    """Whether a connection or cursor is one of its driver's own, and not of a class that the project derived."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is not Sym or value.given is None or not machine.state.holds(value.given.id):
        return False
    thing = machine.object(value.given)
    form = machine.state.resolve(thing.items[0]) if isinstance(thing, ListObject) and thing.items else None
    return type(form) is Const and bool(form.value) and not thing.leaked


def from_row(machine: Machine, site: CallSite, row: Row) -> Value:
    """The value that a row of the table gives."""
    given = [kind_of(machine, value) for value in site.values()]
    raises = row.exceptions(given)
    if raises:
        machine.may_raise(raises)
    if row.type == site.name == "decimal.Decimal":
        return made_of(machine, site, row.type)
    text = row.type
    if "like0" in text:
        text = text.replace("like0", given[0] if given and given[0] in ("str", "bytes") else "?")
    made = make(machine, text, site.place, _receiver(machine, site))
    if site.name.startswith("redis.") and type(made) is Sym:
        for option in made.options:
            if type(option) is Sym and option.kind is not None:
                option.told = f"Redis gives `{option.kind}`"
    return made


def _receiver(machine: Machine, site: CallSite) -> Value | None:
    return machine.state.resolve(site.receiver) if site.receiver is not None else None


def mark_escaped(machine: Machine, site: CallSite) -> None:
    """Mark the dicts that are handed over: they are not let fall."""
    for value in site.values():
        value = machine.state.resolve(value)
        if type(value) is Ref and isinstance(machine.object(value), DictObject):
            machine.state.write(value.id).escaped = True


def forget_cursors(machine: Machine, values: list[Value]) -> None:
    """What a library that changes no container may have done with a connection or cursor of a database's."""
    for value in values:
        value = machine.state.resolve(value)
        if type(value) is Sym and value.given is not None and machine.state.holds(value.given.id):
            thing = machine.object(value.given)
            if isinstance(thing, ListObject) and thing.type == HANDLE:
                leak(machine, value.given)


def hand_over(machine: Machine, site: CallSite) -> None:
    """What is called changes no container that it is given; functions it may call, and iterators go through."""
    for value in site.values():
        value = machine.state.resolve(value)
        thing = machine.object(value) if type(value) is Ref else None
        if isinstance(value, (Function, Bound, Partial)) or isinstance(thing, (ClassObject, IteratorObject)):
            leak(machine, value)
