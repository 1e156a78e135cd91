"""The little language in which a row says what its source must be answered, and the forms that it describes.

    "policyDocument.Statement[].Effect!" = "'Allow' 'Deny'"

A path leads to a part of the answer: `.key`, `.*` for every key that is not named, `[]` for each element; a `!` at its
end says that the part must be there. Behind it stand the types that the part may have, and constants in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Words for types, and the Python types that become such a part of the JSON that the runtime writes.
TYPES: dict[str, frozenset[str]] = {
    "str": frozenset({"str", "bytes"}),
    "base64": frozenset({"str", "bytes"}),
    "int": frozenset({"int"}),
    "number": frozenset({"int", "float", "decimal.Decimal"}),
    "bool": frozenset({"bool"}),
    "dict": frozenset({"dict"}),
    "list": frozenset({"list", "tuple"}),
    "null": frozenset({"NoneType"}),
}
_WORD = re.compile(r"'[^']*'|\S+")


@dataclass(slots=True)
class Form:
    """What a part of an answer may be. `types`: words of `TYPES`; `constants`: the strings that it may be, where it may
    not be any. `fields`: of its keys; `required` are those that must be there; `others`: under each further key;
    `items`: each element. `path` is how the row names it."""

    path: str
    types: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    fields: dict[str, Form] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    others: Form | None = None
    items: Form | None = None


def form(parts: Mapping[str, str]) -> Form:
    """The form that a row's table describes.

    Raises:
        ValueError: a type is not known.
    """
    root = Form("", ("dict",))
    for path, words in parts.items():
        types = _WORD.findall(words)
        place = _find(root, path.rstrip("!"), required=path.endswith("!"))
        place.constants = tuple(word.strip("'") for word in types if word.startswith("'"))
        place.types = tuple(word for word in types if not word.startswith("'"))
        unknown = set(place.types) - TYPES.keys()
        if unknown:
            raise ValueError(f"no types: {', '.join(sorted(unknown))}")
    return root


def _find(root: Form, path: str, *, required: bool) -> Form:
    here, walked = root, ""
    steps = list(_steps(path))
    for number, step in enumerate(steps):
        walked += step if step == "[]" or not walked else f".{step}"
        if step == "[]":
            here.items = here = here.items or Form(walked)
        elif step == "*":
            here.others = here = here.others or Form(walked)
        else:
            if required and number == len(steps) - 1:
                here.required.add(step)
            here = here.fields.setdefault(step, Form(walked))
    return here


def _steps(path: str) -> Iterable[str]:
    for part in path.split(".") if path else ():
        name = part.rstrip("[]")
        if name:
            yield name
        for _ in range((len(part) - len(name)) // 2):
            yield "[]"
