"""Does a shape contain what really happened?

`Checker().why_not(shape, picture)` gives None where it does, else where and why it does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lambdalint.interpreter.shapes import Anything, Cycle, Either, Instance, Known, Mapping, Opaque, Sequence, Shape

from .pictures import Picture

#: The containers of which order and number tell nothing.
UNORDERED = {"set", "frozenset"}


@dataclass(frozen=True)
class _Link:
    """The shapes round the one at hand, nearest first: what a `Cycle` may stand for."""

    shape: Shape
    outer: _Link | None


@dataclass
class Checker:
    """Compares one shape with one picture; cyclic ones too (a pair met again while it is compared is held to agree)."""

    _open: set[tuple[int, int]] = field(default_factory=set)

    def why_not(self, shape: Shape, picture: Picture) -> str | None:
        """None: contained. Otherwise the path to the part that is not, and the reason."""
        return self._why_not(shape, picture, "value", None)

    def _why_not(self, shape: Shape, picture: Picture, path: str, outer: _Link | None) -> str | None:
        if isinstance(shape, Anything) or picture.unseen:
            return None
        pair = (id(shape), id(picture))
        if pair in self._open:
            return None
        self._open.add(pair)
        try:
            return self._compare(shape, picture, path, outer)
        finally:
            self._open.discard(pair)

    def _compare(self, shape: Shape, picture: Picture, path: str, outer: _Link | None) -> str | None:
        if isinstance(shape, Either):
            reasons = []
            for option in shape.options:
                reason = self._why_not(option, picture, path, outer)
                if reason is None:
                    return None
                reasons.append(reason)
            return f"{path}: none of {len(reasons)} options; the nearest: {max(reasons, key=len, default='')}"
        if isinstance(shape, Cycle):
            link = outer
            while link is not None:
                if self._why_not(link.shape, picture, path, link.outer) is None:
                    return None
                link = link.outer
            return f"{path}: a cycle, but {picture.text(1)} is like none of the containers round it"
        if isinstance(shape, Known):
            if picture.is_constant and type(shape.value) is type(picture.constant):
                if same_constant(shape.value, picture.constant):
                    return None
            return f"{path}: known {shape.value!r}, was {picture.text(1)}"
        if isinstance(shape, Opaque):
            return self._opaque(shape, picture, path)
        inside = _Link(shape, outer)
        if isinstance(shape, Mapping):
            return self._mapping(shape, picture, path, inside)
        if isinstance(shape, Sequence):
            return self._sequence(shape, picture, path, inside)
        assert isinstance(shape, Instance)
        return self._instance(shape, picture, path, inside)

    def _opaque(self, shape: Opaque, picture: Picture, path: str) -> str | None:
        above = not shape.exact and shape.type in picture.lineage
        if not (above or same_type(shape.type, picture) or (shape.type == "type" and picture.is_class)):
            return f"{path}: type {shape.type}, was {picture.types[0]} {picture.text(1)}"
        if shape.prefix is not None and picture.is_constant and isinstance(picture.constant, str):
            if not picture.constant.startswith(shape.prefix):
                return f"{path}: begins with {shape.prefix!r}, was {picture.text(1)}"
        return None

    def _mapping(self, shape: Mapping, picture: Picture, path: str, inside: _Link) -> str | None:
        if not same_type(shape.type, picture) or picture.pairs is None:
            return f"{path}: a {shape.type}, was {picture.types[0]} {picture.text(1)}"
        met: set[int] = set()
        for key, value in picture.pairs:
            if key.unseen:  # the picture ends here
                continue
            entry = _exact_entry(shape, key)
            if entry is not None:
                met.add(entry)
                reason = self._why_not(shape.entries[entry].value, value, f"{path}[{key.text(1)}]", inside)
                if reason is not None:
                    return reason
                continue
            reasons: list[str] = []
            for number, loose in enumerate(shape.entries):
                if isinstance(loose.key, Known) or self._why_not(loose.key, key, path, inside) is not None:
                    continue
                reason = self._why_not(loose.value, value, f"{path}[{key.text(1)}]", inside)
                if reason is None:
                    met.add(number)
                    break
                reasons.append(reason)
            else:
                if not shape.open:
                    return reasons[0] if reasons else f"{path}: has no key {key.text(1)}, was {picture.text(2)}"
        if any(key.unseen for key, _ in picture.pairs):
            return None
        for number, entry_ in enumerate(shape.entries):
            if entry_.sure and number not in met:
                known = isinstance(entry_.key, Known)
                if known or not picture.pairs:
                    name = repr(entry_.key.value) if isinstance(entry_.key, Known) else "some key"
                    return f"{path}: surely has the key {name}, was {picture.text(2)}"
        return None

    def _sequence(self, shape: Sequence, picture: Picture, path: str, inside: _Link) -> str | None:
        if not same_type(shape.type, picture) or picture.items is None:
            return f"{path}: a {shape.type}, was {picture.types[0]} {picture.text(1)}"
        if shape.type in UNORDERED:
            return self._unordered(shape, picture, path, inside)
        if len(picture.items) < len(shape.items):
            return f"{path}: at least {len(shape.items)} items, was {picture.text(2)}"
        if shape.rest is None and len(picture.items) > len(shape.items):
            return f"{path}: {len(shape.items)} items, was {picture.text(2)}"
        for number, item in enumerate(picture.items):
            part = shape.items[number] if number < len(shape.items) else shape.rest
            assert part is not None
            reason = self._why_not(part, item, f"{path}[{number}]", inside)
            if reason is not None:
                return reason
        return None

    def _unordered(self, shape: Sequence, picture: Picture, path: str, inside: _Link) -> str | None:
        assert picture.items is not None
        offered = [*shape.items, *([shape.rest] if shape.rest is not None else [])]
        for item in picture.items:
            if not any(self._why_not(part, item, path, inside) is None for part in offered):
                return f"{path}: holds no {item.text(1)}, was {picture.text(2)}"
        for part in shape.items:
            if not any(self._why_not(part, item, path, inside) is None for item in picture.items):
                return f"{path}: surely holds {brief(part)}, was {picture.text(2)}"
        return None

    def _instance(self, shape: Instance, picture: Picture, path: str, inside: _Link) -> str | None:
        if not same_type(shape.type, picture):
            return f"{path}: a {shape.type}, was {picture.types[0]} {picture.text(1)}"
        for base in shape.bases:
            if base not in picture.lineage and base != "object":
                return f"{path}: derives from {base}, but its bases are {', '.join(picture.lineage)}"
        for name, attribute in shape.attributes:
            # An attribute of the class, a property's value or a named field is no part of the instance's own picture.
            if name in picture.attributes:
                reason = self._why_not(attribute, picture.attributes[name], f"{path}.{name}", inside)
                if reason is not None:
                    return reason
        if shape.payload is not None and picture.payload is not None:
            return self._why_not(shape.payload, picture.payload, f"{path} (as {picture.payload.types[0]})", inside)
        return None


def same_constant(known: object, real: object) -> bool:
    """Equal, of one type, NaN equal to itself."""
    if isinstance(known, (float, complex)) and isinstance(real, (float, complex)):
        return repr(known) == repr(real)
    return type(known) is type(real) and known == real


def same_type(name: str, picture: Picture) -> bool:
    """Is `name` one of the names of the value's exact type?"""
    return name in picture.types or f"builtins.{picture.types[0]}" == name


