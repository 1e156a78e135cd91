"""pyflakes under flake8's codes: the table, the places, the severities."""

from __future__ import annotations

import re
from pathlib import Path

import pyflakes.messages
import pytest

from lambdalint.checks import RULES, flakes
from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.facts import FileFacts, Flake
from lambdalint.finding import Report, Severity
from lambdalint.source import Source

PAGE = Path(__file__).parent.parent / "rules" / f"{flakes.FAMILY}.md"


def found(code: str, path: str = "app.py", *, tests: bool = False) -> list[tuple[str, Report]]:
    facts = FileFacts(Source(path, code.encode()), tests=tests)
    rules = [rule for rule in RULES.values() if rule.code.startswith("F")]
    return [(rule.code, report) for rule in rules for report in rule.judge(facts)]


def codes(code: str, path: str = "app.py", *, tests: bool = False) -> list[str]:
    return [rule for rule, _ in found(code, path, tests=tests)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os\n", ["F401"]),
        ("import os\nfor os in ():\n    print(os)\n", ["F402"]),
        ("from os import *\nprint(path)\n", ["F403", "F405"]),
        ("'%(a)s' % (1,)\n", ["F502"]),
        ("'%s %s' % {'a': 1}\n", ["F503"]),
        ("'%(a)s' % {'b': 1}\n", ["F504", "F505"]),
        ("'%s %s' % (1,)\n", ["F507"]),
        ("'%y' % 1\n", ["F509"]),
        ("'{'.format(1)\n", ["F521"]),
        ("'{a}'.format(a=1, b=2)\n", ["F522"]),
        ("'{}'.format(1, 2)\n", ["F523"]),
        ("'{} {}'.format(1)\n", ["F524"]),
        ("'{} {0}'.format(1)\n", ["F525"]),
        ("print(f'a')\n", ["F541"]),
        ("{'a': 1, 'a': 2}\n", ["F601", "F601"]),
        ("assert (1, 'a')\n", ["F631"]),
        ("x = 1\nprint(x is 'a')\n", ["F632"]),
        ("if (1, 2):\n    pass\n", ["F634"]),
        ("def f():\n    pass\ndef f():\n    pass\n", ["F811"]),
        ("print(nowhere)\n", ["F821"]),
        ("__all__ = ['nowhere']\n", ["F822"]),
        ("x = 1\ndef f():\n    print(x)\n    x = 2\n    return x\n", ["F823"]),
        ("def f():\n    x = 1\n", ["F841"]),
        ("raise NotImplemented\n", ["F901"]),
        ("def handler(event, context):\n    return event\n", []),
    ],
)
def test_each_message_bears_its_code(code: str, expected: list[str]) -> None:
    assert codes(code) == expected


def test_every_message_class_of_this_pyflakes_has_a_code() -> None:
    kinds = {kind.__name__ for kind in pyflakes.messages.Message.__subclasses__()}
    assert len(kinds) > 40
    assert kinds <= {kind for _, kind, _, _ in flakes.CODES}


def test_future_message_class_is_reported_and_does_not_crash() -> None:
    source = Source("app.py", b"x = 1\n")
    facts = FileFacts(source)
    facts.__dict__["_checked"] = ((Flake("SomethingNew", "something new", source.place(source.tree)),), None)
    assert [report.message for report in RULES["F999"].judge(facts)] == ["something new"]


def test_what_raises_is_an_error_and_the_rest_a_warning() -> None:
    errors = {rule.code for rule in RULES.values() if rule.code.startswith("F") and rule.severity is Severity.ERROR}
    assert {"F821", "F823", "F502", "F507", "F524", "F706", "F901"} <= errors
    assert not errors & {"F401", "F541", "F811", "F841", "F504", "F999"}


@pytest.mark.parametrize(
    "code",
    [
        "from __future__ import annotations\ndef f(x: Nowhere): pass\n",
        "def f(x: 'Nowhere'): pass\n",
        "import sys\nPY2 = sys.version_info[0] == 2\nif PY2:\n    text = unicode\n",
        "try:\n    xrange\nexcept:\n    xrange = range\n",
        "try:\n    print(reveal_type)\nexcept (ValueError, Exception):\n    pass\n",
        "def f():\n    for key in ['size']:\n        globals()[key] = 1\n    return size\n",
    ],
)
def test_undefined_name_that_nothing_evaluates_is_a_warning(code: str) -> None:
    ((rule, report),) = found(code)
    assert (rule, report.severity) == ("F821", Severity.WARNING)


