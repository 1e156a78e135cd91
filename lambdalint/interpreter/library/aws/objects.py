"""What streams, collections, clients and pages of boto3 cannot do: they hold nothing under a key or an index, and have
no length; and what is read is no text yet.

Sources: `StreamingBody` in botocore/response.py, an `io.IOBase`; `ResourceCollection` in boto3/resources/collection.py;
`PageIterator` in botocore/paginate.py.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.kinds import said

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame
    from lambdalint.interpreter.values import Value

STREAM = "botocore.response.StreamingBody"
_BARE = ("boto3.collection.", "boto3.client.", "boto3.pages.", "boto3.waiter.", "boto3.resource.")


def is_bare(kind: str | None) -> bool:
    """Whether something of boto3's has no items and no length."""
    if kind is None:
        return False
    return kind in (STREAM, "botocore.eventstream.EventStream", "boto3.PageIterator") or kind.startswith(_BARE)


def refuse_item(machine: Machine, value: Value, kind: str, node: Any, frame: Frame) -> None:
    """Refuse `value[key]`.

    Raises:
        Raised: a TypeError, on paper.
    """
    if is_bare(kind):
        raise machine.raise_builtin("TypeError", node, frame, f"{_said(machine, value, kind)} is not indexed", value)


def refuse_text(machine: Machine, value: Value, kind: str, name: str, node: Any, frame: Frame) -> None:
    """Refuse what a stream is asked for as if it had been read, or decoded: `body.decode()`, `body.get("id")`.

    Raises:
        Raised: an AttributeError, on paper.
    """
    of_read = any(hasattr(cls, name) for cls in (str, bytes, dict, list))
    if kind == STREAM and of_read and not hasattr(io.IOBase, name):
        why = f"{_said(machine, value, kind)} has no `{name}`, only what its `read()` gives"
        raise machine.raise_builtin("AttributeError", node, frame, why, value)


def _said(machine: Machine, value: Value, kind: str) -> str:
    shown = kind == STREAM or kind.startswith("boto3.collection.")
    return said(machine, value) if shown else "what boto3 gives here"
