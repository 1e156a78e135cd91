"""The handlers that the settings name: `app.main`, `src/app.main`, `src/app.py:main`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from lambdalint.project.code.bindings import ModuleBindings
from lambdalint.source import Source

_ALL_OF_ANOTHER = re.compile(rb"\bimport\s*\*")


def named_in(path: str, named: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The attributes that the settings name in the file at `path`, each with the module as they give it."""
    own = "/" + path.rpartition(".")[0].removesuffix("/__init__").replace(".", "/")
    for handler in named:
        module, _, attribute = handler.rpartition(":" if ":" in handler else ".")
        module = module.removesuffix(".py").removeprefix("./").replace("/", ".")
        if module and own.endswith("/" + module.replace(".", "/")):
            yield attribute, module


def unfound(sources: Sequence[Source], named: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The handlers that are surely in none of the sources, each with what is missing."""
    for handler in named:
        files = [source for source in sources if any(named_in(source.path, [handler]))]
        module, _, attribute = handler.rpartition(":" if ":" in handler else ".")
        if not files:
            path = module if module.endswith(".py") else f"{module.replace('.', '/')}.py"
            yield handler, f"no file that is checked is `{path}`{_nearest(path, [source.path for source in sources])}"
        elif all(_lacks(source, attribute) for source in files):
            names = {binding.name for source in files if source.tree for binding in ModuleBindings(source.tree)}
            yield handler, f"`{files[0].path}` binds no `{attribute}`{_nearest(attribute, sorted(names))}"


def _lacks(source: Source, name: str) -> bool:
    """Whether a file surely binds no such name: it stands nowhere in it, nor are all names of another imported."""
    mentioned = re.search(rb"\b%b\b" % re.escape(name.encode()), source.data) or _ALL_OF_ANOTHER.search(source.data)
    return source.tree is not None and mentioned is None


def _nearest(text: str, choices: Iterable[str]) -> str:
    close = difflib.get_close_matches(text, list(choices), n=1)
    return f"; did you mean `{close[0]}`?" if close else ""
