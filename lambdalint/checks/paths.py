"""LL010: what was to be checked and could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lambdalint.checks.registry import rule
from lambdalint.finding import Lasting, Place, Position, Report, Severity, Span


@dataclass(frozen=True, slots=True)
class UnreadPath(Lasting):
    """A path that was given or found, as people see it, and why nothing could be read there."""

    path: str
    reason: str

    def span_of(self, node: object) -> Span:
        """The head of the file, whatever is asked for: there is nothing else."""
        return Span(self.path, Position(1, 1), Position(1, 1))


@rule("LL010", "unreadable-path", Severity.ERROR, on="path")
def unreadable_path(unread: UnreadPath) -> Iterator[Report]:
    """A path that was to be checked is not there or cannot be read."""
    yield Report(Place(unread, None), f"`{unread.path}` cannot be checked: {unread.reason}")
