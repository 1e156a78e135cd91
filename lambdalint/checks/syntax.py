"""LL001: code that Python refuses."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.facts import FileFacts
from lambdalint.finding import Place, Report, Severity

#: What Python 3 says of Python 2's statements, and what they are.
_PYTHON_2 = (
    (re.compile(r"call to 'print'"), "the `print` statement"),
    (re.compile(r"call to 'exec'"), "the `exec` statement"),
    (re.compile(r"multiple exception types must be parenthesized"), "`except X, e`"),  # and PEP 758: see below
    (re.compile(r"use an 0o prefix for octal"), "an octal number like `0777`"),
)
#: `except X, e:` binds a name in Python 2; since 3.14 it catches two types, and types begin with a capital.
_EXCEPT_AS = re.compile(r"\bexcept\b[^:]*,\s*[a-z_]\w*\s*:")

#: `raise E, value, traceback`, of which Python 3 says no more than that it is invalid.
_RAISE_OF_THREE = re.compile(r"^\s*raise\s+[\w.]+\s*,")

_VERSION = ".".join(map(str, sys.version_info[:2]))


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


@rule("LL001", "syntax-error", Severity.ERROR, on="file")
def syntax_error(file: FileFacts) -> Iterator[Report]:
    """The file does not compile, so Lambda cannot import the function."""
    error = file.error
    if error is None or file.source.sealed:
        return
    place = Place(file.source, error.span)
    if error.kind == "depth":
        yield Report(
            place,
            f"{error.message} for Python {_VERSION} to read, so nothing in this file is checked; take it apart",
            severity=Severity.WARNING,
        )
        return
    if file.source.newer and not _EXCEPT_AS.search(file.source.lines[error.span.start.row - 1]):
        yield Report(
            place,
            f"{_lower(error.message)} on Python {_VERSION}, though newer ones read it: on a runtime of that age the "
            "function fails with Runtime.UserCodeSyntaxError; run lambdalint on the Python that the function runs on",
            severity=Severity.WARNING,
        )
        return
    statement = next((what for pattern, what in _PYTHON_2 if pattern.search(error.message)), "")
    if not statement and _RAISE_OF_THREE.search(file.source.lines[error.span.start.row - 1]):
        statement = "`raise E, value`"
    if statement:
        yield Report(
            place,
            f"Python 2 code: {statement} does not compile on Python 3, the only one that Lambda runs: a function "
            "that needs the module fails with Runtime.UserCodeSyntaxError; convert it to Python 3",
        )
        return
    if not file.deployed:
        yield Report(
            place,
            f"{_lower(error.message)}: nothing can import or run this file, and nothing else in it is checked",
        )
        return
    yield Report(
        place,
        f"{_lower(error.message)}: Lambda cannot import the module, and a function that needs it fails with "
        "Runtime.UserCodeSyntaxError",
    )
