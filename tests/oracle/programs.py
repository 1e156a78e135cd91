"""Whole programs: one to three modules with a handler, of 5 to 60 lines, that Python compiles.

`generate(Random(seed))` always gives the same program. `programs()` is the same as a hypothesis strategy.
"""

from __future__ import annotations

import re
from random import Random

from hypothesis import strategies

from .classes import Classes
from .simple import Lines, indent
from .vocabulary import Fn, Var

#: What a module imports where its text uses the name.
IMPORTS = {
    r"json\.": "import json",
    r"outside\.": "import outside",
    r"os\.": "import os",
    r"copy\.(deepcopy|copy)\(": "import copy",
    r"logging\.": "import logging",
    r"uuid\.": "import uuid",
    r"asyncio\.": "import asyncio",
    r"base64\.": "import base64",
    r"Decimal\(": "from decimal import Decimal",
    r"(datetime|timedelta|timezone)\b": "from datetime import datetime, timedelta, timezone",
    r"(partial|wraps|lru_cache|cached_property)\b": "from functools import cached_property, lru_cache, partial, wraps",
    r"reduce\(": "from functools import reduce",
    r"(contextmanager|suppress|nullcontext)\b": "from contextlib import contextmanager, nullcontext, suppress",
    r"(dataclass|field|asdict|replace)\b": "from dataclasses import asdict, dataclass, field, replace",
    r"(Enum|IntEnum|auto)\b": "from enum import Enum, IntEnum, auto",
    r"(namedtuple|UserDict)\b": "from collections import UserDict, namedtuple",
    r"(Counter|defaultdict|deque)\(": "from collections import Counter, defaultdict, deque",
    r"itertools\.": "import itertools",
    r"NamedTuple\b": "from typing import NamedTuple",
}


class Author(Classes):
    """Writes one program."""

    def constants(self) -> Lines:
        """A constant or a piece of module state."""
        name, type_ = self.fresh("G"), self.a_type()
        text = self.expr(type_)
        self.bind(name, type_)
        return [f"{name} = {text}"]

    def items(self, count: int) -> Lines:
        """Top-level statements and definitions."""
        lines: Lines = []
        for _ in range(count):
            make = self.rng.choices([self.constants, self.function, self.klass, self.statement_at_top], [4, 6, 4, 1])[0]
            lines += make()
        return lines

    def statement_at_top(self) -> Lines:
        self.depth = 3
        lines = self.statement()
        self.depth = 0
        return lines

    def handler(self) -> Lines:
        """The handler: mostly `def handler(event, context)`."""
        self.budget = self.rng.choice([self.rng.randrange(4, 30), self.rng.randrange(20, 45)])
        before: Lines = []
        decorators: Lines = []
        if self.chance(0.08):
            name, before = self.decorator()
            decorators = [f"@{name}"]
        own = [Var("event", "event", plain=False), Var("context", "context", plain=False)]
        body = self.body((), "answer", self.rng.randrange(3, 16), own=own)
        if self.chance(0.05):
            return [
                *before,
                "class Handler:",
                "    def __init__(self):",
                "        self.count = 0",
                "    def __call__(self, event, context):",
                *indent(indent(body)),
                "handler = Handler()",
            ]
        if self.chance(0.03):
            return [*before, "def inner(extra, event, context):", *indent(body), "handler = partial(inner, 'x')"]
        return [*before, *decorators, "def handler(event, context):", *indent(body)]

    def program(self) -> dict[str, str]:
        """The files by path."""
        files: dict[str, str] = {}
        layout = self.rng.choices(["one", "two", "three", "package"], [70, 15, 7, 8])[0]
        others = {
            "one": [],
            "two": ["helpers.py"],
            "three": ["models.py", "helpers.py"],
            "package": ["parts/one.py", "parts/__init__.py"],
        }[layout]
        head: Lines = []
        for path in others:
            self.budget = 8
            lines = head + self.items(self.rng.randrange(1, 4))
            files[path] = finish(lines)
            head = self.imported(path, inside="parts/__init__.py" if path == "parts/one.py" else "")
        self.budget = 8
        lines = [*head, *self.items(self.rng.randrange(0, 6 if not others else 3)), *self.handler()]
        files["app.py"] = finish(lines)
        return files

    def imported(self, path: str, inside: str) -> Lines:
        """The import statements by which the next module sees what this one defines."""
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        names = [var.name for var in self.scopes[0] if "." not in var.name] + [c.name for c in self.classes]
        lines: Lines = []
        if inside:
            module = ".one"  # imported by the package itself
        if not inside and self.chance(0.4):
            lines.append(f"import {module}")
            self.functions = [
                Fn(f"{module}.{f.name}" if "." not in f.name else f.name, f.params, f.returns, f.kind)
                for f in self.functions
            ]
            self.scopes[0] = [
                Var(f"{module}.{v.name}" if "." not in v.name else v.name, v.type, plain=False) for v in self.scopes[0]
            ]
            names = [c.name for c in self.classes]
        else:
            names += [f.name for f in self.functions if "." not in f.name]
        dotted = {
            name.rpartition(".")[0] for name in [*(f.name for f in self.functions), *(v.name for v in self.scopes[0])]
        }
        lines += [
            f"import {other}" for other in sorted(dotted - {"", module, "self", *(cls.name for cls in self.classes)})
        ]
        if names:
            lines.append(f"from {module} import {', '.join(dict.fromkeys(names))}")
        return lines


def finish(lines: Lines) -> str:
    """The module's text, with the imports that it needs."""
    text = "\n".join(lines)
    needed = [line for pattern, line in IMPORTS.items() if re.search(r"(?<![\w.'])" + pattern, text)]
    return "\n".join([*needed, text]) + "\n"


def generate(rng: Random) -> dict[str, str]:
    """A program that compiles, of 5 to 60 lines: its files by path."""
    while True:
        files = Author(Random(rng.getrandbits(64))).program()
        if not 5 <= sum(text.count("\n") for text in files.values()) <= 75:
            continue
        try:
            for path, text in files.items():
                compile(text, path, "exec", dont_inherit=True)
        except SyntaxError:
            continue
        return files


def programs() -> strategies.SearchStrategy[dict[str, str]]:
    """Programs as a strategy; what falsifies is shrunk by `shrink`, statement by statement, rather than by seed."""
    return strategies.integers(0, 2**64 - 1).map(lambda seed: generate(Random(seed)))
