"""A file as its blocks, each parsed when it is first asked for, and once in a run, however many folders call it."""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from lambdalint.finding import Position, Span
from lambdalint.project.descriptors.terraform.bodies import Block, Body
from lambdalint.project.descriptors.terraform.json_syntax import read_json
from lambdalint.project.descriptors.terraform.outline import Outline, outlines
from lambdalint.project.descriptors.terraform.syntax import MAX_BYTES, normal, read_hcl
from lambdalint.project.descriptors.tree import Unreadable
from lambdalint.text import Text


@dataclass(slots=True)
class Reading:
    """What a file holds, and what of it could not be read so far."""

    body: Body = field(default_factory=Body)
    unread: list[Unreadable] = field(default_factory=list)


_READ: WeakKeyDictionary[Text, Reading] = WeakKeyDictionary()


def read_file(text: Text) -> Reading:
    """A file of Terraform's own syntax, or of its JSON (`*.tf.json`)."""
    reading = _READ.get(text)
    if reading is None:
        reading = _READ[text] = _json(text) if text.path.endswith(".json") else _hcl(text)
    return reading


def _json(text: Text) -> Reading:
    try:
        return Reading(read_json(text))
    except Unreadable as error:
        return Reading(unread=[error])


def _hcl(text: Text) -> Reading:
    written = normal(text)
    found = outlines(written) if len(written) <= MAX_BYTES else None
    if found is None:
        try:
            return Reading(read_hcl(text, written))
        except Unreadable as error:
            return Reading(unread=[error])
    reading = Reading()
    reading.body.blocks.extend(_block(text, written, outline, reading.unread) for outline in found)
    return reading


def _block(text: Text, written: str, outline: Outline, unread: list[Unreadable]) -> Block:
    own = written[outline.start : outline.end]

    def read() -> Body | None:
        try:
            return read_hcl(text, own, outline.row).blocks[0].body
        except Unreadable as error:
            unread.append(error)
            return None

    start, end = (offset - outline.start + 1 for offset in outline.head)
    row = outline.row + 1
    place = text.place(Span(text.path, Position(row, start), Position(row, end)))
    return Block(outline.type, outline.labels, place, Body(read), own)
