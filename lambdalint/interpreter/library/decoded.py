"""What decoding a text of the event gives: still what the event holds, under another path.

`json.loads(event["body"])["name"]` has the path ("body", "json.loads()", "name"). Parts of a path that end in `()` are
decoders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.shapes import DECODERS, SPACED
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


def note_decoded(machine: Machine, site: CallSite, made: Value) -> Value:
    """Tell a value that a decoder made of a part of the event where it comes from."""
    spaced = _spaces(machine, site)
    name = SPACED if spaced else site.name
    if (spaced or name in DECODERS) and type(made) is Sym and made.event is None and type(made.id) is int:
        if site.name.endswith("loads") and not made.json:  # a hook decides what it gives
            return made
        given = site.receiver if site.receiver is not None else next(iter(site.arguments), None)
        given = machine.state.resolve(given) if given is not None else None
        if type(given) is Sym and given.event:
            made.event = (*given.event, f"{name}()")
    return made


def _spaces(machine: Machine, site: CallSite) -> bool:
    """Whether it is `.replace("+", " ")`, half of what decodes a form."""
    if site.name.rpartition(".")[2] != "replace" or site.receiver is None or len(site.arguments) != 2:
        return False
    return all(is_const(machine.state.resolve(value), text) for value, text in zip(site.arguments, "+ "))
