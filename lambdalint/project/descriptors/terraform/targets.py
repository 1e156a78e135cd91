"""Which functions a value names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lambdalint.project.descriptors.terraform.modules import Instance
from lambdalint.project.descriptors.terraform.values import HOLE, Value

_IN_ARN = re.compile(r":function:([\w-]+)")


class Targets:
    """The functions of one reading, by what makes them and by their names."""

    def __init__(self, functions: Sequence[Instance]) -> None:
        self._functions = dict.fromkeys(functions)
        self._by_name: dict[str, list[Instance]] = {}
        for function in functions:
            name = function.text("function_name")
            if name is not None:
                self._by_name.setdefault(name, []).append(function)

    def named(self, value: Value | None, depth: int = 0) -> list[Instance]:
        """The functions that a value surely names: by a reference, through an alias, or by their name."""
        if value is None or depth > 3:
            return []
        found: dict[Instance, None] = {}
        for ref in value.all_refs():
            if ref.of in self._functions:
                found[ref.of] = None
            elif isinstance(ref.of, Instance) and ref.of.kind in ("aws_lambda_alias", "data.aws_lambda_function"):
                found.update(dict.fromkeys(self.named(ref.of.get("function_name"), depth + 1)))
        if not found:
            written = value.text if value.text is not None else value.pattern or ""
            names = [name for name in _IN_ARN.findall(written) if not written.endswith(f":function:{name}{HOLE}")]
            for name in (*names, written):
                owners = self._by_name.get(name, [])
                found.update(dict.fromkeys(owners if len(owners) == 1 else ()))
        return list(found)


def kinds_of(value: Value | None) -> list[Instance]:
    """The things that a value names by references."""
    return [ref.of for ref in value.all_refs() if isinstance(ref.of, Instance)] if value is not None else []


def known_texts(value: Value) -> Mapping[str, None]:
    """The known texts of a list, in order."""
    return dict.fromkeys(one.text for one in value.elements() if one.text is not None)
