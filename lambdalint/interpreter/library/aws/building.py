"""The answer of an operation as a value: dicts and lists of the heap, down to what is no JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambdalint.interpreter.bounds import MAX_ANSWER
from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.library.aws.absent import unanswered
from lambdalint.interpreter.library.aws.answers import Member, Service, service
from lambdalint.interpreter.library.aws.left_out import lacking, left_out_where, not_empty, unasked, where_empty
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: What every answer has. https://docs.aws.amazon.com/boto3/latest/guide/error-handling.html#parsing-error-responses-and-catching-exceptions-from-aws-services
METADATA = "{RequestId?: str, HTTPStatusCode: int, HTTPHeaders: dict[str, str], RetryAttempts: int, ...}"
STREAM = "botocore.response.StreamingBody"

_TYPES = {"": "str", "s": "str", "i": "int", "f": "float", "b": "bool", "T": "datetime.datetime", "B": "bytes",
          "S": STREAM, "E": "botocore.eventstream.EventStream", "j": "json", "d": "dict"}  # fmt: skip
#: What is no JSON, as a person is told of it.
_NOUNS = {"T": "a `datetime`", "B": "`bytes`", "S": "a stream", "E": "an event stream"}
_PLAIN = frozenset({"", "s", "i", "f", "b", "j", "l", "d"})
#: The forms that an attribute of DynamoDB has.
_ATTRIBUTE = frozenset({"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"})
#: The times that AWS sends of whatever it keeps: when it came to be, when it was changed. The models require few of
#: them. Others, `DeletionTime` or `RestoreExpiryDate`, are sent where there is such a time.
_KEPT = re.compile(
    r"creat|launch|modifi|updat|submi|regist|arriv|request|joined|receiv|issued|published|^not(?:before|after)$"
    r"|^timestamps?$|^expiration$",
    re.I,
)
#: When a piece of work began: what has been asked to begin, need not have yet.
_BEGAN = re.compile(r"start_?(?:ed)?_?(?:time|date|at|on)?$", re.I)
_ASKS_TO_BEGIN = re.compile(r"start_|create_|run_|submit_|request_|invoke_|restore_|copy_|send_")
#: What lists the parts of a request that went wrong: `FailedEvaluations`, `UnprocessedItems`, `Errors`.
_WENT_WRONG = re.compile(
    r"^fail(?!over)|^un(?:process|success|avail|recogni|index|search|match|support)|^(?:invalid|reject|skipped|missing)"
    r"|(?:errors?|failures?|exceptions?|warnings?|conflicts?|not_?found)$",
    re.I,
)
_ASKS_WHAT_WENT_WRONG = re.compile(r"error|fail|exception|warning|conflict|invalid|missing")

#: The answer, and each thing in it: what is further down, belongs to some of the things.
_DEEP = 2


def answer(
    machine: Machine,
    service_name: str,
    operation: str,
    place: Place,
    *,
    plain: bool = False,
    site: CallSite | None = None,
) -> Ref:
    """What `boto3.client(service_name).operation()` gives: open, since a newer service may send more. `plain`: by a
    resource of DynamoDB, which makes values of Python of its attributes. `site`: the call, whose parameters are the
    operation's."""
    known = service(service_name)
    number = known.answer(operation) if known is not None else None
    if known is None or number is None:
        made = machine.new(_open(place))
    else:
        made = _Builder(machine, known, place, operation, plain, site).structure(number)
    machine.state.write(made.id).items["ResponseMetadata"] = Item(make(machine, METADATA, place), place)
    return made


def attribute(machine: Machine, service_name: str, resource: str, number: int, name: str, place: Place) -> Value | None:
    """An attribute of a resource, by its name in snake case: a time or a blob, or what holds one, where the structure
    has it. Anything else may be None, and nothing is said of it."""
    known = service(service_name)
    if known is None:
        return None
    sought = name.replace("_", "")
    for member in known.structure(number).members:
        if member.name.lower() == sought:
            value = _Builder(machine, known, place, resource).value(member.code, name)
            usual = member.required or (member.code in _TYPES and _often(member, _DEEP, "") == "usually")
            plain = member.code in _PLAIN
            return value if usual and not plain else machine.unknown(place, json=plain)
    return None


