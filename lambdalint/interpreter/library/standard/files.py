"""Files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.values import Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_BUFFERED = {"r": "io.BufferedReader", "w": "io.BufferedWriter", "a": "io.BufferedWriter", "x": "io.BufferedWriter"}


@models("open", "pathlib.PosixPath.open")
def open_file(machine: Machine, site: CallSite) -> Value:
    position = 1 if site.name == "open" else 0
    mode = text_argument(machine, site, position, "mode")
    machine.may_raise(("OSError", "ValueError", "TypeError", "LookupError"))
    if site.argument(position, "mode") is None:
        mode = "r"
    if mode is None or "buffering" in site.keywords:
        return machine.unknown(site.place)
    if "b" not in mode:
        return machine.unknown(site.place, "io.TextIOWrapper")
    return machine.unknown(site.place, _BUFFERED.get(mode[:1]) if "+" not in mode else None)
