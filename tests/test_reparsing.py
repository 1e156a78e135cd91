"""The tree of a changed file, whose parts that did not change are those of the tree before: it is libcst's own tree."""

from __future__ import annotations

import ast
import random
from itertools import pairwise
from pathlib import Path

import libcst
import pytest

from lambdalint.source import Source

from .pages import pages

PACKAGE = Path(__file__).parent.parent / "lambdalint"
FUNCTION = "def f():\n    return 2\n"
PUT_IN = ("# said\n", "x = 1\n", "\n", FUNCTION, "import os\n", '"""a\nb"""\n', "    # inner\n", "a; b\n")


def texts() -> list[str]:
    own = sorted(PACKAGE.glob("*.py"))[:12]
    bad = [text for page in pages() for project in page.bad for name, text in project.files.items() if name == "app.py"]
    return [*(path.read_text("utf-8") for path in own), *bad]


def edited(text: str, choose: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    at, what = choose.randrange(len(lines) or 1), choose.random()
    if not lines or what < 0.4:
        lines.insert(at, choose.choice(PUT_IN))
    elif what < 0.6:
        del lines[at : at + choose.randrange(1, 4)]
    elif what < 0.8:
        where = choose.randrange(len(lines[at]))
        lines[at] = lines[at][:where] + choose.choice("a( :=#\n1") + lines[at][where:]
    else:
        lines[at] = lines[at].rstrip("\n") + choose.choice(("  # z\n", " \\\n", ""))
    return "".join(lines)


@pytest.mark.parametrize("seed", range(3))
def test_it_is_what_the_parser_makes_of_the_whole(seed: int) -> None:
    choose = random.Random(seed)
    taken = 0
    for text in texts():
        source = Source("app.py", text.encode())
        assert source.cst is not None or source.tree is None
        for _ in range(6):
            after = edited(source.text, choose)
            try:
                ast.parse(after)
                whole = libcst.parse_module(after)
            except (SyntaxError, libcst.ParserSyntaxError):
                continue
            following = Source("app.py", after.encode())
            following.follow(source)
            before = {id(node) for node in source.cst.body} if source.cst is not None else set()
            tree = following.cst
            if tree is None:  # what only compile() refuses
                continue
            if tree.code == after != whole.code:  # libcst loses the last line's end behind a comment and a backslash
                continue
            assert tree.code == whole.code
            assert tree.default_indent != whole.default_indent or tree.deep_equals(whole)
            taken += any(id(node) in before for node in tree.body)
            source = following
    assert taken > 100


def test_what_did_not_change_is_the_same_and_what_did_is_not() -> None:
    text = "import os\n\n\ndef one():\n    return 1\n\n\ndef two():\n    return 2\n\n\ndef three():\n    return 3\n"
    before = Source("app.py", text.encode())
    after = Source("app.py", text.replace("return 2", "return 22").encode())
    assert before.cst is not None
    after.follow(before)
    assert after.cst is not None
    same = [one is other for one, other in zip(before.cst.body, after.cst.body)]
    assert same == [True, True, False, True]


def test_a_text_between_that_nobody_parsed_is_passed_over() -> None:
    sources = [Source("app.py", f"import os\n\nx = {number}\n".encode()) for number in range(3)]
    assert sources[0].cst is not None
    for before, after in pairwise(sources):
        after.follow(before)
    assert sources[2].cst is not None
    assert sources[2].cst.body[0] is sources[0].cst.body[0]


LETTERS = ("a", " ", "(", ")", ":", '"', "#", "\\", "global os", "return", "else:", '"""', "@x", "yield 1", "=", "x; y")


def altered(text: str, choose: random.Random) -> str:
    """A text with as many lines, mostly."""
    lines = text.splitlines(keepends=True)
    at = choose.randrange(len(lines))
    where, what = choose.randrange(len(lines[at])), choose.random()
    if what < 0.5:
        lines[at] = lines[at][:where] + choose.choice(LETTERS) + lines[at][where:]
    elif what < 0.8:
        lines[at] = lines[at][:where] + lines[at][where + 1 :]
    else:
        lines[at] = choose.choice(LETTERS) + "\n"
    return "".join(lines)


@pytest.mark.parametrize("seed", range(3))
def test_the_abstract_tree_is_that_of_the_whole_and_so_is_what_is_wrong_with_it(seed: int) -> None:
    choose = random.Random(seed)
    taken = 0
    for text in texts():
        source = Source("app.py", text.encode())
        for _ in range(6):
            if source.cst is None or not source.text:
                break
            data = altered(source.text, choose).encode()
            following, whole = Source("app.py", data), Source("app.py", data)
            following.follow(source)
            assert following.error == whole.error
            assert following.unfollowed == whole.unfollowed
            if whole.tree is None:
                continue
            assert following.tree is not None
            known = {id(node) for node in source.tree.body} if source.tree is not None else set()
            assert ast.dump(following.tree, include_attributes=True) == ast.dump(whole.tree, include_attributes=True)
            taken += any(id(node) in known for node in following.tree.body)
            source = following
    assert taken > 100


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\ny = 2\n", "x = 1\nglobal x\n"),  # it was assigned to before
        ("y = 2\nglobal x\n", "x = 1\nglobal x\n"),
        ("x = 1\ny = 2\n", "x = 1\nfrom __future__ import annotations\n"),
        (
            "from __future__ import annotations\n\ndef f(x: [a async for a in b]): pass\n",
            "\n\ndef f(x: [a async for a in b]): pass\n",
        ),
        ("x = 1\n", "x = 1\nreturn 2\n"),
        ("x = 1\ny = 2\n", "x = 1\n\n\ny = 3\n"),
        ("x = 1\ny = 2\n", "x = 1\nz = 3\nglobal y\ny = 2\n"),
        ("#\nfrom __future__ import annotations\n", "x = 1\nfrom __future__ import annotations\n"),
        ("x = 1 \\\n\ny = 2\n", "x = 1 \\\n+ 2\ny = 2\n"),
        ("x = 1\n\ny = 2\n", "x = 1\n\\\ny = 2\n"),
        ("def f():\n    pass\n\ny = 2\n", "def f():\n    pass\n    return 1\ny = 2\n"),
        ("x = 1\ny = 2\n", "x = 1\nreturn 2\n"),
    ],
)
def test_what_the_rest_decides_is_seen(before: str, after: str) -> None:
    one, two, whole = (Source("app.py", text.encode()) for text in (before, after, after))
    assert one.cst is not None
    two.follow(one)
    assert (two.error, two.unfollowed) == (whole.error, whole.unfollowed)
    if two.tree is not None and whole.tree is not None:
        assert ast.dump(two.tree, include_attributes=True) == ast.dump(whole.tree, include_attributes=True)
