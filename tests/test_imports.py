"""LL005, LL006, LL007, LL009, and the record of imports that they judge, on functions as a template deploys them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.newer_syntax import newer_syntax
from lambdalint.source import Source
from lambdalint.standard_library import is_module, minor_of, span

HANDLER = "\n\ndef handler(event, context):\n    return {'ok': True}\n"


def found(
    root: Path, files: dict[str, str], *, runtime: str = "python3.12", handler: str = "app.handler", code: str = "src"
) -> list[tuple[str, str, int, int, str]]:
    """What is found of a function: file, code, row, column, severity."""
    template = (
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n"
        f"    Properties:\n      CodeUri: {code}\n      Handler: {handler}\n      Runtime: {runtime}\n"
    )
    for name, text in {".git/HEAD": "", "template.yaml": template, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    before = os.getcwd()
    os.chdir(root)
    try:
        report = lint(["."], Settings(root=str(root), select=("LL0",)))
    finally:
        os.chdir(before)
    assert not report.errors
    return [
        (one.span.path, one.code, one.span.start.row, one.span.start.column, one.severity.value)
        for one in report.findings
    ]


def test_a_module_that_is_newer_or_gone_is_reported_at_its_name(tmp_path: Path) -> None:
    text = "import os, tomllib\n" + HANDLER
    assert found(tmp_path, {"src/app.py": text}, runtime="python3.10") == [("src/app.py", "LL005", 1, 12, "error")]
    assert found(tmp_path, {"src/app.py": text}, runtime="python3.11") == []
    assert found(tmp_path, {"src/app.py": "import distutils.util\n" + HANDLER}, runtime="python3.11") == []
    assert found(tmp_path, {"src/app.py": "import distutils.util\n" + HANDLER}) == [
        ("src/app.py", "LL005", 1, 8, "error")
    ]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("from datetime import timezone, UTC", 32),
        ("import datetime; NOW = datetime.datetime.now(datetime.UTC)", 46),
        ("import enum as e\nclass Kind(e.StrEnum): A = 'a'", 12),
    ],
)
def test_a_name_that_is_newer_is_reported_where_it_is_used(tmp_path: Path, line: str, column: int) -> None:
    row = 1 + line.count("\n")
    assert found(tmp_path, {"src/app.py": line + HANDLER}, runtime="python3.10") == [
        ("src/app.py", "LL005", row, column, "error")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    import tomllib\nexcept ImportError:\n    tomllib = None",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import tomllib",
        "import sys\nif sys.version_info >= (3, 11):\n    import tomllib",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from typing import Self",
        "import datetime\ntry:\n    utc = datetime.UTC\nexcept AttributeError:\n    utc = datetime.timezone.utc",
        "import datetime\nutc = datetime.UTC if hasattr(datetime, 'UTC') else datetime.timezone.utc",
        "def unused():\n    import tomllib",
    ],
)
def test_what_is_guarded_or_not_reached_is_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, {"src/app.py": text + HANDLER}, runtime="python3.10") == []


def test_of_a_runtime_older_than_the_facts_only_what_is_newer_than_these_is_told(tmp_path: Path) -> None:
    text = "from importlib import metadata\nNAME = 'order-1'.removeprefix('order-')\n"
    expected = [("src/app.py", "LL005", 2, 8, "error")]
    assert found(tmp_path, {"src/app.py": text + HANDLER}, runtime="python3.7") == expected


def test_an_import_in_the_handler_counts_where_every_path_meets_it(tmp_path: Path) -> None:
    always = "def handler(event, context):\n    import tomllib\n    return tomllib.loads(event['x'])\n"
    some = "def handler(event, context):\n    if event.get('x'):\n        import tomllib\n    return 1\n"
    after = "def handler(event, context):\n    if event.get('x'):\n        return 1\n    import tomllib\n    return 2\n"
    assert found(tmp_path, {"src/app.py": always}, runtime="python3.10") == [("src/app.py", "LL005", 2, 12, "error")]
    assert found(tmp_path, {"src/app.py": some}, runtime="python3.10") == []
    assert found(tmp_path, {"src/app.py": after}, runtime="python3.10") == []


def test_a_backport_in_the_package_is_as_good(tmp_path: Path) -> None:
    files = {
        "src/app.py": "import imp\nimport distutils\n" + HANDLER,
        "src/imp.py": "",
        "src/requirements.txt": "setuptools\n",
    }
    assert found(tmp_path, files) == []


def test_relative_imports_work_in_packages_alone(tmp_path: Path) -> None:
    files = {"src/app.py": "from .util import x\n" + HANDLER, "src/util.py": "x = 1\n"}
    assert found(tmp_path, files) == [("src/app.py", "LL007", 1, 19, "error")]
    assert found(tmp_path, files, handler="src/app.handler", code=".") == []
    files["src/app.py"] = "from ..util import x\n" + HANDLER
    assert found(tmp_path, files, handler="src.app.handler", code=".") == [("src/app.py", "LL007", 1, 20, "error")]
    files["src/app.py"] = "try:\n    from .util import x\nexcept ImportError:\n    from util import x\n" + HANDLER
    assert found(tmp_path, files) == []


def test_what_is_imported_where_another_import_failed_is_written_for_elsewhere(tmp_path: Path) -> None:
    app = "try:\n    from util import x\nexcept ImportError:\n    from .util import x\n" + HANDLER
    files = {"src/app.py": app, "src/util.py": "import boto3\nx = 1\n"}
    assert found(tmp_path, files) == []


def test_a_helper_s_relative_import_is_the_project_s_own_fault(tmp_path: Path) -> None:
    files = {"src/app.py": "import util\n" + HANDLER, "src/util.py": "from .more import x\n", "src/more.py": "x = 1\n"}
    assert found(tmp_path, files) == [("src/util.py", "LL009", 1, 19, "error")]


@pytest.mark.parametrize(
    "module",
    [
        "globals()['x'] = 1",
        "def __getattr__(name):\n    return 1",
        "from somewhere import *",
        "import sys\nsys.modules[__name__] = object()",
        "for name in ('x',):\n    globals().update({name: 1})",
        "if input():\n    x = 1",
    ],
)
def test_a_name_that_may_be_bound_unseen_is_no_fault(tmp_path: Path, module: str) -> None:
    assert found(tmp_path, {"src/app.py": "from util import x\n" + HANDLER, "src/util.py": module + "\n"}) == []


def test_a_package_runs_before_its_modules(tmp_path: Path) -> None:
    files = {"src/pkg/__init__.py": "from pkg.util import nope\n", "src/pkg/util.py": "", "src/pkg/app.py": HANDLER}
    assert found(tmp_path, files, handler="pkg/app.handler") == [("src/pkg/__init__.py", "LL009", 1, 22, "error")]


def test_a_search_path_that_the_code_changes_may_find_more(tmp_path: Path) -> None:
    files = {"src/app.py": "import sys\nsys.path.insert(0, 'src')\nimport settings\n" + HANDLER, "src/settings.py": ""}
    assert found(tmp_path, files, handler="src/app.handler", code=".") == []


def test_a_class_that_only_another_path_has_made_is_no_trouble(tmp_path: Path) -> None:
    """A method of such a class closes over what is not there where something unknown has an attribute of its name."""
    text = (
        "import outside\n\n\ndef make():\n    hidden = object()\n    class Inner:\n        def send(self):\n"
        "            return hidden\n    return Inner()\n\n\n@outside.register\ndef callback(given):\n"
        "    return given.client.send()\n\n\ndef handler(event, context):\n    make()\n    return 1\n"
    )
    assert found(tmp_path, {"src/app.py": text}) == []


@pytest.mark.parametrize(
    ("text", "minor", "row", "column"),
    [
        ("x = 1\nmatch x:\n    case 1:\n        pass\n", 9, 2, 1),
        ("try:\n    pass\nexcept* ValueError:\n    pass\n", 10, 3, 1),
        ("def f(*args: *T): pass\n", 10, 1, 14),
        ("y = x[1, *z]\n", 10, 1, 10),
        ("@a[0]\ndef f(): pass\n", 8, 1, 2),
        ("if (n := len(x)) > 1:\n    pass\n", 7, 1, 5),
        ("def f(a, /, b): pass\n", 7, 1, 7),
    ],
)
def test_syntax_has_a_version(text: str, minor: int, row: int, column: int) -> None:
    if sys.version_info < (3, 11):
        pytest.skip("this Python does not read it either")
    newer = newer_syntax(Source("app.py", text.encode()), minor)
    assert newer is not None
    assert newer.minor == minor + 1
    assert (newer.place.span().start.row, newer.place.span().start.column) == (row, column)
    assert newer_syntax(Source("app.py", text.encode()), minor + 1) is None


@pytest.mark.skipif(sys.version_info < (3, 12), reason="only newer Pythons read these")
@pytest.mark.parametrize(
    "text", ['f"{d["a"]}"', "f'{chr(10)!r:{x}} {\"\\n\".join(y)}'", "type X = int", "def f[T](): pass"]
)
def test_syntax_of_3_12_is_told_from_older(text: str) -> None:
    assert newer_syntax(Source("app.py", text.encode()), 11) is not None
    assert newer_syntax(Source("app.py", text.encode()), 12) is None


def test_f_strings_of_old_are_no_news() -> None:
    text = "x = f\"{a['b']} {c!r:>{n}} {{}} \\n\"\ny = f'''{d[\"e\"]\n}'''\n"
    assert newer_syntax(Source("app.py", text.encode()), 10) is None


def test_the_facts_of_the_standard_library() -> None:
    assert (span("tomllib"), span("distutils"), span("json")) == ((11, 14), (8, 11), (8, 14))
    assert span("datetime.UTC") == span("enum.StrEnum") == (11, 14)
    assert (span("collections.Mapping"), span("typing.List")) == ((8, 9), None)
    assert is_module("asyncio")
    assert not is_module("requests")
    assert [minor_of(name) for name in ("python3.9", "python2.7", "python3.99", None)] == [9, None, None, None]


@pytest.mark.parametrize(("package", "codes"), [("shop", ["LL009"]), ("psycopg2", [])])
def test_what_stands_in_the_code_folder_lies_over_what_is_installed(
    tmp_path: Path, package: str, codes: list[str]
) -> None:
    files = {
        "src/app.py": f"import {package}\n" + HANDLER,
        f"src/{package}/__init__.py": f"from {package}._fast import BINARY\n",
        "src/requirements.txt": "psycopg2-binary==2.9.9\n",
    }
    assert [code for _, code, *_ in found(tmp_path, files)] == codes
    unread = {**files, "src/requirements.txt": "-r more.txt\n"}  # who knows what that brings
    assert [code for _, code, *_ in found(tmp_path, unread)] == codes
