"""What botocore refuses before it sends anything: parameters of a wrong type, required ones that are missing, names
that are nearly those of parameters.

Source: `ParamValidator` in botocore/validate.py, botocore 1.44.8. A newer version takes more parameters, and never
another type: of a name that is not known nothing is said, unless it is one that is known, written otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import libcst as cst

from lambdalint.interpreter.certain import told
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.aws.fitting import CONDITIONS, is_unread, takes
from lambdalint.interpreter.library.aws.requests import Requests, Taken, requests
from lambdalint.interpreter.values import Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_NOUNS = {"": "a `str`", "s": "a `str`", "i": "an `int`", "b": "a `bool`", "f": "a number", "T": "a time",
          "B": "`bytes` or a `str`", "k": "`bytes` or a `str`", "c": "a `str` or a dict", "d": "JSON", "[": "a list",
          "{": "a dict"}  # fmt: skip
#: What the source of a copy is made of, if it is given as a dict.
_COPIED = ("Bucket", "Key")
#: An attribute in the form of DynamoDB's clients; its resources take values of Python in its place, and conditions in
#: the place of their expressions.
_ATTRIBUTE = frozenset({"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"})
_EXPRESSIONS = frozenset({"KeyConditionExpression", "FilterExpression", "ConditionExpression"})
_CONDITION = (f"{CONDITIONS}Condition", f"{CONDITIONS}AttrCondition")
_MAX_DEPTH = 12
_ERROR = "botocore.exceptions.ParamValidationError"
#: What the project has done where botocore may check otherwise: its clients do not, or something changes parameters.
ANOTHER_WAY = "boto3.checks"
#: An element of a list, a value of a map: all of them count as one, when paths are compared.
_INDEX = re.compile(r"\[[^\]]*\]")


class Fault(NamedTuple):
    """Something that is refused: where it stands, why, the value. `sure`: and not only if a list has an element.
    `error`: what is raised."""

    path: str
    why: str
    value: Value | None
    sure: bool
    error: str


def check(machine: Machine, site: CallSite, service: str, operation: str, *, plain: bool = False,
          given: frozenset[str] | None = frozenset(), besides: str = "") -> None:  # fmt: skip
    """Refuse a call that botocore refuses. `plain`: by a resource of DynamoDB; `given`: parameters that are filled in
    before, None where that is not known; `besides`: a parameter that is taken off before.

    Raises:
        Raised: a ParamValidationError, on paper.
    """
    known = requests(service)
    taken = known.taken(operation) if known is not None else None
    if known is None or taken is None or site.arguments or ANOTHER_WAY in machine.patched:
        return
    checking = _Checking(machine, known, plain, f"{service}.{operation}")
    keywords = {name: value for name, value in site.keywords.items() if name != besides}
    keywords = {taken.others.get(name, name): value for name, value in keywords.items()}
    if taken.members or not keywords:
        checking.keywords(taken, keywords, site.open, given)
    called = f"{service}.{operation}"
    refused = [f"{_INDEX.sub('[]', fault.path)}=" for fault in checking.faults]
    for path in dict.fromkeys(_INDEX.sub("[]", path) for path in checking.fine):
        if not any(one.startswith(path) for one in refused):  # of several elements, one is
            machine.recorder.accepted(machine, site.node, path)
    for fault in checking.faults:
        why = fault.why.replace("{}", called)
        path, value = _INDEX.sub("[]", fault.path), fault.value
        absent = value is not None and kind_of(machine, value) == "NoneType"
        machine.recorder.refused(machine, site.node, path, _place(machine, site, fault), why, value, absent)
    errors = [fault.error for fault in checking.faults if fault.sure]
    if errors:
        error = _ERROR if _ERROR in errors else errors[0]  # what is given is validated before any of it is read
        raise machine.raise_builtin(error, site.node, site.frame)


def _place(machine: Machine, site: CallSite, fault: Fault) -> Place:
    """Where it is given: the argument, or the call."""
    first = fault.path.partition(".")[0].partition("[")[0]
    for argument in site.node.args if isinstance(site.node, cst.Call) else ():
        if argument.keyword is not None and argument.keyword.value == first:
            return machine.place(argument.value, site.frame)
    return site.place


class _Checking:
    """Goes through what one call is given: `faults` that it has, and paths of what is `fine`: `Tags=` of a type that is
    taken, `Tags` with all that may stand in it."""

    def __init__(self, machine: Machine, known: Requests, plain: bool, operation: str) -> None:
        self.machine = machine
        self.operation = operation
        self.known = known
        self.plain = plain
        self.faults: list[Fault] = []
        self.fine: list[str] = []
        self.sure = True

    def keywords(self, taken: Taken, keywords: dict[str, Value], open: bool, given: frozenset[str] | None) -> None:
        """What the operation itself is given."""
        for name, value in keywords.items():
            if f"{name}MD5" in keywords and name in taken.members and taken.members[name].code == "k":
                self.value(value, "", name, 0)  # the caller has encoded it
        met = {self.member(taken, name, value, name, 0) for name, value in keywords.items()}
        for name, member in taken.members.items():
            if member.required and name not in met and not open and given is not None and name not in given:
                self.missing(name)

    def member(self, taken: Taken, name: str, value: Value, path: str, depth: int) -> str:
        """A member of a structure; gives the name that is meant."""
        if name in taken.members:
            self.value(value, taken.members[name].code, path, depth)
            return name
        near = next((known for known in taken.members if _same(known, name)), None)
        if near is not None:
            self.fault(path, f"`{{}}` takes no `{path}`, only `{near}`", None)
        return near or name

    def value(self, value: Value, code: str, path: str, depth: int) -> None:
        """A value against its code."""
        machine = self.machine
        value = machine.state.resolve(value)
        if type(value) is Sym and value.options:
            self.options(value, code, path, depth)
            return
        if depth > _MAX_DEPTH or code == "j" or self.is_plain(value, code, path):
            self.fine.append(path)
            return
        unread = code == "B" and is_unread(machine, value, self.operation, depth > 0)
        answer = False if unread else takes(machine, value, code)
        if answer is False:
            noun = _NOUNS.get(code[:1], "a dict")
            error = "TypeError" if unread else _ERROR
            self.fault(path, f"`{{}}` takes {noun} as `{path}`, and this is {told(machine, value)}", value, error)
            return
        self.fine.append(path if answer is None else f"{path}=")
        if answer:
            self.inside(value, code, path, depth)

    def options(self, value: Sym, code: str, path: str, depth: int) -> None:
        """One of several values is refused where each of them is."""
        tried = []
        for option in value.options:
            one = _Checking(self.machine, self.known, self.plain, self.operation)
            one.value(option, code, path, depth)
            tried.append(one)
        if all(one.faults for one in tried):
            first = tried[0].faults[0]
            self.faults.append(first._replace(sure=first.sure and self.sure))
        else:
            self.fine.append(path)

    def is_plain(self, value: Value, code: str, path: str) -> bool:
        """Whether DynamoDB's resource makes something of a value before it is looked at."""
        if not self.plain:
            return False
        if code.isdigit():
            return self.known.structure(int(code)).members.keys() == _ATTRIBUTE
        name = path.rpartition(".")[2]
        return name in _EXPRESSIONS and kind_of(self.machine, value) in _CONDITION

    def inside(self, value: Value, code: str, path: str, depth: int) -> None:
        """What stands in a container of the right type."""
        if type(value) is Ref and self.machine.object(value).leaked:
            self.fine.append(path)
            return
        thing = self.machine.object(value) if type(value) is Ref else None
        if code[:1] == "[" or (code == "d" and isinstance(thing, ListObject)):
            for index, (element, sure) in enumerate(_elements(self.machine, value)):
                before, self.sure = self.sure, self.sure and sure
                self.value(element, code[1:] or code, f"{path}[{index if sure else ''}]", depth + 1)
                self.sure = before
        elif not isinstance(thing, DictObject):
            if code.isdigit() or code[:1] == "{":
                self.fine.append(path)
        elif code[:1] == "{" or code == "d":
            self.mapping(thing, code, path, depth)
        elif code == "c":
            for name in _COPIED:
                if name not in thing.items and not thing.open and not thing.others:
                    self.missing(f"{path}.{name}")
        elif code.isdigit():
            self.structure(thing, self.known.structure(int(code)), path, depth)

    def mapping(self, thing: DictObject, code: str, path: str, depth: int) -> None:
        """A dict against a map, whose keys are texts, or against a document."""
        for name, item in thing.items.items():
            if not isinstance(name, str) and code != "d":
                self.fault(path, f"`{{}}` takes a `str` as a key of `{path}`, and this is {name!r}", None)
            self.value(item.value, code[1:] or code, f"{path}[{name!r}]", depth + 1)
        for _, held, _ in thing.others:
            before, self.sure = self.sure, False
            self.value(held, code[1:] or code, f"{path}[...]", depth + 1)
            self.sure = before
        if thing.open:
            self.fine.append(path)

    def structure(self, thing: DictObject, taken: Taken, path: str, depth: int) -> None:
        """A dict against the structure that it stands for."""
        met = {
            self.member(taken, name, item.value, f"{path}.{name}", depth + 1)
            for name, item in thing.items.items()
            if isinstance(name, str)
        }
        if thing.open or thing.others:
            self.fine.append(path)
            return
        for name, member in taken.members.items():
            if member.required and name not in met:
                self.missing(f"{path}.{name}")
        given = [name for name in thing.items if name in taken.members]
        if taken.one and len(given) > 1 and all(thing.items[name].sure for name in given):
            self.fault(path, f"`{{}}` takes one member alone in `{path}`, and is given {len(given)}", None)

    def missing(self, path: str) -> None:
        self.fault(path, f"`{{}}` is not given `{path}`, which it needs", None)

    def fault(self, path: str, why: str, value: Value | None, error: str = _ERROR) -> None:
        self.faults.append(Fault(path, why, value, self.sure, error))


def _elements(machine: Machine, value: Value) -> Iterator[tuple[Value, bool]]:
    """The elements of a list or tuple, each with whether it is surely there."""
    if type(value) is Tuple:
        items, rest = list(value.items), value.rest
    else:
        thing = machine.object(value) if type(value) is Ref else None
        if not isinstance(thing, ListObject):
            return
        items, rest = list(thing.items), thing.rest
    yield from ((item, True) for item in items)
    if rest is not None:
        yield rest, False


def _same(one: str, other: str) -> bool:
    """Whether two names differ in nothing but how they are written: `queueURL`, `QueueUrl`, `queue_url`."""
    return one != other and one.replace("_", "").lower() == other.replace("_", "").lower()
