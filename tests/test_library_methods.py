"""Methods of builtin types and builtin functions, on constants: what the machine says is what Python does.

Random calls are written into a handler, run by Python and on paper; where Python gives a value, the record must contain
it, and where it raises, the record must say that something may be raised.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from lambdalint.interpreter import run
from lambdalint.interpreter.shapes import Anything, Either, Known, Mapping, Opaque, Sequence, Shape
from lambdalint.project.function import Function
from lambdalint.source import Source

CONSTANTS = [
    *(
        "None",
        "True",
        "0",
        "1",
        "-2",
        "3",
        "1.5",
        "''",
        "'a'",
        "'a,b'",
        "'Ab c'",
        "' x '",
        "'{}'",
        "'{a}'",
        "'12'",
        "'é'",
    ),
    *("b''", "b'a'", "b'a,b'", "b'\\xff'", "[]", "[1]", "['a', 'b']", "[3, 1]", "()", "(1,)", "('a', 1)", "('a', 'b')"),
    *(
        "{}",
        "{'a': 1}",
        "{'a': {'b': 2}}",
        "{1: 2}",
        "[('k', 1)]",
        "set()",
        "{1}",
        "{'a'}",
        "frozenset({1})",
        "range(3)",
    ),
]
RECEIVERS = {
    str: ("''", "'a'", "'a,b'", "'Ab c'", "' x '", "'{}'", "'{a}'", "'12'", "'é'"),
    bytes: ("b''", "b'a'", "b'a,b'", "b'\\xff'"),
    dict: ("{}", "{'a': 1}", "{'a': {'b': 2}}", "{1: 2}", "dict(a=1, b=[2])"),
    list: ("[]", "[1]", "['a', 'b']", "[3, 1]", "[[1], {}]"),
    set: ("set()", "{1}", "{'a', 'b'}"),
    tuple: ("()", "(1,)", "('a', 1)"),
    int: ("0", "1", "-2"),
    float: ("1.5",),
}
FUNCTIONS = [
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "bool",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "complex",
    "dict",
    "divmod",
    "enumerate",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "hasattr",
    "hex",
    "int",
    "isinstance",
    "iter",
    "len",
    "list",
    "map",
    "max",
    "min",
    "next",
    "oct",
    "ord",
    "pow",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
]


def _call(choose: random.Random) -> list[str]:
    """The statements of a call, whose answer is `x`, and which may change `y`."""
    arguments = [choose.choice(CONSTANTS) for _ in range(choose.choice((0, 1, 1, 2)))]
    if choose.random() < 0.3:
        function = choose.choice(FUNCTIONS)
        if function in ("map", "filter"):  # what is no function fails when they are read
            arguments[:1] = ["str"]
        return ["y = None", f"x = {function}({', '.join(arguments)})"]
    kind = choose.choice(list(RECEIVERS))
    name = choose.choice([name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))])
    value = choose.choice(RECEIVERS[kind])
    if choose.random() < 0.2:
        return [f"y = {value}", f"x = {kind.__name__}.{name}({', '.join(['y', *arguments])})"]
    return [f"y = {value}", f"x = y.{name}({', '.join(arguments)})"]


def contains(shape: Shape, value: Any) -> bool:
    """Whether a picture allows a value."""
    if isinstance(shape, Anything):
        return True
    if isinstance(shape, Either):
        return any(contains(option, value) for option in shape.options)
    if isinstance(shape, Known):
        same = shape.value == value or (shape.value != shape.value and value != value)
        return type(shape.value) is type(value) and same
    if isinstance(shape, Opaque):
        names = (type(value).__name__, "iterator", "reversed")
        return shape.type in names or callable(value)
    if isinstance(shape, Mapping):
        if shape.type != type(value).__name__:
            return False
        loose = shape.open or any(not isinstance(entry.key, Known) for entry in shape.entries)
        seen = {}
        for entry in shape.entries:
            if isinstance(entry.key, Known):
                seen[entry.key.value] = entry
                if entry.sure and entry.key.value not in value:
                    return False
        return all(contains(seen[key].value, held) if key in seen else loose for key, held in value.items())
    if isinstance(shape, Sequence):
        if shape.type != type(value).__name__:
            return False
        if isinstance(value, (set, frozenset)):
            held = [*shape.items, *([shape.rest] if shape.rest is not None else [])]
            enough = shape.rest is not None or len(value) == len(shape.items)
            return enough and all(any(contains(part, element) for part in held) for element in value)
        values = list(value)
        if len(values) < len(shape.items) or (shape.rest is None and len(values) > len(shape.items)):
            return False
        first = all(contains(part, element) for part, element in zip(shape.items, values))
        return first and all(shape.rest is not None and contains(shape.rest, e) for e in values[len(shape.items) :])
    return True


class _Nothing:
    def find(self, importer: Source, dotted: str, level: int) -> None:
        return None

    def lacks(self, package: Source, name: str) -> bool:
        return False

    def vacant(self, dotted: str) -> bool:
        return False


def why_not(statements: list[str]) -> str | None:
    """Where the record of these statements is wrong, or None."""
    names: dict[str, Any] = {}
    raised: Exception | None = None
    try:
        exec("\n".join(statements), names)
    except Exception as error:
        raised = error
    body = "".join(f"    {line}\n" for line in statements)
    source = Source("app.py", f"def handler(event, context):\n{body}    return [x, y]\n".encode())
    record = run(Function(source, "handler", "app"), _Nothing())
    if raised is not None:
        return None if record.raises or record.raised else f"raises {raised!r}, and the record knows of nothing"
    happened = [names["x"], names["y"]]
    if any(contains(found.value, happened) for found in (*record.returns, *record.possible_returns)):
        return None
    return f"gives {happened!r}, and the record says {[found.value for found in record.returns]}"


@pytest.mark.parametrize("seed", range(12))
def test_what_a_call_on_constants_gives_is_in_the_record(seed: int) -> None:
    choose = random.Random(seed)
    wrong = {}
    for _ in range(40):
        statements = _call(choose)
        found = why_not(statements)
        if found is not None:
            wrong["; ".join(statements)] = found
    assert wrong == {}