def test_undefined_name_that_is_reached_keeps_the_severity_of_the_rule() -> None:
    ((_, report),) = found("def handler(event, context):\n    return unicode(event)\n")
    assert report.severity is None


def test_columns_count_code_points() -> None:
    ((_, report),) = found('print("éé", nowhere)\n')
    span = report.place.span()
    assert (span.start.column, span.end.column) == (13, 20)


def test_compound_statement_is_marked_by_its_first_line() -> None:
    ((_, report),) = found("def f():\n    pass\n\ndef f():\n    return 1\n")
    span = report.place.span()
    assert (span.start.row, span.start.column, span.end.row, span.end.column) == (4, 1, 4, 9)


def test_doctests_and_noqa_comments_are_not_read() -> None:
    assert codes('"""\n>>> import os\n>>> nowhere\n"""\n') == []
    assert codes("import os  # noqa\n") == ["F401"]


def test_exports_of_a_package_are_judged_as_flake8_does() -> None:
    assert codes("from .a import b\n", "pkg/__init__.py") == ["F401"]
    assert codes("from .a import b\n__all__ = ['b', 'c']\n", "pkg/__init__.py") == []


def test_code_too_deep_for_pyflakes_is_skipped_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyflakes import checker

    def refuse(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(checker.Checker, "__init__", refuse)
    facts = FileFacts(Source("app.py", b"import os\n"))
    assert facts.flakes == ()
    assert facts.flakes_skipped == "it is nested too deeply for pyflakes"


def test_file_that_does_not_compile_has_no_flakes() -> None:
    facts = FileFacts(Source("app.py", b"import os\nx = \n"))
    assert (facts.flakes, facts.flakes_skipped) == ((), None)


def test_page_of_the_family_has_a_row_for_each_code() -> None:
    rows = re.findall(r"^\| (F\d+) \| ([\w-]+) \| (\w+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    registered = [rule for rule in RULES.values() if rule.code.startswith("F")]
    assert rows == [(rule.code, rule.name, rule.severity.value) for rule in registered]


def test_name_that_a_later_function_makes_global_is_defined() -> None:
    code = (
        "def ask():\n    return CLIENT.get()\n\n\ndef handler(event, context):\n    global CLIENT\n    CLIENT = event\n"
    )
    assert codes(code) == []
    assert codes("def ask():\n    return CLIENT.get()\n") == ["F821"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from orders import handler\n", []),
        ("from orders import run as handler\n", []),
        ("from orders import handler as run\n", ["F401"]),
        ("from orders import handler, save\n", ["F401"]),
        ("import handler\n", []),
        ("import handler.orders as orders\n", ["F401"]),
        ("def load():\n    from orders import handler\n", ["F401"]),
    ],
)
def test_what_lambda_calls_by_an_imported_name_is_used(code: str, expected: list[str]) -> None:
    facts = FileFacts(Source("app.py", code.encode()), called=frozenset({"handler"}))
    assert ["F401" for _ in RULES["F401"].judge(facts)] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from fixtures import client\ndef test_it(client):\n    client()\n", []),
        ("from .fixtures import client, user\ndef test_it(client, *, user):\n    client(user)\n", []),
        ("from fixtures import own as client\nclass TestIt:\n    def test_it(self, client):\n        client()\n", []),
        ("from fixtures import client\nasync def test_it(client): pass\ndef test_that(client): pass\n", []),
        ("import pytest\nfrom fixtures import db\n@pytest.mark.usefixtures('db')\ndef test_it(): pass\n", []),
        ("from fixtures import db\ndef test_it(request):\n    request.getfixturevalue('db')\n", []),
        ("from fixtures import client, user\ndef test_it(client): pass\n", ["F401"]),
        ("from fixtures import client\ndef test_it():\n    client = 1\n    return client\n", ["F401", "F811"]),
        ("from unittest import mock\ndef test_it(mock): pass\n", ["F401", "F811"]),
        ("import client\ndef test_it(client): pass\n", ["F401", "F811"]),
    ],
)
def test_fixture_that_a_test_has_for_a_parameter_is_used(code: str, expected: list[str]) -> None:
    assert codes(code, "test_app.py", tests=True) == expected


def test_parameter_of_what_is_no_test_hides_an_import() -> None:
    assert codes("from fixtures import client\ndef handle(client): pass\n") == ["F401", "F811"]


def test_files_of_tests_are_those_of_their_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("tests/api.py", "test_app.py", "app.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("from fixtures import client\ndef test_it(client): pass\n")
    report = lint(["."], Settings(root=".", select=("F",)))
    assert {(one.code, one.span.path) for one in report.findings} == {("F401", "app.py"), ("F811", "app.py")}
