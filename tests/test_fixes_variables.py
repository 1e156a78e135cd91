"""Variables that nothing reads, taken out: how, where it is safe, and where they are left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_fixes_flakes import fixed

#: As a body of a function that has `g` and `event`.
FUNCTION = "def f(g, event):\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def in_function(*lines: str, unsafe: bool = False) -> list[str]:
    """The lines of a function's body as its fixes leave them."""
    body = "".join(f"    {line}\n" for line in lines)
    after = fixed(f"{FUNCTION}{body}    return event\n", unsafe=unsafe)
    head, *rest, last = after.splitlines()
    assert (head, last) == (FUNCTION.rstrip(), "    return event")
    return [line[4:] for line in rest]


class TestVariables:
    @pytest.mark.parametrize("value", ["1", "'a'", "None", "-1", "event", "[]", "{'a': 1, 'b': event}", "(1, event)"])
    def test_a_value_that_does_nothing_goes_too(self, value: str) -> None:
        assert in_function(f"x = {value}  # why", "g()") == ["g()"]
        assert in_function(f"x: object = {value}") == []
        assert in_function(f"x = y = {value}") == []

    @pytest.mark.parametrize(
        "value", ["g()", "g.put(g)", "g(event)[0].put(1)", "yield", "yield event", "yield from g()"]
    )
    def test_a_value_that_does_something_stays(self, value: str) -> None:
        assert in_function(f"x = {value}  # why") == [f"{value}  # why"]
        assert in_function(f"x: object = {value}") == [value]
        assert in_function(f"x = y = {value}") == [value]
        assert in_function(f"x = event.y = {value}") == [f"event.y = {value}"]

    def test_each_of_several_values_of_one_name_is_seen_to(self) -> None:
        assert in_function("x = g()", "if event:", "    x = g(1)", "else:", "    x = g(2)") == [
            *("g()", "if event:", "    g(1)", "else:", "    g(2)")
        ]

    def test_what_is_awaited_stays(self) -> None:
        assert fixed("async def f(g):\n    x = await g\n    y = await g()\n") == (
            "async def f(g):\n    await g\n    await g()\n"
        )

    @pytest.mark.parametrize(
        "value",
        [
            *("event['body']", "event.body", "g().region", "g() + 1", "-g()", "not g()", "{'a': g()}", "[g(), 1]"),
            *("[g() for _ in event]", "f'{g()}'", "g() if event else None", "g() or 1", "g() < 1", "'%s' % g()"),
        ],
    )
    def test_a_value_that_makes_no_sense_alone_waits_to_be_asked_for(self, value: str) -> None:
        assert in_function(f"x = {value}  # why") == [f"x = {value}  # why"]
        assert in_function(f"x = {value}  # why", unsafe=True) == [f"{value}  # why"]
        assert in_function(f"x: object = {value}", unsafe=True) == [value]
        assert in_function(f"x = y = {value}") == [f"x = y = {value}"]
        assert in_function(f"x = event.y = {value}") == [
            f"{'x = ' if ' if ' in value or ' or ' in value else ''}event.y = {value}"
        ]

    @pytest.mark.parametrize(
        ("lines", "name"),
        [
            (("staus = g()", "if event:", "    return status"), "staus"),
            (("resp = g.put(event)", "g(response)"), "resp"),
            (("userId = 1", "g(user_id)"), "userId"),
            (("try:", "    g()", "except KeyError as err:", "    g(error)"), "err"),
            (("with g() as files:", "    g(file)"), "files"),
            (("orders = 1", "def inner():", "    return order"), "orders"),
        ],
    )
    def test_one_that_may_be_misspelled_elsewhere_stays(self, lines: tuple[str, ...], name: str) -> None:
        assert in_function(*lines, unsafe=True) == list(lines)
        others = [re.sub(rf"\b{name}\b", "total", line) for line in lines]
        assert in_function(*others, unsafe=True) != others

    def test_what_another_function_misspells_is_no_matter(self) -> None:
        text = "def f():\n    return status\ndef g():\n    staus = 1\n"
        assert fixed(text) == "def f():\n    return status\ndef g():\n    pass\n"

    @pytest.mark.parametrize(
        "text",
        [
            "def f():\n    try:\n        t = unicode\n    except NameError:\n        return 1\n",
            "def f():\n    try:\n        t = bytes\n    except Exception:\n        return 1\n",
            "def f(g):\n    if g:\n        y = 1\n    try:\n        x = y\n    except NameError:\n        g(1)\n",
            "def f(g):\n    for y in g: g(y)\n    x = (y, 1)\n",
            "def f(y):\n    del y\n    x = y\n",
            "def f():\n    x = nowhere\n",
            "Y = 1\ndef f(g):\n    x = Y\n    Y = g()\n    return Y\n",
            "def f(g):\n    with g as y: pass\n    try:\n        z = g()\n    except OSError: pass\n    x = {'a': z}\n"
            "    return y\n",
            "if print():\n    y = 1\ndef f():\n    x = y\n",
            "from os import *\ndef f():\n    x = environ\n",
            "class C:\n    y = 1\n    def f(self):\n        x = y\n",
        ],
    )
    def test_a_name_that_may_have_no_value_is_asked_for_it(self, text: str) -> None:
        assert fixed(text, codes=("F841",)) == text

    @pytest.mark.parametrize(
        "text",
        [
            "def f(g):\n    y = g()\n    if g:\n        x = y\n        g()\n    return y\n",
            "def f(g):\n    import os\n    x = os\n    return os\n",
            "def f(g):\n    for y in g:\n        x = y\n        g(y)\n",
            "def f(g):\n    with g as (y, z):\n        x = z\n        g(y)\n",
            "def f(*y):\n    try:\n        x = y\n        y()\n    except NameError:\n        f()\n",
            "def f(y):\n    def g():\n        x = y\n        return 1\n    return g\n",
            "def f():\n    x = Y\n    return 1\nY = 1\n",
            "def f():\n    x = print\n    return 1\n",
        ],
    )
    def test_a_name_that_has_a_value_goes_too(self, text: str) -> None:
        lines = text.splitlines(keepends=True)
        assert fixed(text) == "".join(line for line in lines if "x = " not in line)

    def test_over_several_lines_nothing_else_moves(self) -> None:
        assert in_function("x = (", "    g(),  # why", ")", unsafe=True) == ["(", "    g(),  # why", ")"]
        assert in_function("x = \\", "    g()") == ["g()"]
        assert in_function("x = '''", "a", "'''", "g()") == ["g()"]

    @pytest.mark.parametrize("value", ["TemporaryDirectory()", "g.TemporaryFile()", "open('x')", "g.create_task(1)"])
    def test_what_may_live_as_long_as_the_variable_waits_to_be_asked_for(self, value: str) -> None:
        head = "from tempfile import TemporaryDirectory\nTemporaryDirectory\n"
        text = f"{head}{FUNCTION}    x = {value}\n    return event\n"
        assert fixed(text) == text
        assert fixed(text, unsafe=True) == text.replace("x = ", "")

    def test_what_may_be_read_by_name_waits_to_be_asked_for(self) -> None:
        assert in_function("x = 1", "g(eval('x'))") == ["x = 1", "g(eval('x'))"]
        assert in_function("x = 1", "g(eval('x'))", unsafe=True) == ["g(eval('x'))"]

    @pytest.mark.parametrize("line", ["(x, y) = 1, 2", "x, y = 1, 2", "(x) = g()", "print(x := g())", "x: int"])
    def test_other_ways_to_bind_stay(self, line: str) -> None:
        assert in_function(line, unsafe=True) == [line]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("except KeyError as e:", "except KeyError:"),
            ("except (KeyError, TypeError) as e:", "except (KeyError, TypeError):"),
            ("except(KeyError)as e:", "except(KeyError):"),
            ("except KeyError   as   e : # why", "except KeyError : # why"),
        ],
    )
    def test_a_clause_needs_no_name(self, before: str, after: str) -> None:
        assert in_function("try:", "    g()", before, "    g(1)") == ["try:", "    g()", after, "    g(1)"]

    def test_a_clause_outside_functions_needs_none_either(self) -> None:
        assert fixed("try:\n    print()\nexcept OSError as e:\n    pass\n").endswith("except OSError:\n    pass\n")

    def test_a_clause_that_unbinds_what_is_read_elsewhere_waits_to_be_asked_for(self) -> None:
        lines = ["e = g()", "try:", "    g()", "except KeyError as e:", "    g(1)", "g(e)"]
        assert in_function(*lines) == lines
        assert in_function(*lines, unsafe=True) == [*lines[:3], "except KeyError:", *lines[4:]]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("with g() as x:", "with g():"),
            ("with g() as x, g(1) as y:", "with g(), g(1):"),
            ("with (g()) as x:", "with (g()):"),
            ("with g() as event, g() as x:", "with g() as event, g():"),
            ("with TemporaryDirectory() as x:", "with TemporaryDirectory():"),
        ],
    )
    def test_a_with_needs_no_name(self, before: str, after: str) -> None:
        head = "from tempfile import TemporaryDirectory\nTemporaryDirectory\n"
        rest = "        g(1)\n    return event\n"
        assert fixed(f"{head}{FUNCTION}    {before}\n{rest}") == f"{head}{FUNCTION}    {after}\n{rest}"

    def test_what_only_a_variable_used_goes_in_its_turn(self) -> None:
        assert (
            fixed(f"import os\n{FUNCTION}    x = os\n    y = x\n    return event\n") == f"{FUNCTION}    return event\n"
        )
