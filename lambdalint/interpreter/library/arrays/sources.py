"""What the readers of pandas are given: the name of a file, or an open one. The content of a file is none: a text is
looked for as a file of that name, and bytes are refused.

read_json, read_xml and read_html took a text of what they read, and read_excel bytes, until pandas 3.
https://pandas.pydata.org/docs/reference/io.html ; https://pandas.pydata.org/docs/whatsnew/v3.0.0.html. pandas 3.1 was
asked on 2026-11-30.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.library.remembered import CONTENT
from lambdalint.interpreter.values import Const, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: By their argument, readers that never took a text of what they read, and those that did before pandas 3.
_NAMES = {
    **dict.fromkeys(("csv", "table", "fwf"), "filepath_or_buffer"),
    "parquet": "path",
    "excel": "io",
    "json": "path_or_buf",
    "xml": "path_or_buffer",
    "html": "io",
}
_ONCE = frozenset({"json", "xml", "html"})
_NO_FILES = frozenset({"list", "tuple", "dict", "set", "NoneType", "int", "float", "bool"})
_INSTALLED = "where pandas 3 is installed"
#: Attributes of answers of HTTP that are their content.
_TEXTS = frozenset({"requests.Response", "httpx.Response"})


@demands(*[f"pandas.read_{name}" for name in _NAMES])
def _is_file(machine: Machine, site: CallSite) -> None:
    name = site.name.removeprefix("pandas.read_")
    value = site.argument(0, _NAMES[name])
    value = machine.state.resolve(value) if value is not None else None
    kind = kind_of(machine, value) if value is not None else None
    if value is None or (type(value) is Sym and value.of_event and machine.event_kinds is None):
        return
    if kind in ("bytes", "bytearray"):
        why = f"`read_{name}()` takes a file, and this is {said(machine, value)}: `io.BytesIO(...)` makes a file of it"
        where = _INSTALLED if name in (*_ONCE, "excel") else ""
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value, where=where)
    if kind in _NO_FILES and name != "html":
        why = f"`read_{name}()` takes a file, and this is {said(machine, value)}"
        raise machine.raise_builtin("ValueError", site.node, site.frame, why, value)
    if name == "excel" and kind == "botocore.response.StreamingBody":
        why = "`read_excel()` goes back and forth in its file, which a `StreamingBody` cannot: `io.BytesIO(...read())`"
        raise machine.raise_builtin("io.UnsupportedOperation", site.node, site.frame, why, value)
    if kind == "str" and (is_content(value) or _is_written(value)):
        why = f"`read_{name}()` looks for a file of that name, and this is what is to be read: `io.StringIO(...)`"
        doubt = "unless there is a file of that name" if not _is_written(value) else ""
        where = _INSTALLED if name in _ONCE else doubt
        raise machine.raise_builtin("FileNotFoundError", site.node, site.frame, why, value, where=where)


def _is_written(value: Value) -> bool:
    """Whether a text of the code is of several lines, or of JSON."""
    text = value.value if type(value) is Const and isinstance(value.value, str) else ""
    return "\n" in text.strip() or text.lstrip()[:2] in ("[{", '{"', "[[")


def is_content(value: Value) -> bool:
    """Whether a text is what something was decoded or written to, or the body of a request or an answer."""
    if type(value) is not Sym:
        return False
    parent = value.parent
    if parent is not None and parent[1:] == ("attribute", "text"):
        return parent[0].kind in _TEXTS
    return value.known == CONTENT or (value.of_event and value.event == ("body",))
