"""LL001: code that Python refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.facts import FileFacts
from lambdalint.finding import Place, Report, Severity

#: What Python 3 says of Python 2's statements, and what they are.
_PYTHON_2 = (
    (re.compile(r"call to 'print'"), "the `print` statement"),
    (re.compile(r"call to 'exec'"), "the `exec` statement"),
    (re.compile(r"multiple exception types must be parenthesized"), "`except X, e`"),
    (re.compile(r"use an 0o prefix for octal"), "an octal number like `0777`"),
)


@rule("LL001", "syntax-error", Severity.ERROR, on="file")
def syntax_error(file: FileFacts) -> Iterator[Report]:
    """The file does not compile, so Lambda cannot import the function."""
    error = file.error
    if error is None:
        return
    place = Place(file.source, error.span)
    for pattern, statement in _PYTHON_2:
        if pattern.search(error.message):
            yield Report(
                place,
                f"Python 2 code: {statement} does not compile on Python 3, the only one that Lambda runs; every "
                "invocation fails with Runtime.UserCodeSyntaxError; convert the file to Python 3",
            )
            return
    message = error.message[:1].lower() + error.message[1:]
    yield Report(
        place,
        f"{message}: the module cannot be imported, every invocation fails with Runtime.UserCodeSyntaxError",
    )
