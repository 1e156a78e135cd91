"""The readers of descriptors, each imported when a file may be its own."""

from __future__ import annotations

from functools import lru_cache

from lambdalint.project.reader import Reader


@lru_cache(maxsize=1)
def readers() -> tuple[Reader, ...]:
    """Every reader. A file is read by the first that it fits."""
    from lambdalint.project.templates.reader import TEMPLATES

    return (TEMPLATES,)
