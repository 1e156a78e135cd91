"""The functions that a check has found, as an editor asks about them: by where their names and handlers stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lambdalint.contracts import EventSource
from lambdalint.contracts.infer import sources_of
from lambdalint.deep import with_room
from lambdalint.finding import Position, Span
from lambdalint.project.deployment import BATCH_SIZES, Deployment, Event
from lambdalint.project.inventory import Entry
from lambdalint.server.project import Checked
from lambdalint.source import Source
from lambdalint.understood import Understood
from lambdalint.work import understand


@dataclass(frozen=True, slots=True)
class Known:
    """One entry point, and where its file binds its name: `span` is of the name there."""

    entry: Entry
    span: Span

    @property
    def deployments(self) -> list[Deployment]:
        """What descriptors say of it."""
        return [one.deployment for one in self.entry.functions if one.deployment is not None]

    @property
    def senders(self) -> list[EventSource]:
        """What the descriptors say sends its events, as far as rows tell of it."""
        events = (event for one in self.deployments for event in one.events if not event.setting("input"))
        return list(dict.fromkeys(source for event in events for source in sources_of(event)))


def known_in(checked: Checked, path: str) -> Iterator[Known]:
    """The functions whose code begins in a file (absolute)."""
    for entry in checked.run.inventory.entries:
        source = entry.function.source
        if checked.report.at(source.path) == path and type(source) is Source:
            span = _name(source, entry.function.attribute)
            if span is not None:
                yield Known(entry, span)


def declared_at(checked: Checked, path: str, at: Position) -> Known | None:
    """The function whose handler string stands at a position of a descriptor (absolute path)."""
    shown = checked.shown(path)
    for entry in checked.run.inventory.entries:
        for function in entry.functions:
            for fact in (function.deployment.handler, function.deployment.wrapper) if function.deployment else ():
                if fact is None:
                    continue
                span = fact.place.span()
                if span.path == shown and span.start <= at <= span.end:
                    source = function.source
                    start = Span(source.path, Position(1, 1), Position(1, 1))
                    return Known(entry, _name(source, function.attribute) or start)
    return None


def understood_of(known: Known) -> list[Understood]:
    """What is understood of a function, in each deployment. To be called where checks run."""
    return with_room(lambda: understand(known.entry.functions, known.entry.modules))


def _name(source: Source, attribute: str) -> Span | None:
    """Where a file binds a name at its top, for the last time."""
    name = attribute.partition(".")[0]
    for statement in reversed(source.tree.body if source.tree is not None else []):
        if _binds(statement, name):
            row = statement.lineno
            found = re.search(rf"(?:\b(?:def|class)\s+|\b)({re.escape(name)})\b", source.lines[row - 1])
            start, end = found.span(1) if found is not None else (0, 0)
            return Span(source.path, Position(row, start + 1), Position(row, end + 1))
    return None


def _binds(statement: ast.stmt, name: str) -> bool:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return statement.name == name
    if isinstance(statement, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == name for target in statement.targets)
    return isinstance(statement, ast.ImportFrom) and any((one.asname or one.name) == name for one in statement.names)


def told(deployment: Deployment) -> str:
    """One deployment in a line: "SQS queue, batch 10, ReportBatchItemFailures; python3.13"."""
    events = list(dict.fromkeys(map(event_told, deployment.events)))
    shown = [*events[:3], *([f"{len(events) - 3} more"] if len(events) > 3 else [])]
    runtime = [deployment.runtime.value] if deployment.runtime is not None else []
    return "; ".join([*shown, *runtime]) or deployment.name


def event_told(event: Event) -> str:
    """One event: who sends it, and the settings that decide what becomes of it."""
    names = dict.fromkeys(source.name for source in sources_of(event))
    parts = [next(iter(names)) if len(names) == 1 else event.kind.replace("-", " ")]
    method, path = event.setting("method"), event.setting("path")
    if path is not None:
        parts[0] += f" {str(method or 'ANY').upper()} {path}"
    if (trigger := event.setting("trigger")) is not None:
        parts[0] += f" {trigger}"
    size = event.setting("batch_size") or BATCH_SIZES.get(event.kind)
    if size is not None:
        parts.append(f"batch {size}")
    parts += event.setting("response_types") or []
    if (version := event.setting("payload_format")) is not None:
        parts.append(f"payload {version}")
    if event.setting("filtered"):
        parts.append("filtered")
    return ", ".join(map(str, parts))
