"""What is surely not there: keys of answers, attributes of clients, exceptions, waiters and pages.

A newer version of a service has more of each. So a name that the table has not is told only where no version will have
it: it is one that is there, written otherwise, or it is known to stand elsewhere - a key further down in the same
answer, what another operation answers with, a method of a resource or of another service's client.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from lambdalint.interpreter.library.aws.answers import Member, Service, resources, service
from lambdalint.interpreter.library.aws.requests import Requests, called, requests
from lambdalint.interpreter.library.aws.resource_names import lacked

#: What stands in every answer's `ResponseMetadata`.
_METADATA = ("HTTPStatusCode", "HTTPHeaders", "RetryAttempts")
#: How far down a key is looked for.
_DEEP = 3
#: What any answer may come to have.
_ANYWHERE = re.compile(r"tags?(?:list|set)?$|.*(?:token|marker|errors?|warnings|messages?)$", re.I)
#: A member by which pages are told apart.
_PAGED = re.compile(r"token|marker|position|continuation|next|last|page|cursor|truncated", re.I)
#: Operations that a newer version may give pages.
_MAY_BE_PAGED = re.compile(r"(?:list|describe|search|query|scan|get|batch|filter|lookup|select|find|retrieve)_")
#: Operations that services come to have, whichever they are.
_OF_ANY_SERVICE = re.compile(r"tag|polic|limits|quotas|endpoints|account|settings|health")
#: States of which a service has one name: a waiter for what is "available" waits for nothing that is "ready".
_STATES = frozenset({"ready", "available", "active", "running", "complete", "completed", "created", "exists", "ok",
                     "succeeded", "success", "finished", "done"})  # fmt: skip


@lru_cache(maxsize=4096)
def unanswered(name: str, operation: str, number: int) -> Callable[[str], str]:
    """What is to be said of a key that a structure of an operation's answer has not: nothing, where it may have it."""

    def told(key: str) -> str:
        known = service(name)
        assert known is not None
        found = _elsewhere(known, operation, number, key)
        return f"what `{name}.{operation}` answers with has no `{key}` here, {found}" if found else ""

    return told


def _elsewhere(known: Service, operation: str, number: int, key: str) -> str:
    """Where a key stands that a structure has not."""
    found = known.structure(number)
    if not found.whole or any(member.name == key for member in found.members):
        return ""
    same = _letters(key)
    for member in found.members:
        if same in (_letters(member.name), f"{_letters(member.name)}s") or f"{same}s" == _letters(member.name):
            return f"only `{member.name}`"
    below = _below(known, number, key, _DEEP)
    if below:
        return f"only in `{below}`"
    if known.answer(operation) != number or _ANYWHERE.match(key):
        return ""
    if key in _METADATA:
        return "only in `ResponseMetadata`"
    met = [member for member in known.members(key) if _holds(member)]
    for member in found.members if met else ():
        if member.name.endswith(key) and member.code[:1] == met[0].code[:1]:
            return f"only `{member.name}`"
    for other, answer in known.answers():
        members = known.structure(answer).members if answer != number else ()
        if any(member.name == key and _holds(member) for member in members):
            return f"only what `{other}` answers with"
    return ""


def _below(known: Service, number: int, key: str, depth: int, met: tuple[int, ...] = ()) -> str:
    """The way to a key further down: `Reservations[]`."""
    ways = []
    for member in known.structure(number).members:
        code = member.code.lstrip("[{")
        if not code.isdigit() or int(code) in met:
            continue
        way = member.name + "[]" * (len(member.code) - len(code))
        if any(one.name == key for one in known.structure(int(code)).members):
            return way
        ways.append((way, int(code)))
    for way, inner in ways if depth > 1 else ():
        found = _below(known, inner, key, depth - 1, (*met, number))
        if found:
            return f"{way}.{found}"
    return ""


def _holds(member: Member) -> bool:
    """Whether a member holds others: what an operation is asked for, and no detail of it."""
    return member.code[:1] in ("[", "{", "l", "d", "S") or member.code.isdigit()


def operation_of(name: str, asked: str) -> tuple[bool, str]:
    """Whether a service is known to have an operation, and the one that is nearly called so where it has not."""
    known, answers = requests(name), service(name)
    if known is None or answers is None or asked in known.operations or answers.answer(asked) is not None:
        return known is not None, ""
    return False, _near(asked, known.operations)


def attribute(name: str, asked: str) -> str:
    """What is to be said of an attribute that no client of a service has."""
    known = requests(name)
    answers = service(name)
    if known is None or answers is None or not known.whole or asked.startswith("_"):
        return ""
    if asked in known.operations or answers.answer(asked) is not None:
        return ""
    near = _near(asked, known.operations)
    if near:
        return f"a client of `{name}` has no `{asked}`, only `{near}`"
    for resource, one in resources(name).items():
        if asked in one.parts:
            what = "the resource" if resource == "-" else f"a `{resource}`"
            return f"a client of `{name}` has no `{asked}`, only {what} has"
    others = [other.name for other in map(requests, called()) if other is not None and asked in other.operations]
    if len(others) == 1 and not _OF_ANY_SERVICE.search(asked):
        return f"a client of `{name}` has no `{asked}`, only one of `{others[0]}`"
    return ""


