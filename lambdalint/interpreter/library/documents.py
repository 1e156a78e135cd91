"""PyYAML, and tokens of PyJWT: what a text holds, where the text is known.

A YAML text that stands in the code is loaded as the handler loads it, by PyYAML's own SafeLoader: it is data, and runs
nothing. https://pyyaml.org/wiki/PyYAMLDocumentation ; https://pyjwt.readthedocs.io/en/stable/api.html
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, Item, IteratorObject, ListObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import NONE, Const, Outside, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: Texts beyond this length, and documents with more parts than that, are not loaded.
_MAX_LENGTH = 20_000
_MAX_PARTS = 2_000
#: Loaders that make the same of a text as the safe one.
_LOADERS = frozenset({
    "yaml.SafeLoader", "yaml.CSafeLoader", "yaml.loader.SafeLoader", "yaml.cyaml.CSafeLoader",
})  # fmt: skip
#: The types of what YAML has and JSON has not.
_RICH = {datetime.datetime: "datetime.datetime", datetime.date: "datetime.date"}


@models("yaml.safe_load", "yaml.load")
def load(machine: Machine, site: CallSite) -> Value:
    text = site.argument(0, "stream")
    text = machine.state.resolve(text) if text is not None else NONE
    loader = site.argument(1, "Loader")
    loader = machine.state.resolve(loader) if loader is not None else NONE
    safe = site.name == "yaml.safe_load" or (type(loader) is Outside and loader.name in _LOADERS)
    if not safe or site.open or type(text) is not Const or not isinstance(text.value, (str, bytes)):
        machine.may_raise(None)
        return machine.unknown(site.place)
    known, found = _loaded(text.value)
    if not known:
        machine.may_raise(None)
        return machine.unknown(site.place)
    return _Making(machine, site).value(found)


@models("yaml.safe_load_all", "yaml.load_all")
def load_all(machine: Machine, site: CallSite) -> Value:
    """A generator of documents, which is gone through later."""
    for argument in site.values():
        leak(machine, argument)
    made = IteratorObject("generator", (), machine.unknown(site.place), place=site.place)
    made.fails = None
    return machine.new(made)


def _loaded(text: str | bytes) -> tuple[bool, Any]:
    """What a text holds, and whether that is known."""
    import yaml

    if len(text) > _MAX_LENGTH:
        return False, None
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError, AttributeError):
        return False, None
    return _counted(found), found


def _counted(found: Any) -> bool:
    """Whether a document is of a size, and of a form, that is worth while: no part holds itself."""
    left: list[tuple[Any, tuple[int, ...]]] = [(found, ())]
    parts = 0
    while left:
        part, around = left.pop()
        parts += 1
        if parts > _MAX_PARTS or id(part) in around or len(around) > 20:
            return False
        inner = [*part.values()] if isinstance(part, dict) else part if isinstance(part, list) else ()
        left += [(one, (*around, id(part))) for one in inner]
    return True


class _Making:
    """Makes abstract values of a document, one of each part: an alias is the very thing that its anchor is."""

    def __init__(self, machine: Machine, site: CallSite) -> None:
        self.machine = machine
        self.site = site
        self.made: dict[int, Ref] = {}

    def value(self, found: Any) -> Value:
        if id(found) in self.made:
            return self.made[id(found)]
        place = self.site.place
        if isinstance(found, dict):
            mapping = DictObject(place)
            for key, part in found.items():
                if key is None or isinstance(key, (str, int, float, bool)):
                    mapping.items[key] = Item(self.value(part), place)
                else:
                    mapping.others = (*mapping.others, (self.value(key), self.value(part), True))
            return self._kept(found, self.machine.new(mapping))
        if isinstance(found, (list, set)):
            items = [self.value(part) for part in found]
            return self._kept(found, self.machine.new(ListObject(items, place, type(found).__name__)))
        if found is None or isinstance(found, (str, int, float, bytes)):
            return Const(found, place)
        return self.machine.unknown(place, _RICH.get(type(found)))

    def _kept(self, found: Any, made: Ref) -> Ref:
        self.made[id(found)] = made
        return made


#: Claims that are numbers of seconds. https://datatracker.ietf.org/doc/html/rfc7519#section-4.1
_CLAIMS = "exp?: int | float, iat?: int | float, nbf?: int | float"


@models("jwt.decode", "jwt.decode_complete", "jwt.get_unverified_header")
def token(machine: Machine, site: CallSite) -> Value:
    """The claims of a token, its header, or all of it: JSON, and the signature beside it."""
    machine.may_raise(None)
    if "complete" in site.keywords or site.open:  # of older versions
        return machine.unknown(site.place)
    text = f"{{{_CLAIMS}, ...}}" if site.name != "jwt.get_unverified_header" else "dict[str, json]"
    if site.name == "jwt.decode_complete":
        text = f"{{header: {text}, payload: {text}, signature: bytes}}"
    return make(machine, text, site.place)


_DUMPERS = ("SafeDumper", "CSafeDumper", "representer.SafeRepresenter", "dumper.SafeDumper")
_ADDING = ("add_representer", "add_multi_representer")


@models(*[f"yaml.{dumper}{name}" for dumper in ("", *(f"{one}." for one in _DUMPERS)) for name in _ADDING])
def represented(machine: Machine, site: CallSite) -> Value:
    """From now on the code says what text a value has."""
    for value in site.values():
        leak(machine, value)
    machine.patched.add("yaml")
    return NONE


@models("jwt.encode")
def encoded(machine: Machine, site: CallSite) -> Value:
    """A token: a text since PyJWT 2, of December 2020, and bytes before."""
    machine.may_raise(None)
    made = Sym(machine.state.fresh(), "str", site.place, prefix="eyJ")
    machine.since[made.id] = "it is no `bytes` since PyJWT 2"
    return made


_LISTS = ("getlist", "getheaders", "getallmatchingheaders", "iget", "get_all")


@models(*[f"urllib3._collections.HTTPHeaderDict.{name}" for name in _LISTS])
def header_values(machine: Machine, site: CallSite) -> Value:
    """Every value of a header, in a list, which is empty where there is none and no default was given."""
    if site.open or len(site.arguments) + len(site.keywords) != 1:
        machine.may_raise(None)
        return machine.unknown(site.place)
    return make(machine, "list[str]", site.place)
