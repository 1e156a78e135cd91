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


@models("open", "pathlib.PosixPath.open", "tempfile.TemporaryFile")
def open_file(machine: Machine, site: CallSite) -> Value:
    position = 1 if site.name == "open" else 0
    mode = text_argument(machine, site, position, "mode")
    machine.may_raise(("OSError", "ValueError", "TypeError", "LookupError"))
    if site.argument(position, "mode") is None:
        mode = "w+b" if site.name == "tempfile.TemporaryFile" else "r"
    if mode is None or "buffering" in site.keywords:
        return machine.unknown(site.place)
    if "b" not in mode:
        return machine.unknown(site.place, "io.TextIOWrapper")
    return machine.unknown(site.place, _BUFFERED.get(mode.strip("b")[:1]) if "+" not in mode else "io.BufferedRandom")


@models("gzip.open", "bz2.open", "lzma.open")
def open_packed(machine: Machine, site: CallSite) -> Value:
    mode = text_argument(machine, site, 1, "mode")
    machine.may_raise(("OSError", "ValueError", "TypeError", "LookupError", "AttributeError"))
    if site.argument(1, "mode") is None:
        mode = "rb"
    if mode is None:
        return machine.unknown(site.place)
    return machine.unknown(site.place, "io.TextIOWrapper" if "t" in mode else _PACKED[site.name.partition(".")[0]])


_PACKED = {"gzip": "gzip.GzipFile", "bz2": "bz2.BZ2File", "lzma": "lzma.LZMAFile"}


@models("zipfile.ZipFile.open")
def open_member(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    read = site.argument(1, "mode") is None or text_argument(machine, site, 1, "mode") == "r"
    return machine.unknown(site.place, "zipfile.ZipExtFile" if read else None)
