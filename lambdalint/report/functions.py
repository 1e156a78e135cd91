"""What was understood, as a person or a program reads it: `lambdalint functions`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from lambdalint.report.terminal import Paint, Piece, cells, clean, flow
from lambdalint.understood import Understood


def as_json(found: Sequence[Understood]) -> str:
    """An array, an object a function; what is not known is null, "" or an empty array."""
    import json

    return json.dumps([_object(one) for one in found], indent=2) + "\n"


def _object(one: Understood) -> dict[str, Any]:
    shown = asdict(one)
    span = one.declared
    shown["declared"] = (
        {"filename": span.path, "row": span.start.row, "column": span.start.column} if span is not None else None
    )
    return shown


def as_text(found: Sequence[Understood], *, color: bool, width: int | None) -> str:
    """The functions under the descriptor that declares them, each with what is known of it; then a line that counts."""
    paint = Paint(color)
    lines: list[str] = []
    for heading, group in _groups([one for one in found if not one.foreign]):
        lines += [paint(clean(heading), "strong"), ""]
        for one in group:
            lines += [*_function(one, paint, width), ""]
    lines.append(_summary(found))
    return "\n".join(lines) + "\n"


def _groups(found: Sequence[Understood]) -> Iterator[tuple[str, list[Understood]]]:
    groups: dict[str, list[Understood]] = {}
    for one in found:
        heading = f"{one.declared.path} ({one.descriptor})" if one.declared is not None else "found in the code"
        groups.setdefault(heading, []).append(one)
    yield from sorted(groups.items(), key=lambda pair: (pair[0] == "found in the code", pair[0]))


def _function(one: Understood, paint: Paint, width: int | None) -> Iterator[str]:
    name = one.name or one.handler
    head = "  " + paint(clean(name), "error" if one.unknown else "good")
    beside = [part for part in (one.handler if one.name else "", one.runtime or "") if part]
    yield head + ("  " + "  ".join(map(clean, beside)) if beside else "")
    rows = [
        ("declared", [f"{one.declared.path}:{one.declared.start.row}"] if one.declared is not None else []),
        ("code", [f"{one.path}:{one.row}" if one.row is not None else one.path] if one.path is not None else []),
        ("not read" if one.path is not None else "not found", [one.unknown] if one.unknown else []),
        ("perhaps called by" if one.guessed else "called by", list(one.called_by)),
        ("reads", list(one.reads)),
        ("variables", list(one.variables)),
        ("answers", list(one.answers)),
        ("calls", list(one.calls)),
    ]
    widest = max(cells(label) for label, values in rows if values) if any(values for _, values in rows) else 0
    for label, values in rows:
        if values:
            gap = " " * (widest - cells(label) + 2)
            hang = 4 + widest + 2
            text = flow([Piece(clean(", ".join(values)))], paint, width, hang=hang, first=hang)
            yield "    " + paint(label, "way") + gap + text


def _summary(found: Sequence[Understood]) -> str:
    foreign = sum(one.foreign for one in found)
    lost = sum(bool(one.unknown) and one.path is None and not one.foreign for one in found)
    unread = sum(bool(one.unknown) and one.path is not None and not one.foreign for one in found)
    count = len(found) - lost - unread - foreign
    said = f"{count} function{'' if count == 1 else 's'}"
    said += f", {unread} whose code was found and not read" if unread else ""
    said += f", {lost} whose code was not found" if lost else ""
    return said + (f", {foreign} in other languages than Python" if foreign else "")