def _open(place: Place) -> DictObject:
    made = DictObject(place)
    made.open = True
    return made


class _Builder:
    """Builds one answer. What holds itself, as an attribute of DynamoDB does, is not known from the second time on."""

    def __init__(
        self,
        machine: Machine,
        known: Service,
        place: Place,
        asked: str,
        plain: bool = False,
        site: CallSite | None = None,
    ) -> None:
        self.machine = machine
        self.asked = asked
        called = f"{known.name}.{asked}"
        self.unasked = unasked(machine, site, called) if site is not None else {}
        self.empty = where_empty(called) if site is not None else {}
        self.plain = plain
        self.service = known
        self.place = place
        self.inside: list[int] = []
        self.parts = 0

    def structure(self, number: int, path: str = "") -> Ref:
        """A structure as a dict."""
        made = _open(self.place)
        made.answered = lacking(unanswered(self.service.name, self.asked, number), self.unasked, path)
        found = self.service.structure(number)
        self.inside.append(number)
        # What comes beside a stream of events, its first event brings, which need not be one with everything.
        streamed = any(member.code == "E" for member in found.members)
        for member in found.members:
            below = f"{path}.{member.name}" if path else member.name
            if below in self.unasked:
                continue
            value, left_out = self.value(member.code, below), None
            if not path and member.name in self.empty:
                value = not_empty(self.machine, value)
                left_out = left_out_where(self.service.name, self.asked, member.name)
            sure = member.required and not streamed
            often = _often(member, len(self.inside), self.asked)
            made.items[member.name] = Item(value, self.place, sure, often, left_out)
        self.inside.pop()
        if not found.whole:
            made.rest = self.machine.unknown(self.place, json=True)
        return self.machine.new(made)

    def value(self, code: str, path: str) -> Value:
        """What a code stands for, which stands at a path of the answer: `Contents[].LastModified`."""
        machine, place = self.machine, self.place
        self.parts += 1
        if self.parts > MAX_ANSWER:
            machine.lose("large values")
            return machine.unknown(place)
        if code.isdigit():
            if self.plain and {member.name for member in self.service.structure(int(code)).members} == _ATTRIBUTE:
                return machine.unknown(place, "boto3.dynamodb.attribute")
            return machine.unknown(place) if int(code) in self.inside else self.structure(int(code), path)
        if code == "l":
            return machine.new(ListObject([], place, "list", machine.unknown(place, json=True)))
        if code[:1] == "[":
            return machine.new(ListObject([], place, "list", self.value(code[1:], f"{path}[]")))
        if code[:1] == "{":
            made = _open(place)
            made.rest = self.value(code[1:], f"{path}[...]")
            return machine.new(made)
        if code == "d":
            return machine.unknown(place, "dict", json=True)
        value = make(machine, _TYPES[code], place)
        if type(value) is Sym and value.kind == "datetime.datetime":
            value.known = True  # botocore gives each in a time zone, as AWS writes them all
        if code in _NOUNS and type(value) is Sym:
            value.told = f"boto3 `{self.service.name}.{self.asked}` gives {_NOUNS[code]} in `{path}`"
        return value


def _often(member: Member, depth: int, asked: str) -> str:
    """How often AWS sends a key that the model does not require, `depth` structures deep in what `asked` answers. A
    blob among other keys is one of several forms of what it holds (`SecretString` or `SecretBinary`, attributes of
    DynamoDB); one at the top is what was asked for. A part of a part of what was asked for is one that only some have:
    the details of a finding about a bucket. What could not be done is listed where there is such a thing."""
    top = depth == 1
    if member.code[:1] == "[" and _WENT_WRONG.search(member.name) and not _ASKS_WHAT_WENT_WRONG.search(asked):
        return "rarely"
    if depth > _DEEP and member.code.lstrip("[{").isdigit():
        return ""
    if member.code == "T":
        begun = _BEGAN.search(member.name) is not None and _ASKS_TO_BEGIN.match(asked) is None
        return "usually" if begun or _KEPT.search(member.name) else ("" if top else "rarely")
    if member.code.lstrip("[{") == "B":
        return "usually" if top and "binary" not in member.name.lower() else "rarely"
    return "usually"
