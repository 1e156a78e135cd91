"""Files that take texts alone, or bytes alone, and what writes the other into them; what is given for a file, and is
none.

https://docs.python.org/3/library/io.html#io.BytesIO, https://docs.python.org/3/library/csv.html#csv.writer,
https://docs.python.org/3/library/json.html#json.dump. tests/library_handlers/streams.txt asks Python.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lambdalint.interpreter.certain import exact
from lambdalint.interpreter.kinds import real_class, said
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.plain import SAMPLES
from lambdalint.interpreter.values import Const, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: What each kind of file takes.
_TAKEN = {
    **dict.fromkeys(("io.BytesIO", "io.BufferedWriter", "io.BufferedRandom"), "bytes"),
    **dict.fromkeys(("gzip.GzipFile", "bz2.BZ2File", "lzma.LZMAFile"), "bytes"),
    **dict.fromkeys(("io.StringIO", "io.TextIOWrapper"), "str"),
}
#: Files of which the mode decides it, in which they were made.
BY_MODE = {"tempfile.NamedTemporaryFile": "tempfile._TemporaryFileWrapper",
           "tempfile.SpooledTemporaryFile": "tempfile.SpooledTemporaryFile"}  # fmt: skip
_OTHER = {"str": "bytes", "bytes": "str"}


def mode_of(machine: Machine, site: CallSite) -> str | None:
    """What a temporary file takes, by the mode that it is made in: bytes, where none is given."""
    position = 0 if site.name == "tempfile.NamedTemporaryFile" else 1
    mode = text_argument(machine, site, position, "mode")
    if mode is None:
        return "bytes" if site.argument(position, "mode") is None else None
    return "bytes" if "b" in mode else "str"


def taken_by(machine: Machine, value: Value | None) -> str | None:
    """What a file takes: "str" or "bytes"; None of what is no file, or not known."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is not Sym or value.options or value.kind is None or "write" in machine.attributes_set:
        return None
    if value.kind in BY_MODE.values():
        return value.known if isinstance(value.known, str) else None
    return _TAKEN.get(value.kind)


def refuse_written(machine: Machine, site: CallSite, file: Value | None, written: str, writer: str) -> None:
    """Raise where something writes what a file does not take.

    Raises:
        Raised: a TypeError, on paper.
    """
    if file is not None and taken_by(machine, file) == _OTHER[written]:
        why = f"{writer} writes `{written}`, and {said(machine, file)} takes `{_OTHER[written]}` alone"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, file)


#: Functions that write what they are given first, whatever that is: the file's position and name, what it is sent, and
#: the keyword that changes that.
_WRITERS: dict[str, tuple[int | None, str, str, str]] = {
    "json.dump": (1, "fp", "str", "cls"),
    "simplejson.dump": (1, "fp", "str", "cls"),
    "pickle.dump": (1, "file", "bytes", ""),
    "print": (None, "file", "str", ""),
    "pprint.pprint": (1, "stream", "str", ""),
    **dict.fromkeys(("yaml.dump", "yaml.safe_dump"), (1, "stream", "str", "encoding")),
}


def _writes(machine: Machine, site: CallSite) -> None:
    position, name, written, changed_by = _WRITERS[site.name]
    file = site.keywords.get(name) if position is None else site.argument(position, name)
    if changed_by in site.keywords:
        return
    refuse_written(machine, site, file, written, f"`{site.name}()`")
    if site.name in _NO_FILE:
        _refuse_no_file(machine, site, file, "write", _NO_FILE[site.name])


def _tree(machine: Machine, site: CallSite) -> None:
    """A tree is written as bytes, unless the encoding is "unicode"."""
    encoding = site.argument(1, "encoding")
    encoding = machine.state.resolve(encoding) if encoding is not None else Const(None)
    if type(encoding) is Const:
        written = "str" if encoding.value == "unicode" else "bytes"
        refuse_written(machine, site, site.argument(0, "file_or_filename"), written, "`ElementTree.write()`")


def _fetched(machine: Machine, site: CallSite) -> None:
    """What S3 holds is written as bytes, even where it is nothing."""
    positions = {"boto3.client.s3": 2, "boto3.s3.Bucket": 1, "boto3.s3.Object": 0}
    file = site.argument(positions[site.name.rpartition(".")[0]], "Fileobj")
    refuse_written(machine, site, file, "bytes", "`download_fileobj()`")


def _method(machine: Machine, site: CallSite) -> None:
    """`file.write(...)`."""
    given = site.arguments[0] if site.arguments else None
    kind = exact(machine, given) if given is not None else None
    if given is None or kind not in ("str", "bytes") or taken_by(machine, site.receiver) in (None, kind):
        return
    assert site.receiver is not None
    why = f"{said(machine, site.receiver)} does not take {said(machine, given)}"
    raise machine.raise_builtin("TypeError", site.node, site.frame, why, given)


# What is no file

#: By function, the exception that what is no file gets.
_NO_FILE = {"json.dump": "AttributeError", "simplejson.dump": "AttributeError", "pickle.dump": "TypeError"}
_READERS = {"json.load": "AttributeError", "simplejson.load": "AttributeError", "pickle.load": "TypeError"}


def _refuse_no_file(machine: Machine, site: CallSite, file: Value | None, method: str, error: str) -> None:
    kind = exact(machine, file) if file is not None else None
    cls = real_class(kind) if kind is not None and kind not in SAMPLES else None  # an object may have the method
    if file is None or cls is None or hasattr(cls, method):
        return
    why = f"`{site.name}()` takes a file, and this is {said(machine, file)}"
    raise machine.raise_builtin(error, site.node, site.frame, why, file)


def _reads(machine: Machine, site: CallSite) -> None:
    _refuse_no_file(machine, site, site.argument(0, "fp"), "read", _READERS[site.name])


def _made_of(machine: Machine, site: CallSite) -> None:
    """`io.StringIO(...)`."""
    given = site.argument(0, "initial_value")
    if given is not None and exact(machine, given) not in (None, "str", "NoneType"):
        why = f"`io.StringIO()` takes `str` alone, and this is {said(machine, given)}"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, given)


def refuse_no_target(machine: Machine, site: CallSite) -> None:
    """Raise where a writer of CSV is given what is no file."""
    _refuse_no_file(machine, site, site.argument(0, "f" if site.name == "csv.DictWriter" else ""), "write", "TypeError")


CHECKS: dict[str, Callable[[Machine, CallSite], None]] = {
    **dict.fromkeys(_WRITERS, _writes),
    **dict.fromkeys(_READERS, _reads),
    "io.StringIO": _made_of,
    "csv.writer": refuse_no_target,
    "csv.DictWriter": refuse_no_target,
    "xml.etree.ElementTree.ElementTree.write": _tree,
    **{f"boto3.{owner}.download_fileobj": _fetched for owner in ("client.s3", "s3.Bucket", "s3.Object")},
    **{f"{kind}.write": _method for kind in (*_TAKEN, *BY_MODE.values())},
}
