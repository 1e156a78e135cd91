"""Names cut into their words."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """`dbPassword`, `DB_PASSWORD`, `db-password` all give ("db", "password")."""
    return tuple(word.lower() for word in _WORD.findall(name))
