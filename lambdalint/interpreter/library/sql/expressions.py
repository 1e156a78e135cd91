"""The type of an expression of SQL, as far as it does not depend on what stands in the tables.

It goes through the words from the left. An expression that it does not know to the end is not known at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lambdalint.interpreter.library.sql.dialects import DATE, DATETIME, DECIMAL, DOCUMENTS, JSON, SPAN, TIME, Dialect
from lambdalint.interpreter.library.sql.tokens import Token


class Typed(NamedTuple):
    """An expression's type, "?" where it is not known; whether it may be null; the name of a column made of it, None
    where the server makes one up; the text that it is, where it is one that stands there."""

    kind: str = "?"
    null: bool = True
    name: str | None = None
    text: str | None = None


UNKNOWN = Typed()
_DATED = (DATE, DATETIME, TIME, SPAN)
#: Functions whose first argument that is not null is what they give.
_FIRST = frozenset({"coalesce", "ifnull"})
_NUMBERS = frozenset({"int", DECIMAL})


class Unclear(Exception):
    """It is not known what an expression is, or where it ends."""


class Reader:
    """Reads expressions. `subquery` tells the type of what stands in parentheses behind a SELECT."""

    def __init__(self, words: list[Token], dialect: Dialect, subquery: Callable[[list[Token], Dialect], Typed]) -> None:
        self.words = words
        self.dialect = dialect
        self.subquery = subquery
        self.at = 0

    def whole(self) -> Typed:
        """The type of all the words.

        Raises:
            Unclear: there is something that it does not know.
        """
        found = self._sum()
        while self._next().is_mark("->", "->>", "||"):
            mark = self._take().text
            found = self._of_documents(mark, found, self._sum())
        if self.at < len(self.words):
            raise Unclear
        return found

    def _of_documents(self, mark: str, one: Typed, other: Typed) -> Typed:
        """`document -> 'key'` and `document ->> 'key'`, of which only the first may be of something else than JSON."""
        if self.dialect.name != "postgres":
            return UNKNOWN
        if mark == "->>":
            return Typed("str", True)
        if mark == "->":
            return Typed(JSON if one.kind in DOCUMENTS else "?", True)
        null = one.null or other.null
        if one.kind == other.kind == "str":
            return Typed("str", null)
        joined = one.kind in DOCUMENTS and (other.kind in DOCUMENTS or other.text is not None)
        return Typed(JSON if joined else "?", null)

    def _next(self, ahead: int = 0) -> Token:
        index = self.at + ahead
        return self.words[index] if index < len(self.words) else Token("end", "")

    def _take(self) -> Token:
        token = self._next()
        self.at += 1
        return token

    def _sum(self) -> Typed:
        left = self._product()
        while self._next().is_mark("+", "-"):
            mark = self._take().text
            if self.dialect.name == "mysql" and self._next().is_word("interval"):
                left = self._mysql_interval(left)
                continue
            left = self._computed(mark, left, self._product())
        return left

    def _product(self) -> Typed:
        left = self._signed()
        while self._next().is_mark("*", "/"):
            mark = self._take().text
            left = self._computed(mark, left, self._signed())
        return left

    def _computed(self, mark: str, one: Typed, other: Typed) -> Typed:
        """`one mark other`. What divides by nothing is null to MySQL."""
        if not self.dialect.computes:
            return UNKNOWN
        null = one.null or other.null or mark == "/"
        kinds = {one.kind, other.kind}
        if DECIMAL in kinds and kinds <= _NUMBERS:
            return Typed(DECIMAL, null)
        if self.dialect.name == "postgres" and mark in "+-":
            if one.kind == DATETIME and other.kind == SPAN:
                return Typed(DATETIME, null)
            if mark == "-" and one.kind == other.kind == DATETIME:
                return Typed(SPAN, null)
        return UNKNOWN

    def _mysql_interval(self, left: Typed) -> Typed:
        """`NOW() - INTERVAL 1 DAY`."""
        self._take()
        amount = self._signed()
        if self._take().kind != "name":
            raise Unclear
        if left.kind != DATETIME:
            return UNKNOWN
        return Typed(DATETIME, left.null or amount.null)

    def _signed(self) -> Typed:
        if self._next().is_mark("-", "+"):
            self._take()
            found = self._signed()
            return Typed(found.kind, found.null) if found.kind in ("int", "float", DECIMAL, SPAN) else UNKNOWN
        found = self._primary()
        while True:
            if self._next().is_mark("::"):
                self._take()
                found = self._cast(found, self._type(), found.name)
            elif self._next().is_word("at") and self._next(1).is_word("time") and self._next(2).is_word("zone"):
                self.at += 3
                zone = self._primary()
                found = Typed(DATETIME, found.null or zone.null) if found.kind == DATETIME else UNKNOWN
            else:
                return found

    def _primary(self) -> Typed:
        token = self._take()
        if token.kind == "number":
            whole = token.text.isdigit()
            kind = self.dialect.exponent if "e" in token.text.lower() else self.dialect.fraction
            return Typed("int" if whole and len(token.text) < 10 else ("?" if whole else kind), False)
        if token.kind == "text":
            return Typed(self.dialect.text, False, None, token.text[1:-1])
        if token.kind == "place":
            return UNKNOWN
        if token.is_mark("("):
            inside = self._inside()
            if inside and inside[0].is_word("select"):
                return self.subquery(inside, self.dialect)
            return self._read(inside)
        if token.kind == "quoted":
            return self._column(token)
        if token.kind == "name":
            return self._word(token)
        raise Unclear

    def _word(self, token: Token) -> Typed:
        word = token.text.lower()
        if self._next().is_mark("("):
            if word == "cast":
                return self._cast_call()
            if word == "exists":
                self._take()
                self._inside()
                return Typed(self.dialect.truth, False)
            return self._call(word)
        if self._next().is_mark("."):
            return self._column(token)
        if word == "null":
            return Typed("?", True)
        if word in ("true", "false"):
            return Typed(self.dialect.truth, False)
        if self._next().kind == "text":  # `interval '1 day'`
            if self.dialect.name != "postgres" or self.dialect.casts.get(word) not in _DATED:
                raise Unclear
            self._take()
            return Typed(self.dialect.casts[word], False)
        if word in self.dialect.words:
            return Typed(self.dialect.functions[word][0], False)
        if word in ("case", "array", "row", "interval", "not", "distinct", "all", "binary", "select", "current_time"):
            raise Unclear
        return self._column(token)

    def _column(self, token: Token) -> Typed:
        while self._next().is_mark("."):
            self._take()
            token = self._take()
            if token.kind not in ("name", "quoted"):
                raise Unclear
        if self._next().is_mark("("):  # a function of a schema
            raise Unclear
        small = self.dialect.folds and token.kind == "name"
        return Typed("?", True, token.text.lower() if small else token.text)

    def _inside(self) -> list[Token]:
        """The words up to the parenthesis that closes the one just taken."""
        depth, start = 1, self.at
        while depth:
            token = self._take()
            if token.kind == "end":
                raise Unclear
            depth += token.is_mark("(") - token.is_mark(")")
        return self.words[start : self.at - 1]

    def _read(self, words: list[Token]) -> Typed:
        """Some words as an expression, unknown where they are not one that is known."""
        try:
            return Reader(words, self.dialect, self.subquery).whole()
        except Unclear:
            return UNKNOWN

    def _cast_call(self) -> Typed:
        self._take()
        inside = self._inside()
        depth, split = 0, None
        for index, token in enumerate(inside):
            depth += token.is_mark("(") - token.is_mark(")")
            if depth == 0 and token.is_word("as"):
                split = index
        if split is None:
            raise Unclear
        value = self._read(inside[:split])
        reader = Reader(inside[split + 1 :], self.dialect, self.subquery)
        kind = reader._type()
        if reader.at < len(reader.words):
            kind = "?"
        return self._cast(value, kind, value.name if self.dialect.folds else None)

    def _cast(self, value: Typed, kind: str, name: str | None) -> Typed:
        if kind in _DATED and not self.dialect.dated and value.kind not in (DATE, DATETIME):
            return Typed("?", True, name)  # '0000-00-00' is no date to Python
        if kind == JSON and (value.kind in DOCUMENTS or value.text is not None):
            kind = value.kind if value.kind in DOCUMENTS else _decoded(value.text)
        return Typed(kind, value.null, name)

    def _type(self) -> str:
        """The name of a type, in one word or more: `numeric(12, 2)`, `double precision`."""
        words = [self._take()]
        if words[0].kind != "name":
            raise Unclear
        while self._next().is_word("precision", "varying", "integer"):
            words.append(self._take())
        if self._next().is_mark("("):
            self._take()
            self._inside()
        if self._next().is_word("with", "without"):
            words += [self._take(), self._take(), self._take()]
        if self._next().is_mark("[", "."):
            raise Unclear
        return self.dialect.casts.get(" ".join(word.text.lower() for word in words), "?")

    def _call(self, word: str) -> Typed:
        self._take()
        inside = self._inside()
        over = self._window()
        name = word if self.dialect.folds else None
        found = self._function(word, inside)
        if over and found.kind == "?":
            return Typed("?", True, name)
        return Typed(found.kind, found.null, name)

    def _window(self) -> bool:
        """Past `FILTER (...)` and `OVER (...)`."""
        over = False
        while self._next().is_word("filter", "over"):
            over = True
            self._take()
            if self._next().is_mark("("):
                self._take()
                self._inside()
            elif self._take().kind != "name":
                raise Unclear
        return over

    def _function(self, word: str, inside: list[Token]) -> Typed:
        row = self.dialect.functions.get(word)
        if row is not None:
            kind, null = row
            given = [self._read(part) for part in split(inside)] if null == "arguments" else []
            return Typed(kind, null == "may" or any(one.null for one in given))
        parts = split(inside)
        given = [self._read(part) for part in parts]
        if not given:
            return UNKNOWN
        if word in _FIRST:
            return self._first(given)
        if (word, given[0].kind) in (self.dialect.sums or {}) and len(given) == 1:
            return Typed((self.dialect.sums or {})[word, given[0].kind], True)
        if word in ("max", "min") and len(given) == 1 and self.dialect.computes:
            return Typed(given[0].kind, True)
        if word in self.dialect.same and given[0].kind == DECIMAL:
            return Typed(DECIMAL, any(one.null for one in given))
        if word == "date_trunc" and self.dialect.name == "postgres" and len(given) >= 2 and given[1].kind == DATETIME:
            return Typed(DATETIME, any(one.null for one in given))
        if word == "date" and self.dialect.computes and given[0].kind in (DATE, DATETIME):
            return Typed(DATE, given[0].null)
        return UNKNOWN

    def _first(self, given: list[Typed]) -> Typed:
        """`COALESCE(a, b)`: of the type that they share; a Decimal, where one is and the others are whole numbers."""
        if not self.dialect.computes:
            return UNKNOWN
        given = [Typed(_decoded(one.text), False) if one.text and _documents(given) else one for one in given]
        kinds = {one.kind for one in given}
        if kinds <= DOCUMENTS and len(kinds) > 1:
            kinds = {JSON}
        if kinds <= _NUMBERS and DECIMAL in kinds:
            kinds = {DECIMAL}
        return Typed(kinds.pop() if len(kinds) == 1 else "?", all(one.null for one in given))


def _documents(given: list[Typed]) -> bool:
    """Whether a text among them is one of JSON."""
    return any(one.kind in DOCUMENTS for one in given)


def _decoded(text: str | None) -> str:
    """What a driver makes of a text as JSON."""
    return {"[": "list", "{": "dict"}.get((text or "").strip()[:1], JSON)


def split(words: list[Token]) -> list[list[Token]]:
    """The parts between the commas that stand in no parentheses."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in words:
        depth += token.is_mark("(", "[") - token.is_mark(")", "]")
        if depth == 0 and token.is_mark(","):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts if words else []
