"""From what a rule would do to edits of the file."""

from __future__ import annotations

from lambdalint.finding import Edit, Fix, Mend
from lambdalint.fixes.imports import import_edit
from lambdalint.source import Source


def fix_of(mend: Mend) -> Fix | None:
    """A rule's mend as edits; None where it cannot be done as it is meant: its places are in several files, or in code
    that a descriptor holds, or a name that it needs is taken."""
    source = mend.changes[0].place.source
    if type(source) is not Source:
        return None
    edits: list[Edit] = []
    for change in mend.changes:
        if change.place.source is not source:
            return None
        span = change.place.span()
        content = change.content if change.content is not None else source.between(span)
        edits.append(Edit(span, f"{change.before}{content}{change.after}"))
    try:
        needed = [edit for statement in mend.imports if (edit := import_edit(source, statement)) is not None]
    except ValueError:
        return None
    return Fix(mend.message, (*needed, *edits), mend.safe)