#: What every client has, and no resource; and an operation that boto3 puts into resources of EC2.
_OF_CLIENTS = frozenset({"exceptions", "get_paginator", "get_waiter", "can_paginate", "generate_presigned_url"})
_PUT_IN = frozenset({"create_tags", "delete_tags"})


def of_resource(name: str, resource: str, asked: str) -> str:
    """What is to be said of an attribute that a resource has not, and a client of the service has, or another kind of
    resource. boto3 adds no more to resources: https://docs.aws.amazon.com/boto3/latest/guide/resources.html"""
    known, kind = requests(name), "-" if resource == name else resource
    if asked not in _OF_CLIENTS and (known is None or asked not in known.operations or asked in _PUT_IN):
        return lacked(name, kind, asked)
    what = f"the resource `{name}`" if resource == name else f"a `{resource}`"
    return f"{what} has no `{asked}`, only the client behind it has: `meta.client.{asked}`"


#: What a batch writer is taken to have beside the operations of its table: `BatchWriter` in boto3/dynamodb/table.py.
_OF_WRITERS = frozenset({"put", "delete", "write", "add", "append", "flush", "close", "put_items", "delete_items"})


def of_batch_writer(asked: str) -> str:
    """What is to be said of an attribute that no `table.batch_writer()` has."""
    known = requests("dynamodb")
    if asked in ("put_item", "delete_item") or known is None or asked not in {*known.operations, *_OF_WRITERS}:
        return ""
    return f"a batch writer has no `{asked}`, only `put_item` and `delete_item`"


def exception(name: str, asked: str) -> str:
    """What is to be said of an exception that no client of a service has."""
    known = requests(name)
    if known is None or not known.whole or asked in known.exceptions or asked in ("ClientError", "from_code"):
        return ""
    near = next((one for one in sorted(known.exceptions) if _bare(one) == _bare(asked)), "")
    if not near and asked.endswith("NotFoundException"):
        lacking = [one for one in known.exceptions if "NotFound" in one]
        near = "ResourceNotFoundException" if lacking == ["ResourceNotFoundException"] else ""
    return f"a client of `{name}` has no exception `{asked}`, only `{near}`" if near else ""


def waiter(name: str, asked: str) -> str:
    """What is to be said of a waiter that a service has not."""
    known = requests(name)
    if known is None or asked in known.waiters:
        return ""
    near = _near(asked, known.waiters)
    of, _, state = asked.rpartition("_")
    if not near and state in _STATES:
        others = (one.rpartition("_") for one in known.waiters)
        near = next(("".join(one) for one in others if one[0] == of and one[2] in _STATES), "")
    return f"`{name}` has no waiter `{asked}`, only `{near}`" if near else ""


def pages(name: str, asked: str) -> tuple[str, str]:
    """What is to be said of an operation that has no pages, and what asking for them raises."""
    known, answers = requests(name), service(name)
    if known is None or answers is None or not known.whole or asked in known.pages:
        return "", ""
    if asked not in known.operations:
        near = _near(asked, known.operations)
        return (f"`{name}` has no operation `{asked}`, only `{near}`", "KeyError") if near else ("", "")
    number = answers.answer(asked)
    if _MAY_BE_PAGED.match(asked) or (number is not None and _is_paged(known, answers, asked, number)):
        return "", ""
    return f"`{name}.{asked}` has no pages", "botocore.exceptions.OperationNotPageableError"


def _is_paged(known: Requests, answers: Service, operation: str, number: int) -> bool:
    taken = known.taken(operation)
    given = answers.structure(number)
    names = [*(taken.members if taken is not None else ()), *(member.name for member in given.members)]
    return taken is None or not given.whole or any(_PAGED.search(name) for name in names)


def _near(asked: str, names: Iterable[str]) -> str:
    """The name that is written otherwise: `getObject` for `get_object`; or with a slip: `instance_runing`."""
    names = list(names)
    same = (one for one in names if _letters(one) == _letters(asked))
    return next(same, "") or next((one for one in names if _is_slip(asked, one)), "")


#: Shorter names may differ by a letter and both be meant.
_LONG = 9


def _is_slip(asked: str, name: str) -> bool:
    """Whether a long name differs from another by a letter, not its first: lost, doubled, another, or two that are
    swapped. A plural and a number are no slips: what is called so may come to be."""
    start = next((at for at, (one, other) in enumerate(zip(asked, name)) if one != other), min(len(asked), len(name)))
    mine, its = asked[start:], name[start:]
    if not start or len(name) < _LONG or not mine or not its or not (mine[0] + its[0]).isalpha():
        return False
    if mine[2:] == its[2:] and mine[:2] == its[1::-1]:
        return True
    at_end = mine[1:2] in ("", "_") or its[1:2] in ("", "_")  # where plurals, tenses and what else has a meaning differ
    return not at_end and (mine[1:] == its[1:] or mine[1:] == its or mine == its[1:])


def _letters(name: str) -> str:
    return name.replace("_", "").lower()


def _bare(name: str) -> str:
    return re.sub(r"(?:Exception|Error|Fault)$", "", name).lower()
