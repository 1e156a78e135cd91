"""Terraform's own syntax as bodies and expressions. python-hcl2's grammar gives the tree; nothing after this module
knows of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lambdalint.finding import Place, Position, Span
from lambdalint.project.descriptors.terraform.bodies import Block, Body, Expr
from lambdalint.project.descriptors.tree import Scalar, Unreadable
from lambdalint.text import Text

MAX_BYTES = 1_000_000
#: How deep an expression may be nested.
MAX_DEPTH = 60
#: How many `${...}` one heredoc or JSON string may have.
_MAX_PARTS = 200

_MARKER_LINE = re.compile(r"^([ \t]*[A-Za-z][\w.-]*)[ \t]+$", re.MULTILINE)
_HEREDOC = re.compile(r"<<(-?)[^\n]*\n(.*?)\n?[^\n]*\n?\Z", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)


def normal(text: Text) -> str:
    """A file's text as the grammar takes it; no position changes. Terraform takes blanks behind the word that ends a
    heredoc, the grammar does not."""
    return _MARKER_LINE.sub(r"\1", text.text.replace("\r\n", "\n"))


def read_hcl(text: Text, written: str, row: int = 0) -> Body:
    """Lines of a file of Terraform's own syntax, `row` lines after its begin.

    Raises:
        Unreadable: it is none, or is too large or nested too deep. python-hcl2 does not take every valid file.
    """
    tree = _parsed(written, text, Span(text.path, Position(1, 1), Position(1, 1)), row)
    return _Converter(text, row=row).body(tree.children[0], 0)


def read_expression(written: str, text: Text, place: Place) -> Expr:
    """An expression that stands inside a string: all of it at `place`.

    Raises:
        Unreadable: it is none.
    """
    tree = _parsed(f"_ = {written}", text, place.span())
    body = _Converter(text, place).body(tree.children[0], 0)
    return body.attributes.get("_", Expr("unknown", place))


def template(written: str, text: Text, place: Place) -> Expr:
    """The text of a heredoc, of a JSON string or of a template's file, with its `${...}`."""
    if "${" not in written and "%{" not in written:
        return Expr("literal", place, written)
    try:
        return _template(written, text, place)
    except Unreadable:  # the rest of the file is none the less read
        return Expr("unknown", place)


def _template(written: str, text: Text, place: Place) -> Expr:
    if written.count("${") > _MAX_PARTS:
        return Expr("unknown", place)
    parts: list[Expr] = []
    plain, at = "", 0
    while at < len(written):
        two = written[at : at + 2]
        if written[at : at + 3] in ("$${", "%%{"):
            plain, at = plain + two[0] + "{", at + 3
        elif two == "%{":
            return Expr("unknown", place)
        elif two == "${":
            end = _closing(written, at + 2)
            inside = written[at + 2 : end].strip().strip("~").strip()
            parts += [Expr("literal", place, plain), read_expression(inside, text, place)]
            plain, at = "", end + 1
        else:
            plain, at = plain + written[at], at + 1
    return Expr("template", place, None, (*parts, Expr("literal", place, plain)))


def _closing(written: str, at: int) -> int:
    """Where the brace that was opened before `at` closes."""
    depth, quoted = 1, False
    while at < len(written):
        character = written[at]
        if quoted and character == "\\":
            at += 1
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "{}":
            depth += 1 if character == "{" else -1
            if depth == 0:
                return at
        at += 1
    return at


def _parsed(written: str, text: Text, at: Span, rows: int = 0) -> Any:
    if len(written) > MAX_BYTES:
        raise Unreadable("it is too large to read", text.place(at), False)
    import hcl2
    from lark.exceptions import LarkError, UnexpectedInput

    try:
        return hcl2.parses_to_tree(written)
    except UnexpectedInput as error:
        row, column = max(getattr(error, "line", 1), 1), max(getattr(error, "column", 1), 1)
        if at.start == Position(1, 1):
            at = Span(text.path, Position(row + rows, column), Position(row + rows, column + 1))
        raise Unreadable("it is not read as Terraform from here on", text.place(at), False) from None
    except (LarkError, ValueError, RecursionError) as error:
        raise Unreadable(f"it is not read as Terraform: {type(error).__name__}", text.place(at), False) from None


