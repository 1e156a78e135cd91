"""Text as the page may hold it: clean of what acts on a reader or cannot be seen, and escaped."""

from __future__ import annotations

import re
from html import escape

from lambdalint.report.terminal import clean

_CODE = re.compile(r"`([^`]+)`")


def plain(text: str) -> str:
    """As content or as the value of an attribute in double quotes. Line ends become escapes, as other controls do."""
    return escape(clean(text), quote=True)


def said(text: str) -> str:
    """A message: what stands between backticks is code."""
    return _CODE.sub(r"<code>\1</code>", plain(text))


def code(text: str) -> str:
    """A line of code, or a part of one: tabs stay tabs."""
    return "&#9;".join(map(plain, text.split("\t")))