def _exact_entry(shape: Mapping, key: Picture) -> int | None:
    """The entry whose key is the constant `key`; where Python holds 1, 1.0 and True for one key, so does this."""
    if not key.is_constant:
        return None
    found = None
    for number, entry in enumerate(shape.entries):
        if isinstance(entry.key, Known) and entry.key.value == key.constant:
            if type(entry.key.value) is type(key.constant):
                return number
            found = number
    return found


def brief(shape: Shape, depth: int = 5) -> str:
    """A shape as a person reads it."""
    if depth < 0:
        return "..."
    if isinstance(shape, Anything):
        return "?" if shape.event is None else "?event" + "".join(f"[{part!r}]" for part in shape.event)
    if isinstance(shape, Known):
        return repr(shape.value)
    if isinstance(shape, Opaque):
        return f"<{shape.type}>" if shape.prefix is None else f"<{shape.type} {shape.prefix!r}...>"
    if isinstance(shape, Cycle):
        return "cycle"
    if isinstance(shape, Either):
        return "(" + " | ".join(brief(option, depth - 1) for option in shape.options) + ")"
    if isinstance(shape, Mapping):
        inner = ", ".join(
            f"{brief(e.key, depth - 1)}{'' if e.sure else '?'}: {brief(e.value, depth - 1)}" for e in shape.entries
        ) + (", ..." if shape.open else "")
        return f"{'' if shape.type == 'dict' else shape.type}{{{inner}}}"
    if isinstance(shape, Sequence):
        inner = ", ".join(brief(item, depth - 1) for item in shape.items)
        rest = "" if shape.rest is None else f" *{brief(shape.rest, depth - 1)}"
        return f"{'' if shape.type == 'list' else shape.type}[{inner}{rest}]"
    inner = ", ".join(f"{name}={brief(value, depth - 1)}" for name, value in shape.attributes)
    payload = "" if shape.payload is None else f"; {brief(shape.payload, depth - 1)}"
    return f"<{shape.type} {inner}{payload}>"


