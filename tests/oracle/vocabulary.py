"""What the generator knows of the program that it writes: types, variables, functions, classes.

A type is a word ("int", "str", "any", ...) or a tuple: ("list", t), ("dict", t), ("rec", ((key, t), ...)),
("set", t), ("tuple", (t, ...)), ("inst", class name), ("opt", t).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias

Type: TypeAlias = Any
Option: TypeAlias = "tuple[int, Callable[[], Any]]"


@dataclass(frozen=True)
class Var:
    """A name that can be read. `plain`: it may be bound anew (no `self.x`, no constant of another module)."""

    name: str
    type: Type
    plain: bool = True


@dataclass(frozen=True)
class Param:
    """`kind`: "pos", "args", "key", "kwargs"; `default` is source text."""

    name: str
    type: Type
    default: str | None = None
    kind: str = "pos"


@dataclass(frozen=True)
class Fn:
    """A function or method. `kind`: "plain", "gen", "async", "context" (a contextmanager), "property"."""

    name: str
    params: tuple[Param, ...]
    returns: Type
    kind: str = "plain"


@dataclass
class Cls:
    """A class. `kind`: "plain", "data", "named", "enum", "context", "error", "dict"; `members` are an enum's."""

    name: str
    init: tuple[Param, ...] = ()
    fields: dict[str, Type] = field(default_factory=dict)
    methods: list[Fn] = field(default_factory=list)
    kind: str = "plain"
    members: tuple[str, ...] = ()
    dunders: set[str] = field(default_factory=set)
    frozen: bool = False


class Vocabulary:
    """The random choices, the scopes and the fresh names."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.scopes: list[list[Var]] = [[]]
        self.functions: list[Fn] = []
        self.classes: list[Cls] = []
        self.budget = 0
        self.counter = 0
        self.likings: dict[tuple[str, int], float] = {}
        #: Writing an expression where no walrus may stand (comprehensions, class bodies).
        self.no_walrus = 0
        #: The function being written may use `await`.
        self.in_async = False
        #: Calls of own functions are not written inside these (recursion is written on purpose, bounded).
        self.callable_now = True

    def cond(self, depth: int) -> str:
        """A condition: see `Conditions`."""
        raise NotImplementedError

    def context(self) -> list[str]:
        """A with statement: see `Statements`."""
        raise NotImplementedError

    def chance(self, share: float) -> bool:
        """True in that share of the cases."""
        return self.rng.random() < share

    def pick(self, options: list[Option]) -> Any:
        """One of the options by weight; those of weight 0 never.

        Each program likes some options and dislikes others (swarm testing), so that together they reach further.
        """
        weights = [weight * self._liking(make) for weight, make in options]
        return self.rng.choices([make for _, make in options], weights)[0]()

    def _liking(self, make: Any) -> float:
        code = getattr(make, "__func__", make).__code__
        place = (code.co_filename, code.co_firstlineno)
        if place not in self.likings:
            self.likings[place] = self.rng.choice((0.15, 0.5, 1, 1, 2, 4))
        return self.likings[place]

    def fresh(self, stem: str) -> str:
        """A new name: `x1`, `x2`."""
        self.counter += 1
        return f"{stem}{self.counter}"

    def bind(self, name: str, kind: Type, plain: bool = True) -> None:
        """Make a name known in the innermost scope, with its newest type."""
        for frame in self.scopes:
            frame[:] = [var for var in frame if var.name != name]
        self.scopes[-1].append(Var(name, kind, plain))

    def unbind(self, name: str) -> None:
        """Forget a name."""
        for frame in self.scopes:
            frame[:] = [var for var in frame if var.name != name]

    def variables(self, wanted: Callable[[Type], bool]) -> list[Var]:
        """The variables whose type is wanted, the newest last."""
        return [var for frame in self.scopes for var in frame if wanted(var.type)]

    def some(self, wanted: Callable[[Type], bool]) -> Var | None:
        """One such variable, the newer the likelier; or None."""
        found = self.variables(wanted)
        if not found:
            return None
        return self.rng.choices(found, range(1, len(found) + 1))[0]

    def class_named(self, name: str) -> Cls:
        """The class of that name."""
        return next(cls for cls in self.classes if cls.name == name)

    def a_type(self, depth: int = 2) -> Type:
        """A random type."""
        rng = self.rng
        simple: list[Type] = (
            ["int"] * 4 + ["str"] * 5 + ["bool"] * 2 + ["float", "none", "any", "time", "decimal", "bytes"]
        )
        if depth <= 0 or self.chance(0.45):
            return rng.choice(simple)
        instances = [cls for cls in self.classes if cls.kind not in ("error",)]
        choice = rng.randrange(12 + min(3, len(instances)))
        if choice < 3:
            return ("list", self.a_type(depth - 1))
        if choice < 5:
            return ("dict", self.a_type(depth - 1))
        if choice < 9:
            keys = rng.sample(("a", "b", "id", "name", "status", "body", "n"), rng.randrange(1, 4))
            return ("rec", tuple((key, self.a_type(depth - 1)) for key in keys))
        if choice == 9:
            return ("tuple", tuple(self.a_type(depth - 1) for _ in range(rng.randrange(1, 4))))
        if choice == 10:
            return ("set", rng.choice(["int", "str"]))
        if choice == 11:
            return ("opt", self.a_type(depth - 1))
        return ("inst", rng.choice(instances).name)


def is_kind(*kinds: str) -> Callable[[Type], bool]:
    """A test of a type: is it one of these words, or made by one of them?"""
    return lambda type_: (type_ if isinstance(type_, str) else type_[0]) in kinds
