"""Functions of the standard library that work on a text, and fail by what they do with anything else.

Sources: Lib/urllib/parse.py and Lib/re of Python 3.10 to 3.14. tests/library_handlers/asked_texts.txt asks them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.certain import kinds_of, told
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.plain import HIDDEN, URLS

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: Of the text of a URL: by what they fail that are no texts of pydantic.
_ON_URLS = {
    **dict.fromkeys(("urlparse", "urlsplit", "unquote_plus", "parse_qs", "parse_qsl", "urldefrag"), "AttributeError"),
    **dict.fromkeys(("urljoin", "quote", "quote_plus", "unquote"), "TypeError"),
}


@demands(*[f"urllib.parse.{name}" for name in _ON_URLS], "urllib.request.urlopen")
def _text_of_url(machine: Machine, site: CallSite) -> None:
    name = site.name.rpartition(".")[2]
    for value in site.arguments[: 2 if name == "urljoin" else 1]:
        if kind_of(machine, value) in URLS | HIDDEN:
            why = f"`{name}()` takes a text, and this is {said(machine, value)}"
            raise machine.raise_builtin(_ON_URLS.get(name, "AttributeError"), site.node, site.frame, why, value)


#: Where what is searched stands, among the arguments of a function and of a pattern's method.
_SEARCHED = {
    **dict.fromkeys(("match", "search", "fullmatch", "findall", "finditer", "split"), 1),
    **dict.fromkeys(("sub", "subn"), 2),
}
_TEXTS = frozenset({"str", "bytes", "bytearray"})


@demands(*[f"{owner}.{name}" for owner in ("re", "re.Pattern") for name in _SEARCHED])
def _searched(machine: Machine, site: CallSite) -> None:
    """`re.match(pattern, 5)`: https://docs.python.org/3/library/re.html"""
    owner, _, name = site.name.rpartition(".")
    value = site.argument(_SEARCHED[name] - (owner == "re.Pattern"), "string")
    kinds = kinds_of(machine, value) if value is not None else None
    if value is not None and kinds is None:
        machine.recorder.given_event(machine.state.resolve(value), _TEXTS)
    if value is not None and kinds and _TEXTS.isdisjoint(kinds):
        why = f"`{name}()` searches a `str` or `bytes`, and not {told(machine, value)}"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)
