"""What compressing gives: bytes that begin with the mark of their format, which no text in UTF-8 does.

Sources: RFC 1952 (gzip), RFC 1950 (zlib at the default level), https://tukaani.org/xz/xz-file-format.txt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: In Latin-1, a character a byte.
_MARKS = {"gzip.compress": "\x1f\x8b", "zlib.compress": "\x78\x9c", "lzma.compress": "\xfd7zXZ\x00"}


@models(*_MARKS)
def compress(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(("TypeError", "ValueError", "OverflowError", "zlib.error", "lzma.LZMAError"))
    plain = len(site.arguments) == 1 and not site.keywords
    mark = _MARKS[site.name] if plain or site.name == "gzip.compress" else None
    return Sym(machine.state.fresh(), "bytes", site.place, prefix=mark)
