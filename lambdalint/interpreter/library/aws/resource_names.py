"""What boto3's resources have by name, and of which kind something is that another kind has not.

boto3 adds no more to its resources: https://docs.aws.amazon.com/boto3/latest/guide/resources.html. What a kind has
beside its attributes - what is done with it, what belongs to it, by what it is named - no version will have more of.
Attributes come with the service's structures, of which a newer version may have more members: of those it is told only
where the other kind is of the same thing, and another operation gives it - a summary in a list, and the object.

Sources: `ResourceModel` in boto3/resources/model.py, `xform_name` in botocore/__init__.py, boto3 1.44.8.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lambdalint.interpreter.library.aws.answers import Resource, resources, service
from lambdalint.interpreter.library.signatures import written

#: What every kind may have, or which of them have it is not known.
_ANY = re.compile(r"load$|reload$|meta$|get_available_subresources$|wait_until_|.*_attribute$|_")
_SPECIAL = re.compile(r"[A-Z]{2,}s$")
_FIRST = re.compile(r"(.)([A-Z][a-z]+)")
_END = re.compile(r"([a-z0-9])([A-Z])")
#: The signs of what may be data, too: names, collections, what a resource refers to. A structure may come to have it.
_NOUNS = (".", "*", "@", "@@")
#: How many kinds are told.
_SHOWN = 3


def lacked(name: str, kind: str, asked: str) -> str:
    """What is to be said of a name that a kind of resource has not, and another kind of the same service has. In: the
    service, the kind as boto3 calls it, `-` for the service itself."""
    known = resources(name)
    own = known.get(kind)
    if own is None or _ANY.match(asked) or asked in _parts(name, kind) or asked in _attributes(name, kind):
        return ""
    same = _letters(asked)
    for one in sorted({*_attributes(name, kind), *_parts(name, kind)}):
        if _letters(one) == same:
            return f"{_said(name, kind)} has no `{asked}`, only `{one}`"
    found = [other for other in known if other != kind and _has(name, other, kind, asked)]
    if not found or len(found) > _SHOWN:
        return f"{_said(name, kind)} has no `{asked}`, only other kinds have" if found else ""
    by = f": `.{found[0]}()` gives it" if found == [_whole(name, kind)] else ""
    others = " and ".join(_said(name, one) for one in found)
    return f"{_said(name, kind)} has no `{asked}`, only {others} {'have' if found[1:] else 'has'}{by}"


def _has(name: str, other: str, kind: str, asked: str) -> bool:
    """Whether another kind has what is asked for, and this one will never have."""
    part, own = _parts(name, other).get(asked), resources(name)[kind]
    if part is not None and (part not in _NOUNS or own.structure is None):
        return True
    names = _named_by(own)
    if part == "." and names and "id" not in names:
        return True  # it has a name of its own: nothing gives it the name that others have
    return (other == _whole(name, kind) or kind == _whole(name, other)) and asked in _attributes(name, other)


def _whole(name: str, kind: str) -> str | None:
    """The kind that a resource is a summary of: the one that it gives of the same names."""
    own = resources(name)[kind]
    for part, (sign, target) in own.parts.items():
        other = resources(name).get(target)
        if sign == ">" and part[:1].isupper() and other is not None and target != kind:
            if _named_by(own) and _named_by(own) == _named_by(other):
                return target
    return None


def _named_by(resource: Resource) -> list[str]:
    return [part for part, (sign, _) in resource.parts.items() if sign == "."]


@lru_cache(maxsize=256)
def _parts(name: str, kind: str) -> dict[str, str]:
    """What a kind has beside attributes, by name, each with its sign; what boto3 puts into it has none."""
    found = {part: sign for part, (sign, _) in resources(name)[kind].parts.items() if part[0] != "!"}
    return {**found, **dict.fromkeys(written(f"boto3.{name}.{kind}"), "")}


@lru_cache(maxsize=256)
def _attributes(name: str, kind: str) -> frozenset[str]:
    """The names of a kind's attributes."""
    known, number = service(name), resources(name)[kind].structure
    if known is None or number is None:
        return frozenset()
    return frozenset(in_snake_case(member.name) for member in known.structure(number).members)


def in_snake_case(name: str) -> str:
    """A name as botocore writes it in Python: `e_tag` of `ETag`."""
    special = _SPECIAL.search(name)
    if special is not None:
        name = f"{name[: -len(special.group())]}_{special.group().lower()}"
    return _END.sub(r"\1_\2", _FIRST.sub(r"\1_\2", name)).lower()


def _said(name: str, kind: str) -> str:
    if kind == "-":
        return f"the resource `{name}`"
    return f"{'an' if kind[0] in 'AEIO' else 'a'} `{kind}`"


def _letters(name: str) -> str:
    return name.replace("_", "").lower()
