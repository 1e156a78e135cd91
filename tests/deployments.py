"""Deployments for tests, as a reader would give them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lambdalint.finding import Position, Span
from lambdalint.project.deployment import Code, Deployment, Event, Fact
from lambdalint.text import Text

TEXT = Text("template.yaml", b"")


def at(row: int, column: int = 1) -> Any:
    """A place in the template."""
    return TEXT.place(Span(TEXT.path, Position(row, column), Position(row, column + 1)))


def deployed(
    handler: str | None, folder: Path | None = None, *events: Event, known: bool = True, **facts: Any
) -> Deployment:
    """One function of a template: its handler string, its code folder, what calls it."""
    code = Code(str(folder) if folder is not None else None, at(3), known=known)
    return Deployment(
        "Orders",
        "SAM",
        at(2),
        handler=Fact(handler, at(4)) if handler is not None else None,
        **{"code": code, "runtime": Fact("python3.13", at(5)), "layers_known": True, "events": events, **facts},
    )
