"""Calls the standard library and compares what comes with what typeshed says: read from a pipe as JSON, answered in a
file `answer.json`.

It is run by itself, by the Python that is asked, in a folder of its own: scripts/typeshed_answers.py asks of every row
that it may write, test_typeshed_oracle.py of some rows of the table. A row is tried with arguments that fit what the
stubs say of its parameters, and with others; what is called on an object is called on each sample of its class, and
what calls give is a sample in turn.
"""

from __future__ import annotations

import importlib
import inspect
import io
import itertools
import json
import os
import random
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from typing import Any

from stub_values import CALLED, FILES, NOT_CALLED, SAMPLES, chosen, pool

NAMES = {
    "thread.lock": "threading.Lock",
    "thread.RLock": "threading.RLock",
    "pathlib._local.PosixPath": "pathlib.PosixPath",
    "pathlib._local.PurePosixPath": "pathlib.PurePosixPath",
    "pathlib._local.Path": "pathlib.PosixPath",
    "pathlib._local.PurePath": "pathlib.PurePosixPath",
    "pathlib.Path": "pathlib.PosixPath",
    "pathlib.PurePath": "pathlib.PurePosixPath",
    "zipfile._path.Path": "zipfile.Path",
    "concurrent.futures._base.Future": "concurrent.futures.Future",
}
#: How often a row is tried, how long a call may take, and how many samples of a class are kept.
TRIES, SECONDS, KEPT = 70, 0.3, 3


class Slow(BaseException):
    """A call took too long."""


def name_of(kind: type) -> str:
    """The name by which the tables know a class."""
    module = kind.__module__.lstrip("_")
    name = kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"
    return NAMES.get(name, name)


class Fit:
    """Whether a value has the type that is said, all the way down. `full`: no container that was met was empty."""

    def __init__(self, receiver: Any) -> None:
        self.receiver = receiver
        self.full = True

    def __call__(self, value: Any, parsed: list[Any]) -> bool:
        name, inside = parsed
        if name == "?":
            return True
        if name == "|":
            return any(self(value, part) for part in inside)
        if name == "None":
            return value is None
        if name == "receiver":
            return value is self.receiver
        if name in ("self", "cls"):
            return type(value) is (self.receiver if isinstance(self.receiver, type) else type(self.receiver))
        if name == "iterator":
            found = hasattr(value, "__next__") and iter(value) is value
            return found and self.each(itertools.islice(value, 5), inside[0])
        if name_of(type(value)) != name:
            return False
        if name in ("dict", "collections.OrderedDict", "collections.defaultdict") and len(inside) == 2:
            return self.each(value, inside[0]) and self.each(value.values(), inside[1])
        if name == "tuple" and inside and inside[-1][0] != "...":
            return len(value) == len(inside) and all(self(part, kind) for part, kind in zip(value, inside))
        return not inside or self.each(value, inside[0])

    def each(self, parts: Any, parsed: list[Any]) -> bool:
        """Whether all of several do."""
        if parsed[0] == "?":
            return True
        found = [self(part, parsed) for part in parts]
        self.full = self.full and bool(found)
        return all(found)


