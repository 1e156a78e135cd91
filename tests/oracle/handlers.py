"""Handlers for the runtime's oracle: a value, a way to build the answer round it, a way to hand it over, a signature.

`handler(Random(seed))` gives the text of a module whose every path really happens with one of EVENTS.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .handler_parts import BUILDERS, HEAD, VALUES, WAYS

#: Every path of a handler happens with one of these.
EVENTS: tuple[dict[str, object], ...] = tuple(
    {**a, **kind} for a in ({}, {"b": 1}, {"a": 0}, {"a": 1}, {"a": 2}) for kind in ({}, {"kind": "x"})
)

SIGNATURES = (
    *["event, context"] * 30,
    "event, context, extra=1",
    "event, *args",
    "*args",
    "event, context=None",
    "event, context, *, extra=None",
    "event, context, **keywords",
    "event",
    "",
    "event, context, extra",
    "event, *, context",
    "event, context, *, extra",
    "**keywords",
    "event, /, context",
    "context, event",
    "event, _",
    "evt, ctx",
)


@dataclass(frozen=True)
class Case:
    """One handler. `shape` names what is odd about its kind."""

    text: str
    shape: str
    signature: str

    @property
    def swapped(self) -> bool:
        """Are its first two parameters named the wrong way round?"""
        return self.signature == "context, event"


def handler(rng: Random) -> Case:
    """A handler module: mostly `def handler(event, context)`."""
    values = VALUES.replace("\n", " | ").split(" | ")
    builder = rng.choice(BUILDERS.split("\n---\n"))
    value = rng.choice(values)
    ways = [way for way in _ways() if not (way[0] and value in ("later()",))]
    top, use = rng.choice(ways) if rng.random() < 0.7 else ways[0]
    if not re.fullmatch(r"[\w.]+", value):
        value = f"({value})"
    top = re.sub(r"\bE\b", lambda _: value, top)
    expression = re.sub(r"\bE\b", lambda _: value, use)
    if rng.random() < 0.3:
        # An answer inside an answer: what one function built is a part of what the handler builds.
        inner = re.sub(r"\bV\b", lambda _: expression, rng.choice(BUILDERS.split("\n---\n")))
        top = f"{top}\ndef part(event={{}}):\n{_indent(inner)}\n    return out"
        expression = "part(event)"
    body = re.sub(r"\bV\b", lambda _: expression, builder)
    answer = rng.choices(
        [
            "return out",
            'return {"body": json.dumps(out)}',
            'return {"body": json.dumps(out, default=str)}',
            'text = json.dumps({"out": out})\nreturn text',
            "return json.dumps(out, cls=Encoder)",
            "",
        ],
        [70, 14, 4, 6, 3, 3],
    )[0]
    if "Encoder" in answer:
        top += "\nclass Encoder(json.JSONEncoder):\n    def default(self, o):\n        return str(o)"
    signature = rng.choice(SIGNATURES)
    names = {name.strip(" */").partition("=")[0] for name in signature.split(",")}
    body = "\n".join(filter(None, [body, answer]))
    if "event" not in names:
        body = "event = {}\n" + body
    shape, text = _shaped(rng, signature, body)
    return Case(f"{HEAD}{top}\n{text}\n", shape, signature)


def _ways() -> list[tuple[str, str]]:
    ways: list[tuple[str, str]] = []
    held: list[str] = []
    for line in WAYS.split("\n"):
        left, arrow, right = line.partition("=>")
        if not arrow:
            held.append(line)
            continue
        ways.append(("\n".join([*held, left.rstrip()]) if left.strip() or held else "", right.strip()))
        held = []
    return ways


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def _shaped(rng: Random, signature: str, body: str) -> tuple[str, str]:
    plain = f"def handler({signature}):\n{_indent(body)}"
    inner = plain.replace("def handler", "def inner", 1)
    method_signature = f"self, {signature}".rstrip(", ")
    shapes: dict[str, tuple[int, Callable[[], str]]] = {
        "def": (60, lambda: plain),
        "async": (2, lambda: f"async {plain}".replace("asyncio.run(", "await (")),
        "generator": (2, lambda: f"{plain}\n    yield 1"),
        "lambda": (2, lambda: f"{inner}\nhandler = lambda event, context: inner(event, context)"),
        "alias": (2, lambda: f"{inner}\nhandler = inner"),
        "partial": (
            2,
            lambda: f"def inner(first, {signature}):\n{_indent(body)}\nhandler = functools.partial(inner, 1)",
        ),
        "method": (
            2,
            lambda: f"class App:\n    def run({method_signature}):\n{_indent(_indent(body))}\nhandler = App().run",
        ),
        "unbound": (
            1,
            lambda: f"class App:\n    def run({method_signature}):\n{_indent(_indent(body))}\nhandler = App.run",
        ),
        "static": (
            1,
            lambda: (
                f"class App:\n    @staticmethod\n    def run({signature}):\n{_indent(_indent(body))}\nhandler = App.run"
            ),
        ),
        "instance": (
            2,
            lambda: f"class App:\n    def __call__({method_signature}):\n{_indent(_indent(body))}\nhandler = App()",
        ),
        "wrapped": (
            2,
            lambda: (
                "def log(function):\n    @functools.wraps(function)\n    def wrapper(event, context):\n"
                f"        return function(event, context)\n    return wrapper\n@log\n{plain}"
            ),
        ),
        "class": (1, lambda: "class handler:\n    def __init__(self, event, context):\n        self.event = event"),
        "dict class": (
            1,
            lambda: "class handler(dict):\n    def __init__(self, event, context):\n        self['a'] = 1",
        ),
        "value": (
            1,
            lambda: f"handler = {rng.choice(['{}', 'None', '1', repr('x'), '[helper]', 'helper()', 'Data()'])}",
        ),
        "module": (1, lambda: "import json as handler"),
        "factory": (2, lambda: f"def build():\n{_indent(inner)}\n    return inner\nhandler = build()"),
    }
    names = list(shapes)
    name = rng.choices(names, [shapes[n][0] for n in names])[0]
    if name in ("partial", "generator") and (name == "generator" or signature.startswith(("*", ","))):
        name = "def" if name == "partial" else name
    return name, shapes[name][1]()
