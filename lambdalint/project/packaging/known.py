"""What is known of the distributions on PyPI: what each is imported as, and what some of them bring in turn.

The facts stand in distributions.txt and requires.toml with their source and the date; scripts/distributions.py makes
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Requires:
    """What a distribution requires without extras: all that any version from `since` on does."""

    since: str
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def _modules() -> dict[str, tuple[str, ...]]:
    found = {}
    text = (files("lambdalint.project.packaging") / "distributions.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, *modules = line.split(" ")
            found[name] = tuple(modules) or (name.replace("-", "_"),)
    return found


@lru_cache(maxsize=1)
def _providers() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, modules in _modules().items():
        for module in modules:
            found[module] = (*found.get(module, ()), name)
    return found


@lru_cache(maxsize=1)
def _requires() -> dict[str, Requires]:
    import tomli

    data = tomli.loads((files("lambdalint.project.packaging") / "requires.toml").read_text("utf-8"))
    return {name: Requires(row["since"], tuple(row["requires"])) for name, row in data.items() if isinstance(row, dict)}


def modules(distribution: str) -> tuple[str, ...] | None:
    """The first names of the modules that a distribution brings; None where it is not known. Names of distributions
    are normalized: lower case, with `-`."""
    return _modules().get(distribution)


def providers(module: str) -> tuple[str, ...]:
    """The known distributions that bring a module of this first name."""
    return _providers().get(module, ())


def requires(distribution: str) -> Requires | None:
    """What a distribution requires; None where that is not known."""
    return _requires().get(distribution)