class Asking:
    """The rows of some modules. In: `above`, what each class derives from, by name; `defined`, the classes and names
    that have a row; the `rows` that are asked of; a `seed`."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.above: dict[str, list[str]] = asked["above"]
        self.rows: list[dict[str, Any]] = asked["rows"]
        self.rng = random.Random(asked["seed"])
        self.tries: int = asked.get("tries", TRIES)
        self.makers: dict[str, list[Callable[[], Any]]] = {kind: [make] for kind, make in SAMPLES.items()}
        self.defined = {(kind, name) for kind, name in asked["defined"]}
        self.fitted: Counter[str] = Counter()
        self.wrong: dict[str, str] = {}

    def run(self) -> dict[str, Any]:
        for _ in range(3):
            before = len(self.makers)
            for row in self.rows:
                if self.fitted[row["name"]] < self.tries and row["name"] not in self.wrong:
                    self.ask(row)
            if len(self.makers) == before:
                break
        return {"fitted": dict(self.fitted), "wrong": self.wrong}

    def ask(self, row: dict[str, Any]) -> None:
        name = row["name"]
        if row["how"] == "call" and NOT_CALLED.search(name) and name not in CALLED:
            return
        receivers = list(self.receivers(row))
        if "parameters" not in row and receivers:
            row["least"], row["parameters"] = _signature(row, receivers[0])
        for make in receivers:
            if row["how"] == "attribute":
                self.compare(row, make, None)
                continue
            for arguments in self.arguments(row, max(10, self.tries // len(receivers))):
                self.compare(row, make, arguments)
                if name in self.wrong:
                    return

    def receivers(self, row: dict[str, Any]) -> Iterator[Callable[[], Any]]:
        """What makes an object that has the row from its class, or from one above it."""
        if not row["owner"]:
            yield lambda: None
            return
        for kind, makers in list(self.makers.items()):
            chain = [kind, *self.above.get(kind, ())]
            if row["owner"] in chain:
                nearer = chain[: chain.index(row["owner"])]
                if not any((one, row["attribute"]) in self.defined for one in nearer):
                    yield from makers

    def arguments(self, row: dict[str, Any], tries: int) -> Iterator[Callable[[], tuple[Any, ...]]]:
        name, least, overloads = row["name"], row["least"], row["parameters"] or [[]]
        if name in CALLED:
            yield from (lambda made=made: made() for made in CALLED[name])  # type: ignore[misc]
            if NOT_CALLED.search(name):
                return
        if least == 0:
            yield lambda: ()
        if least <= 1 and any(overloads):
            yield from (lambda index=index: (pool()[index],) for index in range(len(pool())))  # type: ignore[misc]
        if least > 1:  # two datetimes have a difference too
            yield from (lambda index=index: (pool()[index],) * least for index in range(len(pool())))  # type: ignore[misc]
        if least == 0 and not any(overloads):
            return
        for _ in range(tries):
            named = self.rng.choice(overloads)
            count = min(len(named), least + self.rng.choice((0, 0, 0, 1, 2)))
            seed = self.rng.random()
            yield (
                lambda named=named, count=count, seed=seed: tuple(  # type: ignore[misc]
                    self.argument(text, random.Random(f"{seed} {index}")) for index, text in enumerate(named[:count])
                )
            )

    def argument(self, annotation: str, rng: random.Random) -> Any:
        """A value for a parameter: one in eight is anything at all."""
        if rng.random() < 0.12:
            return rng.choice(pool())
        for kind, makers in self.makers.items():
            if "." in kind and kind.rpartition(".")[2] in annotation.replace("|", " ").replace("[", " ").split():
                return rng.choice(makers)()
        return rng.choice(chosen(annotation) or pool())

    def compare(self, row: dict[str, Any], make: Callable[[], Any], arguments: Any) -> None:
        """Call once, and note whether it came as said."""
        given: tuple[Any, ...] = ()
        done: Any = None
        try:
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            receiver, function = _called(row, make())
            if arguments is not None:
                given = arguments()
                value = function(*given)
            else:
                value = function
            done = value
            fit = Fit(receiver)
            right = fit(value, row["parsed"])
            if row["attribute"] == "__enter__":
                receiver.__exit__(None, None, None)
            signal.setitimer(signal.ITIMER_REAL, 0)
        except Slow:
            return
        except (Exception, SystemExit):
            return
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if right:
            # What is empty, or None where something else may come, shows nothing.
            self.fitted[row["name"]] += fit.full and not (done is None and row["parsed"][0] == "|")
            self.keep(row, make, arguments, done)
        else:
            with suppress(Exception):
                self.wrong[row["name"]] = f"{given!r}"[:200] + f" gives {name_of(type(done))} {done!r}"[:200]
            self.wrong.setdefault(row["name"], "gives another type")

    def keep(self, row: dict[str, Any], make: Callable[[], Any], arguments: Any, value: Any) -> None:
        """What came is a sample of its class."""
        kind = name_of(type(value))
        if "." in kind and len(self.makers.get(kind, ())) < KEPT and kind not in SAMPLES and arguments is not None:
            self.makers.setdefault(kind, []).append(lambda: _called(row, make())[1](*arguments()))


def _called(row: dict[str, Any], receiver: Any) -> tuple[Any, Any]:
    """The receiver, and what is called."""
    if row["owner"]:
        return receiver, getattr(receiver, row["attribute"])
    found: Any = importlib.import_module(row["module"])
    for part in row["path"].split("."):
        found = getattr(found, part)
    return None, found


def _signature(row: dict[str, Any], make: Callable[[], Any]) -> tuple[int, list[list[str]]]:
    """How many arguments must be given, and as the annotations of all nothing, where the stubs are not at hand."""
    try:
        found = inspect.signature(_called(row, make())[1]).parameters.values()
    except Exception:
        return 0, [["", ""]]
    taken = [one for one in found if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    return sum(one.default is one.empty for one in taken), [[""] * len(taken)]


def main() -> None:
    asked = json.load(sys.stdin)
    folder = os.getcwd()
    warnings.simplefilter("ignore")

    def slow(*_: object) -> None:
        raise Slow

    signal.signal(signal.SIGALRM, slow)
    for name, content in FILES.items():
        with open(name, "wb") as file:
            file.write(content)
    asking = Asking(asked)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        answer = asking.run()
    # What was called may have closed whatever was open, and what it left behind may not want to end.
    with open(os.path.join(folder, "answer.json"), "w") as file:
        json.dump(answer, file)
    os._exit(0)


if __name__ == "__main__":
    main()
