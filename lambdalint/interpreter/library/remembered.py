"""What objects of the standard library remember of the call that made them, as `known` of their symbols, and refuse for
it: a pattern's groups, the lines that a reader of CSV is given, the file and the fields of a writer, the body of a
request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from lambdalint.interpreter.certain import exact
from lambdalint.interpreter.heap import DictObject, IteratorObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library import stubs
from lambdalint.interpreter.library.decimals import MAKING, known_number
from lambdalint.interpreter.library.names import is_standard
from lambdalint.interpreter.library.patterns import pattern_of, refuse_group
from lambdalint.interpreter.library.streams import BY_MODE, CHECKS, mode_of, refuse_written
from lambdalint.interpreter.library.substituted import text_of
from lambdalint.interpreter.library.tables import ELEMENTS
from lambdalint.interpreter.library.types import parse
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

_MATCHING = frozenset({"match", "search", "fullmatch", "finditer"})
_GROUP_METHODS = frozenset({"group", "start", "end", "span"})
#: Of a text: it is what stood in a file, or what is to be written to one, and no file's name.
CONTENT = "content"
_OF_CONTENT = frozenset({
    "bytes.decode", "json.dumps", "pandas.DataFrame.to_csv", "pandas.DataFrame.to_json", "pandas.Series.to_json",
    "io.StringIO.getvalue",
})  # fmt: skip
#: Readers of CSV, and how many arguments say nothing of the fields.
_READERS = {"csv.reader": 1, "csv.DictReader": 2}


class Reader(NamedTuple):
    """Of a reader of CSV: the type of the lines that it is given, and whether each field that it gives is a text: of
    short rows `None` may be among them, which can do less."""

    lines: str | None
    of_texts: bool


class Writer(NamedTuple):
    """Of a writer of CSV: the file that it writes to, and the fields, where it refuses others."""

    file: Value | None
    fields: Value | None


def known_of(machine: Machine, site: CallSite) -> Any:
    """What will be remembered of what a call gives: asked before it is made, for it may use up what it is given."""
    owner, _, name = site.name.rpartition(".")
    if site.open:
        return None
    if site.name == "re.compile":
        return pattern_of(machine, site, 1)
    if owner == "re" and name in _MATCHING:
        return pattern_of(machine, site, 2)
    if owner == "re.Pattern" and name in _MATCHING and site.receiver is not None:
        return pattern_of(machine, site)
    if site.name in _READERS:
        lines = site.argument(0, "f" if site.name == "csv.DictReader" else "")
        simple = {"f", "fieldnames"}.issuperset(site.keywords) and len(site.arguments) <= _READERS[site.name]
        return Reader(line_kind(machine, lines) if lines is not None else None, simple)
    if site.name in _OF_CONTENT:
        return CONTENT
    if site.name == "string.Template":
        return text_of(machine, site)
    if site.name == "csv.writer":
        return Writer(site.argument(0), None)
    if site.name == "csv.DictWriter":
        return Writer(site.argument(0, "f"), site.argument(1, "fieldnames") if _is_strict(machine, site) else None)
    if site.name in BY_MODE:
        return mode_of(machine, site)
    if site.name in MAKING or site.name in ("float", "round"):
        return known_number(machine, site)
    if site.name == "urllib.request.Request":
        body = site.argument(1, "data")
        return exact(machine, body) if body is not None else None
    return None


def remember(machine: Machine, known: Any, made: Value) -> Value:
    """Keep what is known of what a call gave."""
    if known is not None:
        _keep(machine, made, known)
    return made


def _keep(machine: Machine, made: Value, known: Any) -> None:
    if type(made) is Sym:
        made.known = known
        for option in made.options:
            _keep(machine, option, known)
    elif type(made) is Ref:
        thing = machine.object(made)
        if isinstance(thing, IteratorObject) and type(thing.rest) is Sym and thing.rest.kind == "re.Match":
            thing.rest.known = known


def refuse(machine: Machine, site: CallSite) -> None:
    """Raise where a call is refused for what is remembered.

    Raises:
        Raised: on paper.
    """
    check = _CHECKS.get(site.name)
    if check is not None and not site.open:
        check(machine, site)


# patterns


def _group(machine: Machine, site: CallSite) -> None:
    for key in site.arguments:
        if site.receiver is not None:
            refuse_group(machine, site.receiver, key, site.node, site.frame)


# CSV


def line_kind(machine: Machine, value: Value) -> str | None:
    """The type of all that iterating over a value gives, where it is known, with nothing consumed."""
    value = machine.state.resolve(value)
    if type(value) is Ref:
        thing = machine.object(value)
        if not isinstance(thing, (ListObject, IteratorObject)) or thing.leaked:
            return None
        parts = [*thing.items, *([thing.rest] if thing.rest is not None else [])]
        kinds = {exact(machine, part) for part in parts}
        source = getattr(thing, "source", None)
        return kinds.pop() if len(kinds) == 1 and source is None else None
    if type(value) is Tuple:
        return None
    kind = kind_of(machine, value) if type(value) is not Sym else value.kind
    if kind is None:
        return None
    said = ELEMENTS.get(kind)
    if said is None and is_standard(kind.partition(".")[0]):
        said = stubs.element(kind)
    return parse(said)[0] if said is not None and said in ("str", "bytes") else None


def refuse_lines(machine: Machine, value: Value, node: Any, frame: Frame) -> None:
    """Raise where a reader of CSV is gone through whose lines are no texts."""
    if type(value) is Sym and isinstance(value.known, Reader) and value.known.lines == "bytes":
        why = f"`{value.kind}` reads lines that are texts, and these are `bytes`"
        raise machine.raise_builtin("csv.Error", node, frame, why, value)


def read_rows(value: Value) -> str | None:
    """The type of what a reader of CSV gives, as the tables write it."""
    if type(value) is not Sym or not isinstance(value.known, Reader) or not value.known.of_texts:
        return None
    return "list[str]" if value.kind == "csv.reader" else "dict[str, str]"


def _is_strict(machine: Machine, site: CallSite) -> bool:
    """Whether a writer refuses fields that it does not know of."""
    action = site.argument(3, "extrasaction")
    action = machine.state.resolve(action) if action is not None else None
    return action is None or (type(action) is Const and action.value == "raise")


def _writer(machine: Machine, site: CallSite) -> Writer | None:
    writer = machine.state.resolve(site.receiver) if site.receiver is not None else None
    return writer.known if type(writer) is Sym and isinstance(writer.known, Writer) else None


def _written(machine: Machine, site: CallSite) -> None:
    """A row, or several, or the header."""
    writer = _writer(machine, site)
    if writer is None:
        return
    method = site.name.rpartition(".")[2]
    rows = machine.state.resolve(site.arguments[0]) if site.arguments else None
    thing = machine.object(rows) if type(rows) is Ref else None
    several = list(thing.items) if isinstance(thing, ListObject) and not thing.leaked else []
    wanted = several if method == "writerows" else [rows] if rows is not None else []
    _refuse_fields(machine, site, writer, wanted)
    if wanted or method == "writeheader":
        refuse_written(machine, site, writer.file, "str", f"a `{site.name.split('.')[1]}` of CSV")


def _refuse_fields(machine: Machine, site: CallSite, writer: Writer, wanted: list[Value]) -> None:
    """Raise where a row has a field that the writer does not know of."""
    if writer.fields is None or "fieldnames" in machine.attributes_set:
        return
    fields = _constants_of(machine, writer.fields)
    for row in wanted if fields is not None else ():
        row = machine.state.resolve(row)
        held = machine.object(row) if type(row) is Ref else None
        if not isinstance(held, DictObject) or held.leaked:
            continue
        for key, item in held.items.items():
            if item.sure and fields is not None and key not in fields:
                why = f"the writer's `fieldnames` have no {key!r}"
                raise machine.raise_builtin("ValueError", site.node, site.frame, why, row)


def _constants_of(machine: Machine, value: Value) -> list[object] | None:
    """The elements of a list or tuple, where all are constants."""
    value = machine.state.resolve(value)
    items: list[Value]
    if type(value) is Tuple and value.rest is None:
        items = list(value.items)
    else:
        thing = machine.object(value) if type(value) is Ref else None
        if not isinstance(thing, ListObject) or thing.leaked or thing.rest is not None:
            return None
        items = list(thing.items)
    resolved = [machine.state.resolve(item) for item in items]
    return [one.value for one in resolved if type(one) is Const] if all(type(o) is Const for o in resolved) else None


# urllib.request


def _opened(machine: Machine, site: CallSite) -> None:
    url = site.argument(0, "url")
    url = machine.state.resolve(url) if url is not None else None
    body = site.argument(1, "data")
    kind = exact(machine, body) if body is not None else None
    if type(url) is Sym and url.kind == "urllib.request.Request":
        if "data" in machine.attributes_set or body is not None:
            return
        kind = url.known
    elif url is None or kind_of(machine, url) != "str":
        return
    if type(url) is Const and not str(url.value).startswith("http"):
        return
    if kind == "str":
        why = "the body of a request is `bytes`, and this is a `str`"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, body or url)


_CHECKS: dict[str, Callable[[Machine, CallSite], None]] = {
    **{f"re.Match.{name}": _group for name in _GROUP_METHODS},
    **{f"csv.{writer}.{name}": _written for writer in ("writer", "DictWriter")
       for name in ("writerow", "writerows", "writeheader")},
    **CHECKS,
    "urllib.request.urlopen": _opened,
}  # fmt: skip
