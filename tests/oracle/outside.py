"""The module `outside` of the real run: code that the interpreter cannot see.

It records what it is given, answers with JSON values (now and then something else), raises, changes the mutable
things that it was given, at any depth, and calls functions back. All of it follows from one seed.
"""

from __future__ import annotations

import collections
import enum
import types
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from typing import Any

from .events import any_json, record

#: How often a call raises, and how often it changes what it was given.
RAISES, MUTATES = 0.1, 0.3

Recorder = Callable[[str, tuple[Any, ...], dict[str, Any]], None]


class Thing:
    """A library's object: any attribute, any method."""

    def __init__(self, rng: Random) -> None:
        self.__dict__["rng"] = rng

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **keywords: any_json(self.rng)

    def __enter__(self) -> Thing:
        return self

    def __exit__(self, *_: object) -> None:
        """Swallows nothing: that an unseen context manager swallows is not assumed."""


def build(rng: Random, log: Recorder, keep: Callable[[object], None]) -> types.ModuleType:
    """The module. `log` is told of each call before it does anything; `keep` of every value handed out."""
    module = types.ModuleType("outside")

    class Trouble(Exception):
        """An exception of the library's own."""

    Trouble.__module__ = "outside"
    Trouble.__qualname__ = "Trouble"
    errors = (ValueError, KeyError, TypeError, RuntimeError, OSError, IndexError, ZeroDivisionError, Trouble, Trouble)

    def enter(name: str, args: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        log(name, args, keywords)
        for value in (*args, *keywords.values()):
            if rng.random() < MUTATES:
                mutate(value, rng, 0)
        if rng.random() < RAISES:
            raise rng.choice(errors)("from outside")

    def give(value: Any) -> Any:
        keep(value)
        return value

    def answers(name: str, make: Callable[[], Any]) -> Callable[..., Any]:
        def call(*args: Any, **keywords: Any) -> Any:
            enter(f"outside.{name}", args, keywords)
            return give(make())

        call.__name__ = call.__qualname__ = name
        call.__module__ = "outside"
        return call

    def odd() -> Any:
        return rng.choice([(1, "a"), {1, 2}, b"raw", Thing(rng), any_json(rng), any_json(rng)])

    for name, make in {
        "probe": lambda: any_json(rng) if rng.random() < 0.9 else odd(),
        "fetch": lambda: record(rng),
        "save": lambda: None,
        "rows": lambda: [record(rng) for _ in range(rng.randrange(4))],
        "check": lambda: rng.random() < 0.5,
        "text": lambda: rng.choice(["", "a", "b", "json", "some text", "12"]),
        "count": lambda: rng.choice([0, 1, 2, 3, 100]),
        "session": lambda: Thing(rng),
    }.items():
        setattr(module, name, answers(name, make))

    def apply(function: Any, *args: Any) -> Any:
        """Calls back, none to three times; an instance's own methods are not called by it, nor through it."""
        log("outside.apply", (function, *args), {})
        args = tuple(any_json(rng) if hasattr(arg, "__dict__") else arg for arg in args)
        results = [function(*args) for _ in range(rng.randrange(4))]
        return rng.choice([results, results[-1] if results else None])

    def decorate(function: Any) -> Any:
        """Gives the function back, or one round it."""
        if rng.random() < 0.5:
            return function
        return lambda *args, **keywords: rng.choice([function(*args, **keywords), any_json(rng)])

    class Base:
        """A class to derive from."""

        def __init__(self, *args: Any, **keywords: Any) -> None:
            self.made = give(any_json(rng))

        def greet(self, *args: Any) -> Any:
            """Changes the instance, as a base class may."""
            if rng.random() < MUTATES:
                mutate(self, rng, 0)
            return give(any_json(rng))

    Base.__module__ = "outside"
    Base.__qualname__ = "Base"
    vars(module).update(Trouble=Trouble, apply=apply, decorate=decorate, Base=Base, LIMIT=rng.choice([3, "x", None]))
    return module


def mutate(value: Any, rng: Random, depth: int) -> None:
    """Change a mutable value, or one inside it."""
    if depth > 3:
        return
    inner = list(_inside(value))
    if inner and rng.random() < 0.4:
        mutate(rng.choice(inner), rng, depth + 1)
        return
    if isinstance(value, dict):
        keys = list(dict.keys(value))
        action = rng.randrange(4)
        if action == 0 and keys:
            dict.__setitem__(value, rng.choice(keys), any_json(rng))
        elif action == 1 and keys:
            dict.__delitem__(value, rng.choice(keys))
        elif action == 2:
            dict.__setitem__(value, rng.choice(["a", "b", "new", "status"]), any_json(rng))
        elif rng.random() < 0.2:
            dict.clear(value)
    elif isinstance(value, list):
        if value and rng.random() < 0.5:
            if rng.random() < 0.5:
                list.pop(value)
            else:
                list.__setitem__(value, rng.randrange(len(value)), any_json(rng))
        else:
            list.append(value, any_json(rng))
    elif isinstance(value, set):
        set.add(value, rng.choice(["new", 5, None]))
    elif isinstance(value, (types.FunctionType, types.MethodType, type, enum.Enum)):
        return
    elif isinstance(value, Iterator):
        with suppress(StopIteration):
            next(value)
    elif getattr(value, "__dict__", None):
        setattr(value, rng.choice(list(value.__dict__)), any_json(rng))


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from dict.values(value)
    elif isinstance(value, (list, tuple, collections.deque)):
        yield from list(value)
    elif not isinstance(value, (types.FunctionType, type)) and type(value).__module__ != "outside":
        yield from list(getattr(value, "__dict__", {}).values())
