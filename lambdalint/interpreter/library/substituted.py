"""`string.Template`: the names that its text has, and what `substitute` is given for them.

https://docs.python.org/3/library/string.html#template-strings-strings; tests/library_handlers/texts.txt asks Python.
"""

from __future__ import annotations

import string
from functools import lru_cache
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.values import Const, Ref, Sym

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@lru_cache(maxsize=256)
def _names(text: str) -> tuple[str, ...] | None:
    """The names in a template, in order; None where it is malformed."""
    found: dict[str, None] = {}
    for match in string.Template.pattern.finditer(text):
        if match["invalid"] is not None:
            return None
        name = match["named"] or match["braced"]
        if name is not None:
            found[name] = None
    return tuple(found)


def text_of(machine: Machine, site: CallSite) -> str | None:
    """The text that a template is made of, where it is constant."""
    text = site.argument(0, "template")
    text = machine.state.resolve(text) if text is not None else None
    return text.value if type(text) is Const and isinstance(text.value, str) else None


@demands("string.Template.substitute")
def _substituted(machine: Machine, site: CallSite) -> None:
    """Each name is to be given: by keyword, or in the dict."""
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else None
    names = _names(receiver.known) if type(receiver) is Sym and isinstance(receiver.known, str) else None
    mapping = machine.state.resolve(site.arguments[0]) if site.arguments else None
    thing = machine.object(mapping) if type(mapping) is Ref else None
    if names is None or (mapping is not None and not isinstance(thing, DictObject)):
        return
    for name in names:
        if name in site.keywords:
            continue
        if isinstance(thing, DictObject) and (thing.type != "dict" or not thing.lacks_surely(name)):
            continue
        why = f"the template has `${name}`, for which `substitute()` is given nothing"
        raise machine.raise_builtin("KeyError", site.node, site.frame, why)
