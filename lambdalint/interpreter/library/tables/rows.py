"""How the tables are written: rows that share an answer."""

from __future__ import annotations


def each(owner: str, answer: str, names: str) -> dict[str, str]:
    """A row with this answer for each of the names, which are split at spaces, under a module or a type."""
    return {f"{owner}.{name}": answer for name in names.split()}
