"""What the standard library returns beyond the hand-written table: typeshed's stubs, as far as the library itself, when
it was called, agreed. scripts/typeshed_answers.py wrote them down, and its head explains the lines.

The file is opened when something is asked that no row of the table answers, and of it only the blocks of the modules
and classes that are asked for are read. Of a class that has a block all methods are known: what else its instances have
are attributes of which nothing is said.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

_OWN = re.compile(r"\bcls\b")


class Block(NamedTuple):
    """A module or class: the classes above it, in order, and by name what calling it gives or what it is."""

    above: tuple[str, ...]
    calls: dict[str, str]
    attributes: dict[str, str]


def call(name: str) -> str | None:
    """The type that a call gives, by its full name, in the language of `types`; None where nothing is said."""
    owner, _, own = name.rpartition(".")
    for block in _line(owner):
        if own in block.calls:
            said = block.calls[own]
            return _OWN.sub(owner, said) if said != "?" else None
        if own in block.attributes:
            return None
    return None


def attribute(kind: str, name: str) -> str | None:
    """The type of an attribute of a value of a type, "?" where nothing is said of it; None where it is a method, or
    nothing is known of the type."""
    line = _line(kind)
    for block in line:
        if name in block.attributes:
            return block.attributes[name]
        if name in block.calls:
            return None
    return "?" if line and not name.startswith("__") else None


def element(kind: str) -> str | None:
    """The type of what iterating over a value of a type gives."""
    said = call(f"{kind}.__iter__")
    return said[len("iterator[") : -1] if said is not None and said.startswith("iterator[") else None


def made_from() -> dict[str, Any]:
    """The versions that the table was made from."""
    import json

    return dict(json.loads(_file()[0]))


def rows() -> list[tuple[str, str, str]]:
    """Every row: its name, `:` for a call or `=` for an attribute, and the type."""
    return [
        (f"{owner}.{name}", sign, said)
        for owner in _blocks()
        for sign, kinds in zip(":=", _block(owner)[1:])  # type: ignore[index]
        for name, said in kinds.items()
        if said != "?"
    ]


def above(owner: str) -> tuple[str, ...]:
    """The classes of the table above one, in order."""
    found = _block(owner)
    return found.above if found is not None else ()


@lru_cache(maxsize=1024)
def _line(owner: str) -> tuple[Block, ...]:
    """The block of a module or class, and those of the classes above it."""
    own = _block(owner)
    if own is None:
        return ()
    above = (_block(name) for name in own.above)
    return (own, *(block for block in above if block is not None))


@lru_cache(maxsize=1024)
def _block(owner: str) -> Block | None:
    text = _blocks().get(owner)
    if text is None:
        return None
    head, *lines = text.split("\n")
    found = Block(tuple(head.split(" ")[1:]), {}, {})
    for line in lines:
        said, names = re.split("[:=]", line, maxsplit=1)
        (found.calls if line[len(said)] == ":" else found.attributes).update(dict.fromkeys(names.split(" "), said))
    return found


@lru_cache(maxsize=1)
def _blocks() -> dict[str, str]:
    """The blocks by the names of modules and classes; none where this Python was built without zlib."""
    try:
        import zlib
    except ImportError:
        return {}
    text = zlib.decompress(_file()[1]).decode()
    return {block.split("\n", 1)[0].split(" ", 1)[0]: block for block in text.split("\n\n")}


@lru_cache(maxsize=1)
def _file() -> tuple[bytes, bytes]:
    from importlib.resources import files

    head, _, packed = files(__package__).joinpath("stubs.bin").read_bytes().partition(b"\n")
    return head, packed