class _Converter:
    """Makes bodies and expressions of the grammar's tree. `fixed`: where everything stands, if not by itself; `row`:
    how many lines of the file stand before the tree's."""

    def __init__(self, text: Text, fixed: Place | None = None, row: int = 0) -> None:
        self._text, self._fixed, self._row = text, fixed, row
        self._by_rule: dict[str, Callable[[Any, int], Expr]] = {
            "string": self._string,
            "template_string": self._string,
            "tuple": self._tuple,
            "object": self._object,
            "function_call": self._call,
            "heredoc_template": self._heredoc,
            "heredoc_template_trim": self._heredoc,
            "index_expr_term": self._index,
            "get_attr_expr_term": self._attribute,
            "attr_splat_expr_term": self._splat,
            "full_splat_expr_term": self._splat,
            "for_tuple_expr": self._for,
            "for_object_expr": self._for,
            "conditional": self._conditional,
            "binary_op": self._binary,
            "unary_op": self._unary,
            "identifier": self._identifier,
            "keyword": self._identifier,
            "literal_value": self._identifier,
            "int_lit": self._number,
            "float_lit": self._number,
        }

    def body(self, tree: Any, depth: int) -> Body:
        found = Body()
        for child in _trees(tree):
            if child.data == "attribute":
                name, value = child.children[0], child.children[-1]
                found.attributes[_text(name)] = self.expression(value, depth)
            elif child.data == "block":
                self._deeper(child, depth)
                *head, inside = _trees(child, "new_line_or_comment")
                words = [_unquoted(word) if word.data == "string" else _text(word) for word in head]
                place = self._span(head[0].meta, head[-1].meta)
                found.blocks.append(Block(words[0], tuple(words[1:]), place, self.body(inside, depth + 1)))
        return found

    def expression(self, tree: Any, depth: int) -> Expr:
        while tree.data == "expr_term":  # a term, perhaps in parentheses
            tree = _trees(tree, "new_line_or_comment")[0]
        self._deeper(tree, depth)
        make = self._by_rule.get(tree.data)
        return make(tree, depth + 1) if make is not None else self._unknown(tree)

    def _deeper(self, tree: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Unreadable(f"it is nested more than {MAX_DEPTH} deep", self._place(tree), False)

    def _place(self, tree: Any) -> Place:
        return self._span(tree.meta, tree.meta)

    def _span(self, first: Any, last: Any) -> Place:
        if self._fixed is not None:
            return self._fixed
        start = Position(getattr(first, "line", 1) + self._row, getattr(first, "column", 1))
        end = Position(getattr(last, "end_line", 1) + self._row, getattr(last, "end_column", 1))
        return self._text.place(Span(self._text.path, start, end))

    def _unknown(self, tree: Any) -> Expr:
        return Expr("unknown", self._place(tree))

    def _string(self, tree: Any, depth: int) -> Expr:
        place = self._place(tree)
        parts: list[Expr] = []
        for part in _trees(tree):
            inside = part.children[0]
            if isinstance(inside, str):
                escaped = part.children[0].type in ("ESCAPED_INTERPOLATION", "ESCAPED_DIRECTIVE")
                parts.append(Expr("literal", place, inside[1:] if escaped else unescaped(inside)))
            elif inside.data == "interpolation":
                parts.append(self.expression(_trees(inside, "new_line_or_comment")[0], depth))
            else:  # a directive: what stands between it and its end may be there or not
                return Expr("unknown", place)
        if all(part.kind == "literal" for part in parts):
            return Expr("literal", place, "".join(str(part.value) for part in parts))
        return parts[0] if len(parts) == 1 else Expr("template", place, None, tuple(parts))

    def _heredoc(self, tree: Any, depth: int) -> Expr:
        place = self._place(tree)
        match = _HEREDOC.match(str(tree.children[0]))
        if match is None:
            return Expr("unknown", place)
        lines = match[2].split("\n") if match[2] else []
        if match[1]:
            indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
            lines = [line[min(indents, default=0) :] for line in lines]
        return template("".join(f"{line}\n" for line in lines), self._text, place)

    def _tuple(self, tree: Any, depth: int) -> Expr:
        elements = (self.expression(part, depth) for part in _trees(tree, "new_line_or_comment"))
        return Expr("list", self._place(tree), None, tuple(elements))

    def _object(self, tree: Any, depth: int) -> Expr:
        parts: list[Expr] = []
        for element in _trees(tree, "new_line_or_comment"):
            key, value = _trees(element)
            written = key.children[0]
            # a bare word is a key's text; in parentheses it is a name
            words = [getattr(part, "data", "") for part in written.children]
            bare = written.data == "keyword" or words in (["identifier"], ["literal_value"])
            found = Expr("literal", self._place(key), _text(written)) if bare else self.expression(written, depth)
            parts += [found, self.expression(value, depth)]
        return Expr("object", self._place(tree), None, tuple(parts))

    def _call(self, tree: Any, depth: int) -> Expr:
        inside = _trees(tree, "new_line_or_comment")
        names = [_text(part) for part in inside if part.data == "identifier"]
        arguments = next((part for part in inside if part.data == "arguments"), None)
        parts = _trees(arguments, "new_line_or_comment") if arguments is not None else []
        spread = arguments is not None and any(str(part) == "..." for part in arguments.children)
        values = tuple(self.expression(part, depth) for part in parts)
        return Expr("call-spread" if spread else "call", self._place(tree), "::".join(names), values)

    def _index(self, tree: Any, depth: int) -> Expr:
        base = self.expression(tree.children[0], depth)
        return self._by(base, tree.children[1], self._place(tree), depth)

    def _attribute(self, tree: Any, depth: int) -> Expr:
        base = self.expression(tree.children[0], depth)
        return Expr("attribute", self._place(tree), _text(_trees(tree.children[1])[0]), (base,))

    def _splat(self, tree: Any, depth: int) -> Expr:
        place = self._place(tree)
        each = Expr("name", place, "*")
        for step in _trees(tree.children[1]):
            if step.data == "get_attr":
                each = Expr("attribute", place, _text(_trees(step)[0]), (each,))
            else:
                each = self._by(each, step, place, depth)
        return Expr("splat", place, None, (self.expression(tree.children[0], depth), each))

    def _by(self, base: Expr, index: Any, place: Place, depth: int) -> Expr:
        if index.data == "short_index":
            key = Expr("literal", place, int(str(index.children[-1])))
        else:
            key = self.expression(_trees(index, "new_line_or_comment")[0], depth)
        return Expr("index", place, None, (base, key))

    def _for(self, tree: Any, depth: int) -> Expr:
        intro, *made = _trees(tree, "new_line_or_comment")
        *names, over = _trees(intro, "new_line_or_comment")
        parts = [over, *(_trees(part, "new_line_or_comment")[0] if part.data == "for_cond" else part for part in made)]
        kind = "for-list" if tree.data == "for_tuple_expr" else "for-object"
        if kind == "for-object" and any(str(part) == "..." for part in tree.children):
            kind = "for-groups"
        values = tuple(self.expression(part, depth) for part in parts)
        return Expr(kind, self._place(tree), ",".join(map(_text, names)), values)

    def _conditional(self, tree: Any, depth: int) -> Expr:
        parts = tuple(self.expression(part, depth) for part in _trees(tree, "new_line_or_comment"))
        return Expr("conditional", self._place(tree), None, parts)

    def _binary(self, tree: Any, depth: int) -> Expr:
        first, term, *_ = _trees(tree, "new_line_or_comment")
        operator, second = _trees(term, "new_line_or_comment")
        parts = (self.expression(first, depth), self.expression(second, depth))
        return Expr("binary", self._place(tree), _text(operator).strip().rpartition("\n")[2].strip(), parts)

    def _unary(self, tree: Any, depth: int) -> Expr:
        kind = "not" if str(tree.children[0]) == "!" else "negative"
        return Expr(kind, self._place(tree), None, (self.expression(_trees(tree)[0], depth),))

    def _identifier(self, tree: Any, depth: int) -> Expr:
        name, place = _text(tree), self._place(tree)
        known: dict[str, Scalar] = {"true": True, "false": False, "null": None}
        return Expr("literal", place, known[name]) if name in known else Expr("name", place, name)

    def _number(self, tree: Any, depth: int) -> Expr:
        written = _text(tree)
        try:
            return Expr("literal", self._place(tree), int(written) if tree.data == "int_lit" else float(written))
        except ValueError:  # an integer of too many digits
            return self._unknown(tree)


def unescaped(written: str) -> str:
    """The text of a quoted string."""

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is None:
            return _ESCAPES.get(match[3], match[0])
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else match[0]

    return _ESCAPE.sub(character, written)


def _trees(tree: Any, *without: str) -> list[Any]:
    """The parts of a tree that are no tokens."""
    return [part for part in tree.children if not isinstance(part, str) and part.data not in without]


def _text(tree: Any) -> str:
    """The word that a tree holds, however deep."""
    while not isinstance(tree, str):
        tree = tree.children[0]
    return str(tree)


def _unquoted(tree: Any) -> str:
    """A label: a string without `${...}`."""
    return "".join(_text(part) for part in _trees(tree))
