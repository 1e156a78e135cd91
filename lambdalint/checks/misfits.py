"""Does a value have a form? The parts of an answer that surely do not: of which the type or the constant is another, or
which are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lambdalint.checks.serialization import describe
from lambdalint.contracts.forms import TYPES, Form
from lambdalint.finding import Place
from lambdalint.interpreter.shapes import Either, Instance, Known, Mapping, Opaque, Sequence, Shape

_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=_\s-]")
_NOUNS = {
    "str": "a string",
    "base64": "base64",
    "int": "an integer",
    "number": "a number",
    "bool": "a bool",
    "dict": "a dict",
    "list": "a list",
}
#: Types that the rules of answers judge. Of any other the runtime makes something else, or fails.
_JUDGED = frozenset().union(*TYPES.values())


@dataclass(frozen=True, slots=True)
class Misfit:
    """A part that does not have its form. `parts` are its paths as the form has them, with a `!` if it is not there,
    `name` is as people see it, "" for the answer itself. `missing`: it is not there; `shape` and `place` are then of
    what it is missing in. `broken`: what stands in a text that cannot stand there."""

    parts: frozenset[str]
    name: str
    shape: Shape
    place: Place | None
    missing: bool = False
    wanted: str = ""
    broken: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong: "`context.roles` is a list, and must be a string"."""
        if self.missing:
            return f"the answer has no `{self.name}`"
        what = f"`{self.name}`" if self.name else "the answer"
        if self.broken:
            return f"{what} is a text with `{self.broken}` in it, and must be {self.wanted}"
        return f"{what} is {describe(self.shape)}, and must be {self.wanted}"


def misfits(shape: Shape, form: Form, place: Place | None = None, name: str = "") -> list[Misfit]:
    """The parts of a value that surely do not have a form. Of a value that may be one of several, each must not."""
    if isinstance(shape, Either):
        found = [misfits(option, form, place, name) for option in shape.options]
        return found[0] if found and all(found) else []
    if isinstance(shape, Instance):
        return misfits(shape.payload, form, place, name) if shape.payload is not None else []
    at = place or shape.place
    kind = _type_of(shape)
    if kind is None:
        return []
    if not _fits(shape, kind, form):
        broken = _not_base64(shape) if "base64" in form.types else ""
        return [Misfit(frozenset({form.path}), name, shape, at, wanted=_wanted(form), broken=broken)]
    if isinstance(shape, Mapping):
        return list(_entries(shape, form, at, name))
    if isinstance(shape, Sequence) and form.items is not None:
        items = form.items
        inner = [misfits(item, items, item.place, f"{name}[{index}]") for index, item in enumerate(shape.items)]
        if not shape.items and shape.rest is not None:  # whatever stands in the list is like this
            inner.append(misfits(shape.rest, items, shape.rest.place, f"{name}[]"))
        return [misfit for part in inner for misfit in part]
    return []


def _entries(shape: Mapping, form: Form, place: Place | None, name: str) -> Iterator[Misfit]:
    known = not shape.open and all(isinstance(entry.key, Known) for entry in shape.entries)
    before = f"{name}." if name else ""
    for key in sorted(form.required):
        if known and shape.entry(key) is None:
            yield Misfit(frozenset({f"{form.fields[key].path}!"}), f"{before}{key}", shape, place, missing=True)
    for entry in shape.entries:
        written = entry.key.value if isinstance(entry.key, Known) else None
        inner = form.fields.get(written, form.others) if isinstance(written, str) else None
        if inner is not None and entry.sure:
            yield from misfits(entry.value, inner, entry.place, f"{before}{written}")


def _type_of(shape: Shape) -> str | None:
    """The Python type of a value, where JSON has it too."""
    if isinstance(shape, Known):
        found = type(shape.value).__name__
    elif isinstance(shape, Mapping):
        found = "dict"
    elif isinstance(shape, (Opaque, Sequence)):
        found = shape.type
    else:
        return None
    return found if found in _JUDGED else None


def _fits(shape: Shape, kind: str, form: Form) -> bool:
    if not form.types and not form.constants:
        return True
    if form.constants and kind == "str" and (not isinstance(shape, Known) or shape.value in form.constants):
        return True
    return any(kind in TYPES[word] and not (word == "base64" and _not_base64(shape)) for word in form.types)


def _not_base64(shape: Shape) -> str:
    """A character in a text that no base64 has, "" if there is none. White space some decoders skip."""
    if isinstance(shape, Known):
        text = shape.value if isinstance(shape.value, str) else ""
    else:
        text = f"{shape.prefix or ''}{shape.holds}" if isinstance(shape, Opaque) else ""
    return next(iter(_NO_BASE64.findall(text)), "")


def _wanted(form: Form) -> str:
    words = [f"`{constant}`" for constant in form.constants]
    words += [_NOUNS[word] for word in form.types if word != "null"]
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
