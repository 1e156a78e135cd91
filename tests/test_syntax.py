"""LL001: what does not compile is said where it stands, and Python 2 is called by its name."""

from __future__ import annotations

import sys

import pytest

from lambdalint.checks import RULES
from lambdalint.facts import FileFacts
from lambdalint.finding import Report, Severity
from lambdalint.source import Source


def report(code: str | bytes) -> Report:
    data = code.encode() if isinstance(code, str) else code
    (found,) = RULES["LL001"].judge(FileFacts(Source("app.py", data)))
    return found


def test_what_compiles_is_silent() -> None:
    source = Source("app.py", b"def handler(event, context):\n    return 1\n")
    assert list(RULES["LL001"].judge(FileFacts(source))) == []


@pytest.mark.parametrize(
    ("code", "row", "column"),
    [
        ("def handler(event, context):\n    return {\n", 2, 12),
        ("x = 1\nreturn x\n", 2, 1),
        ('név = "é"; return\n', 1, 12),
        ("def handler(event, context):\n    await f()\n", 2, 5),
        ("\ufeffx = 1\nbreak\n", 2, 1),
    ],
)
def test_error_stands_where_python_sees_it(code: str, row: int, column: int) -> None:
    found = report(code)
    start = found.place.span().start
    assert (start.row, start.column) == (row, column)
    assert "Runtime.UserCodeSyntaxError" in found.message
    assert found.severity is None
    assert found.message[:1] == found.message[:1].lower()


@pytest.mark.parametrize(
    ("code", "statement"),
    [
        ('print "hello"\n', "`print`"),
        ("print clock\n", "`print`"),
        ("try:\n    f()\nexcept Exception, e:\n    pass\n", "`except X, e`"),
        ("try:\n    f()\nexcept (A, B), error:\n    pass\n", "`except X, e`"),
        ('exec "x = 1"\n', "`exec`"),
        ("mode = 0777\n", "`0777`"),
    ],
)
def test_python_2_is_called_by_its_name(code: str, statement: str) -> None:
    found = report(code)
    assert found.message.startswith("Python 2 code: ")
    assert statement in found.message
    assert found.severity is None


ASYNC = "async def f(items):\n    return [[await g(x) for x in y] for y in items]\n"


@pytest.mark.parametrize(
    ("since", "code"),
    [
        ((3, 11), "try:\n    f()\nexcept* ValueError:\n    pass\n"),
        ((3, 11), "x = a[*b]\n"),
        ((3, 11), "def f(*args: *Ts): ...\n"),
        ((3, 11), ASYNC),
        ((3, 12), "x = f'{a['b']}'\n"),
        ((3, 12), 'r = {"body": f"from {event["name"]} at {event["a time"]}"}\n'),
        ((3, 12), "x = f\"{'\\n'.join(a)}\"\n"),
        ((3, 12), 'x = f"{\n    a\n}"\n'),
        ((3, 12), "type X = int\n"),
        ((3, 12), "def first[T](x: T): return x\n"),
        ((3, 12), "class Box[T]: ...\n"),
        ((3, 13), "def first[T = int](x: T): return x\n"),
        ((3, 14), "try:\n    f()\nexcept ValueError, TypeError:\n    pass\n"),
        ((3, 14), "x = t'{a}'\n"),
    ],
)
def test_syntax_of_a_newer_python_is_a_warning_that_says_which_python_read_it(
    since: tuple[int, int], code: str
) -> None:
    """On the Pythons that read it, nothing is said."""
    if sys.version_info >= since:
        assert FileFacts(Source("app.py", code.encode())).error is None
        return
    found = report(code)
    assert found.severity is Severity.WARNING
    assert f" on Python {sys.version_info[0]}.{sys.version_info[1]}, though newer ones read it" in found.message


@pytest.mark.parametrize(
    "code",
    [
        ASYNC.replace("async ", ""),
        "async def f(items):\n    return lambda: [[x async for x in y] for y in items]\n",
        "async def f(items):\n    class A:\n        a = [[x async for x in y] for y in items]\n",
        "async def f(a=[x async for x in y]):\n    pass\n",
        "x = [x async for x in y]\n",
    ],
)
def test_an_asynchronous_comprehension_outside_of_a_coroutine_is_an_error(code: str) -> None:
    assert report(code).severity is None


@pytest.mark.parametrize(
    "code",
    ["x = f'{a b}'\n", "x = f'{}'\n", "x = f'{a\n", "x = a[*]\n", "type X = = int\n", "def first[(x): return x\n"],
)
def test_wrong_on_every_python_is_an_error(code: str) -> None:
    assert report(code).severity is None


def test_bytes_that_are_no_text_are_reported_at_their_row() -> None:
    found = report(b"x = 1\ny = '\xe9'\n")
    assert found.place.span().start.row == 2
    assert "0xe9" in found.message


def test_nul_bytes_and_deep_code_are_reported() -> None:
    assert report(b"x = 1\0\n").place.span().start.row == 1
    assert report("x = " + "(" * 300 + ")" * 300 + "\n").message


@pytest.mark.parametrize(
    "data",
    [
        b"$ANSIBLE_VAULT;1.1;AES256\n3662333638356564\n",
        b"\0GITCRYPT\0\x8a\x01\xff",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
    ],
)
def test_what_the_repository_holds_in_another_form_is_not_judged(data: bytes) -> None:
    source = Source("config.py", data)
    assert list(RULES["LL001"].judge(FileFacts(source))) == []
    assert source.unfollowed is not None
    assert source.unfollowed == source.sealed


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("{{cookiecutter.name}}/app.py", "from {{cookiecutter.name}} import orders\n"),
        ("{% if tests %}test_app.py{% endif %}", "import {{ name }}.app\n"),
        ("app.py", 'import os\n{% if cookiecutter.source == "queue" %}\nimport json\n{%- endif %}\n'),
    ],
)
def test_a_template_of_a_project_is_not_judged(path: str, code: str) -> None:
    source = Source(path, code.encode())
    assert list(RULES["LL001"].judge(FileFacts(source))) == []
    assert source.unfollowed == source.sealed


def test_braces_in_a_file_that_is_no_template_are() -> None:
    assert report(b'x = f"{{x}}" y\n').place.span().start.row == 1
