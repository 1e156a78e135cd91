"""What the files of a run take of each other's modules by name: an import that its own file does not use may be one of
these.

Read from the texts by regular expressions: all of them are asked about as soon as one import is unused, so that it must
cost little, and a name too many keeps an import, where one too few breaks a program. Modules go by their last names,
for nobody knows which folders are on sys.path.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

from lambdalint.source import Source

_NAMES = r"\((?P<many>(?:[^)#]|#[^\n]*)*)\)|(?P<few>(?:\\\r?\n|[^\n#;])*)"
#: Each begins with letters, which are searched for fast, as nothing else here is: so they are two.
_FROM = re.compile(rf"from[ \t]+(?P<module>[.\w]+)[ \t]+import\b[ \t]*(?:{_NAMES})")
_IMPORT = re.compile(rf"import\b[ \t]*(?:{_NAMES})")
_COMMENT = re.compile(r"#[^\n]*")
#: A file with one of these may speak of any module in a text: "src.app.time.sleep".
_BY_TEXT = ("patch", "setattr", "resolve_name", "import_string")
_TEXT = re.compile(r"[\"']([A-Za-z_][\w.]*)")
#: `patch(f"{MODULE}.time")`, `patch(MODULE + ".time")`.
_OF_ANY = re.compile(r"(?:patch|setattr)\(\s*(?:f[\"'][^\"'\n]*\}|[\w.]+\s*\+\s*[\"'])\.(\w+)")
#: A file with one of these may have a module that no import binds: what they give has a name, or is a fixture's.
_LOADING = ("import_module", "__import__", "module_from_spec", "load_module", "load_source", "reload")
_LOADED = re.compile(
    rf"\b(\w+)[ \t]*=[ \t]*(?:\w+\.)*(?:{'|'.join(_LOADING)})\("
    r"|fixture\b[^\n]*\n\s*(?:async[ \t]+)?def[ \t]+(\w+)"
)
#: `getattr(app, name)`, `vars(app)`, `patch.multiple("app", time=...)`: any name of it.
_ASKING = ("getattr(", "setattr(", "vars(", "dir(", "getmembers(", "multiple(")
_WHOLE = re.compile(r"(?:[gs]etattr|vars|dir|getmembers|multiple)\([\s\"']*(?:\w+\.)*(\w+)[\"']?\s*[,)]\s*(?![\s\"'])")

#: Every name of a module.
_ALL = "*"


@dataclass(slots=True)
class Said:
    """What each file says of the names of modules that are called so: kept from one run to the next."""

    modules: frozenset[str] = frozenset()
    by_file: dict[Source, list[tuple[str, str]]] = field(default_factory=dict)


class Taken:
    """The names that some files take of modules. Nothing is read before it is asked for. `asked`: what was, since that
    was emptied, with the answers. `said`: what an earlier run has read, to which this one adds."""

    def __init__(self, sources: Iterable[Source] = (), said: Said | None = None) -> None:
        self._sources = sources
        self._said = said
        self.asked: dict[tuple[str, str], bool] = {}

    def takes(self, path: str, name: str) -> bool:
        """Whether a file may take a name, bound at the top of the module at `path`, of that module: by importing it or
        all names, as an attribute, in a text that `patch` is given."""
        names, of_any = self._read
        takes = name in of_any or not names.get(_module(path), frozenset()).isdisjoint((name, _ALL))
        self.asked[path, name] = takes
        return takes

    @cached_property
    def _read(self) -> tuple[dict[str, set[str]], set[str]]:
        """The names by module, and those that are taken of a module that is not known."""
        sources = list(self._sources)
        names: dict[str, set[str]] = {_module(source.path): set() for source in sources}
        of_any: set[str] = set()
        said = self._said
        known = said.by_file if said is not None and said.modules == names.keys() else {}
        if said is not None:
            said.modules, said.by_file = frozenset(names), {}
        for source in sources:
            told: Iterable[tuple[str, str]] | None = known.get(source)
            if told is None:
                told = _taken(source.text, names)
            if said is not None:
                said.by_file[source] = told = list(told)
            for module, name in told:
                (names[module] if module else of_any).add(name)
        return names, of_any


def _module(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py")


def _taken(text: str, modules: Collection[str]) -> Iterator[tuple[str, str]]:
    """The names that one file takes, with the modules; "" is one that is not known."""
    for found in _FROM.finditer(text):
        module = found["module"].rpartition(".")[2]
        if module in modules:
            yield from ((module, name) for name, _ in _listed(found))
    bound = _bound(text, modules)
    speaks = any(word in text for word in _BY_TEXT)
    if any(word in text for word in _LOADING):
        bound |= {name: "" for either in _LOADED.findall(text) for name in either if name and name not in bound}
    for holder, module in bound.items():
        yield from ((module, name) for either in _reads(holder).findall(text) for name in either if name)
    if speaks:
        yield from (("", name) for name in _OF_ANY.findall(text))
        for dotted in _TEXT.findall(text):
            parts = dotted.split(".")
            yield from ((part, name or _ALL) for part, name in pairwise(parts) if part in modules)
    if any(word in text for word in _ASKING):
        for holder in _WHOLE.findall(text):
            module = bound.get(holder, holder if speaks and holder in modules else "")
            if module:
                yield module, _ALL


def _bound(text: str, modules: Collection[str]) -> dict[str, str]:
    """The names under which a file has modules, to these: `common`, `c` of `from app import common as c`."""
    bound: dict[str, str] = {}
    for found in _IMPORT.finditer(text):
        for dotted, alias in _listed(found):
            parts = dotted.split(".")
            if alias.isidentifier() and parts[-1] in modules:  # what a text says may look like an import
                bound[alias] = parts[-1]
            bound |= {part: part for part in parts if part in modules}
    return bound


@cache
def _reads(holder: str) -> re.Pattern[str]:
    """`app.time`, and `app, "time"` as it stands in `patch.object(app, "time")`."""
    return re.compile(rf"{re.escape(holder)}\s*(?:\.\s*(\w+)|,\s*[\"'](\w+)[\"'])")


def _listed(found: re.Match[str]) -> list[tuple[str, str]]:
    """The names of an import, each with what it is renamed to, or ""."""
    listed = _COMMENT.sub("", found["many"] or found["few"] or "").replace("\\", " ")
    words = [each.split() for each in listed.split(",")]
    return [(one[0], one[2] if len(one) > 2 else "") for one in words if one]
