"""What `pages.search("Contents[?Size > `0`].{name: Key}")` finds in a page: the part of JMESPath that handlers use,
names, projections, and what is picked of each element. Conditions leave elements out and change none; an expression
with anything else is not followed.

https://jmespath.org/specification.html; botocore gives the elements of what is found in each page, one after the other:
`PageIterator.search` in botocore/paginate.py, botocore 1.44.8.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, Item, ListObject
from lambdalint.interpreter.sequences import join_elements
from lambdalint.interpreter.values import Ref, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine

_NAME = re.compile(r'\s*(?:([A-Za-z_]\w*)|"((?:[^"\\]|\\.)*)")')
_EACH = re.compile(r"\s*\[\s*(?:\*|-?\d*:-?\d*(?::-?\d*)?)?\s*\]")
_CONDITION = re.compile(r"\s*\[\?")
#: Texts and constants, in which a bracket is none.
_QUOTED = re.compile(r"`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


class _NotFollowedError(Exception):
    """The expression has something else in it."""


def element_found(machine: Machine, page: Value, expression: str, place: Place) -> Item | None:
    """What an expression finds in a page, each of it if it finds several; None where that is not followed."""
    try:
        return _Search(machine, expression, place).whole(page)
    except _NotFollowedError:
        return None


class _Search:
    def __init__(self, machine: Machine, text: str, place: Place) -> None:
        self.machine = machine
        self.text = text
        self.place = place
        self.at = 0

    def whole(self, page: Value) -> Item:
        found = self.expression(Item(page, self.place))
        if self.text[self.at :].strip():
            raise _NotFollowedError
        return found

    def taken(self, token: str) -> bool:
        """Whether a token stands next; it is passed then."""
        rest = self.text[self.at :].lstrip()
        if not rest.startswith(token):
            return False
        self.at = len(self.text) - len(rest) + len(token)
        return True

    def expression(self, given: Item) -> Item:
        """Names and projections, one after the other."""
        found = self.field(given) if _NAME.match(self.text, self.at) else given
        while True:
            each = _EACH.match(self.text, self.at)
            if each is not None:
                self.at = each.end()
                found = self.each(found)
            elif _CONDITION.match(self.text, self.at):
                self.pass_condition()
                found = self.each(found)
            elif self.taken("."):
                if self.taken("{"):
                    return self.picked(found)
                found = self.field(found)
            else:
                return found

    def name(self) -> str:
        match = _NAME.match(self.text, self.at)
        if match is None:
            raise _NotFollowedError
        self.at = match.end()
        return str(match[1] or match[2])

    def field(self, given: Item) -> Item:
        """What stands under a name."""
        name = self.name()
        thing = self.object(given.value)
        item = thing.items.get(name) if isinstance(thing, DictObject) and not thing.leaked else None
        if item is None:
            raise _NotFollowedError
        return item._replace(sure=item.sure and given.sure)

    def each(self, given: Item) -> Item:
        """Each element of a list, of which none may be there."""
        thing = self.object(given.value)
        if not isinstance(thing, ListObject) or thing.leaked:
            raise _NotFollowedError
        element = join_elements(self.machine, [*thing.items, *([thing.rest] if thing.rest is not None else [])])
        if element is None:
            raise _NotFollowedError
        return Item(element, self.place, True, given.often)

    def picked(self, given: Item) -> Item:
        """`{name: Key, bytes: Size}`: a dict of its own."""
        made = DictObject(self.place)
        while True:
            key = self.name()
            if not self.taken(":"):
                raise _NotFollowedError
            made.items[key] = self.expression(given)
            if self.taken("}"):
                return Item(self.machine.new(made), self.place)
            if not self.taken(","):
                raise _NotFollowedError

    def pass_condition(self) -> None:
        depth = 0
        while self.at < len(self.text):
            quoted = _QUOTED.match(self.text, self.at)
            if quoted is not None:
                self.at = quoted.end()
                continue
            letter = self.text[self.at]
            self.at += 1
            depth += (letter == "[") - (letter == "]")
            if letter == "]" and depth == 0:
                return
        raise _NotFollowedError

    def object(self, value: Value) -> object:
        value = self.machine.state.resolve(value)
        return self.machine.object(value) if type(value) is Ref else None