@dataclass
class Share:
    """How much of what was returned the record knows. `given` of the `unknown` leaves came from the event or from
    outside code as they are: nobody can know them. `untold` are those of which that cannot be told: None, bools, small
    numbers and letters, which Python makes once."""

    leaves: int = 0
    unknown: int = 0
    given: int = 0
    untold: int = 0

    def add(self, other: Share) -> None:
        self.leaves += other.leaves
        self.unknown += other.unknown
        self.given += other.given
        self.untold += other.untold


def share(shape: Shape, picture: Picture) -> Share:
    """Count the leaves of a contained value, and those of them that the shape calls Anything."""
    total = Share()
    _count(shape, picture, total, set())
    return total


def _count(shape: Shape | None, picture: Picture, total: Share, seen: set[int]) -> None:
    if isinstance(shape, Either):
        shape = next((o for o in shape.options if Checker().why_not(o, picture) is None), None)
    if isinstance(shape, Anything):
        shape = None
    parts = list(_parts(picture)) if id(picture) not in seen else []
    seen.add(id(picture))
    if not parts:
        total.leaves += 1
        total.unknown += shape is None
        total.given += shape is None and picture.foreign
        total.untold += shape is None and not picture.foreign and _made_once(picture)
        return
    for part, inner in parts:
        if picture.foreign:
            inner.foreign = True
        _count(_sub(shape, part, inner) if shape is not None else None, inner, total, seen)


def _made_once(picture: Picture) -> bool:
    value = picture.constant
    return picture.is_constant and (
        value is None or isinstance(value, int) or (isinstance(value, str) and len(value) < 2)
    )


def _parts(picture: Picture) -> list[tuple[object, Picture]]:
    if picture.pairs is not None:
        return list(picture.pairs)  # type: ignore[arg-type]
    if picture.items is not None:
        return list(enumerate(picture.items))
    return list(picture.attributes.items())


def _sub(shape: Shape, part: object, inner: Picture) -> Shape | None:
    if isinstance(shape, Instance) and shape.payload is not None and not isinstance(part, str):
        shape = shape.payload
    if isinstance(shape, Mapping) and isinstance(part, Picture):
        number = _exact_entry(shape, part)
        if number is not None:
            return shape.entries[number].value
        loose = [e.value for e in shape.entries if not isinstance(e.key, Known)]
        return next((v for v in loose if Checker().why_not(v, inner) is None), None)
    if isinstance(shape, Sequence) and isinstance(part, int):
        if shape.type in UNORDERED:
            offered = [*shape.items, *([shape.rest] if shape.rest is not None else [])]
            return next((o for o in offered if Checker().why_not(o, inner) is None), None)
        return shape.items[part] if part < len(shape.items) else shape.rest
    if isinstance(shape, Instance) and isinstance(part, str):
        return dict(shape.attributes).get(part)
    # An opaque value or a cycle says the type and nothing of the inside.
    return None
