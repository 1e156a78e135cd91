"""Paths whose text is known: os.path on constants, and pathlib's paths.

A path of pathlib is a symbol whose identity is its text: two of the same text are equal. Nothing is looked up in the
file system: a relative path is made absolute only where it is known in which folder the code runs.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.path_values import as_path, path_text, text_of_path
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.types import parse_row
from lambdalint.interpreter.values import Const, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_PATH = "pathlib.PosixPath"
_PURE: dict[str, Callable[..., str]] = {
    "join": posixpath.join,
    "dirname": posixpath.dirname,
    "basename": posixpath.basename,
    "normpath": posixpath.normpath,
}


def _absolute(machine: Machine, text: str) -> str | None:
    if not posixpath.isabs(text):
        if machine.script is None:
            return None
        text = posixpath.join(machine.script.folder, text)
    return posixpath.normpath(text)


def _from_table(machine: Machine, site: CallSite) -> Value:
    """What the table says of it, where the text is not known."""
    from lambdalint.interpreter.library.calling import from_row

    return from_row(machine, site, parse_row(CALLS[site.name]))


def _texts(machine: Machine, site: CallSite) -> list[str] | None:
    """The arguments as paths; None where one is not known."""
    texts = [text_of_path(machine.state.resolve(value)) for value in site.arguments]
    known = [text for text in texts if text is not None]
    return known if len(known) == len(texts) and not site.keywords else None


@models(*[f"posixpath.{name}" for name in _PURE])
def pure(machine: Machine, site: CallSite) -> Value:
    texts = _texts(machine, site)
    try:
        return Const(_PURE[site.name.rpartition(".")[2]](*texts or ()), site.place)
    except TypeError:  # none, or another number of them
        return _from_table(machine, site)


@models("posixpath.abspath", "posixpath.realpath")
def absolute(machine: Machine, site: CallSite) -> Value:
    texts = _texts(machine, site)
    found = _absolute(machine, texts[0]) if texts is not None and len(texts) == 1 else None
    return Const(found, site.place) if found is not None else _from_table(machine, site)


@models("os.getcwd", "pathlib.Path.cwd")
def working_folder(machine: Machine, site: CallSite) -> Value:
    if machine.script is None:
        return _from_table(machine, site)
    folder = machine.script.folder
    return Const(folder, site.place) if site.name == "os.getcwd" else as_path(folder, site.place)


@models("pathlib.Path")
def new_path(machine: Machine, site: CallSite) -> Value:
    texts = _texts(machine, site)
    return as_path(PurePosixPath(*texts), site.place) if texts is not None else _from_table(machine, site)


@models(*[f"{_PATH}.{name}" for name in ("joinpath", "with_name", "with_suffix", "as_posix", "resolve", "absolute")])
def method(machine: Machine, site: CallSite) -> Value:
    own = path_text(machine.state.resolve(site.receiver)) if site.receiver is not None else None
    texts = _texts(machine, site)
    name = site.name.rpartition(".")[2]
    if own is None or texts is None:
        return _from_table(machine, site)
    if name == "as_posix":
        return Const(own, site.place)
    if name in ("resolve", "absolute"):
        found = _absolute(machine, own)
        return as_path(found, site.place) if found is not None else _from_table(machine, site)
    try:
        return as_path(getattr(PurePosixPath(own), name)(*texts), site.place)
    except (TypeError, ValueError):
        return _from_table(machine, site)
