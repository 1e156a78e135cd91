"""Imports that pyflakes calls unused, taken out: how, where it is safe, and where they are left alone."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.fixes.mending import mended
from lambdalint.source import Source
from lambdalint.tidy.taken import Taken


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def fixed(text: str, *, unsafe: bool = False, name: str = "app.py", codes: tuple[str, ...] = ("F",)) -> str:
    """The file as its fixes leave it; it compiles, and another run would do nothing."""
    settings = Settings(root=".", select=codes)
    path = Path(name).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")
    found = mended(lambda held: lint(["."], settings, held=held), unsafe=unsafe)
    assert found.report.errors == ()
    ours = [one for one in found.report.findings if one.span.path == name]
    assert not [one for one in ours if one.fix is not None and (one.fix.safe or unsafe)]
    after = found.after.get(str(path), text.encode()).decode()
    ast.parse(after)
    return after


def beside(**texts: str) -> None:
    """Other files of the same run, by the names of their modules."""
    for name, text in texts.items():
        Path(f"{name}.py").write_text(text, "utf-8")


class TestImports:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("import os\nx = 1\n", "x = 1\n"),
            ("import os, json\njson\n", "import json\njson\n"),
            ("import json, os\njson\n", "import json\njson\n"),
            ("import csv, json, os\njson\n", "import json\njson\n"),
            ("import csv, os, re\n", ""),
            ("import os as system, json\njson\n", "import json\njson\n"),
            ("import os.path\nx = 1\n", "x = 1\n"),
            ("from os import path as p\nx = 1\n", "x = 1\n"),
            ("import os; x = 1\n", "x = 1\n"),
            ("x = 1; import os\n", "x = 1\n"),
            ("import os; import re; import csv\n", ""),
            ("x = 1\nimport os", "x = 1\n"),
            ("import os\r\nx = 1\r\n", "x = 1\r\n"),
            ("from re import sub, \\\n    split\nsub\n", "from re import sub\nsub\n"),
            ("from re import (sub, split)\nsplit\n", "from re import (split)\nsplit\n"),
        ],
    )
    def test_a_name_goes_and_its_statement_with_the_last(self, before: str, after: str) -> None:
        assert fixed(before) == after

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("    sub,  # of sub\n    split,\n", "    sub,  # of sub\n"),
            ("    split,  # noqa: E402\n    sub  # of sub\n", "    sub  # of sub\n"),
            ("    sub,\n    split\n", "    sub,\n"),
            ("    # first\n    split,\n    # second\n    sub,\n", "    # first\n    # second\n    sub,\n"),
            ("    sub, split,\n    match\n", "    sub, \n"),
        ],
    )
    def test_in_parentheses_a_name_goes_with_its_line(self, before: str, after: str) -> None:
        assert fixed(f"from re import (\n{before})\nsub\n") == f"from re import (\n{after})\nsub\n"

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("def f():\n    import os\n", "def f():\n    pass\n"),
            ("def f():\n    import os\n    import re, csv\n", "def f():\n    pass\n"),
            ("def f():\n    import os\n    x = 1\n", "def f():\n    pass\n"),
            ("def f():\n    '''Doc.'''\n    import os\n", "def f():\n    '''Doc.'''\n"),
            ("if f:\n    import os  # why\n", "if f:\n    pass  # why\n"),
            ("if f: import os\n", "if f: pass\n"),
            ("try:\n    f()\nfinally:\n    import os\n", "try:\n    f()\nfinally:\n    pass\n"),
        ],
    )
    def test_a_body_that_would_be_empty_gets_pass(self, before: str, after: str) -> None:
        head = "" if before.startswith("def") else "f = print\n"
        assert fixed(head + before, unsafe=True) == head + after

    @pytest.mark.parametrize(
        "text",
        [
            "try:\n    import os\nexcept ImportError:\n    x = 1\n",
            "try:\n    import nowhere\nexcept Exception:\n    import os\n",
            "try:\n    import os\nexcept (ValueError, ModuleNotFoundError):\n    pass\n",
            "from contextlib import suppress\nwith suppress(ImportError):\n    import os\n",
            "import os  # pylint: disable=unused-import\n",
            "# pylint: disable=W0611\nimport os\n",
            "import os  # noqa\n",
            "import os  # noqa: F401\n",
            "from re import (  # noqa: F401\n    sub,\n)\n",
            "import os\n__all__ = ['os']\n",
            "import os\n__all__ = [*[]] + ['os']\n",
            "import json as json\n",
            "from typing import List as List\n",
            "from __future__ import annotations\n",
        ],
    )
    def test_what_is_tried_or_meant_stays(self, text: str) -> None:
        assert fixed(text, unsafe=True) == text

    @pytest.mark.parametrize("name", ["__init__.py", "package/__init__.py", "conftest.py", "tests/conftest.py"])
    def test_what_a_package_exports_and_what_pytest_finds_stays(self, name: str) -> None:
        assert fixed("import os\nfrom .a import b\n", unsafe=True, name=name) == "import os\nfrom .a import b\n"

    @pytest.mark.parametrize(
        "text",
        [
            "import boto3\n",
            "from aws_xray_sdk.core import patch_all\n",
            "from . import registered\n",
            "import readline\n",
            "import encodings.idna\n",
            "from encodings import idna\n",
            "import concurrent.futures\n",
            "from os import *\n",
            "import sys\nif sys.version_info[0] < 3:\n    from urllib import quote as url_quote\n",
            "import os\nx = eval('os')\n",
            "import os\nx = globals()['os']\n",
            "import os, sys\nx = getattr(sys.modules[__name__], 'os')\n",
            "import os, sys\nx = sys.modules.get(__name__).os\n",
            "import os\nfrom importlib import import_module\nx = import_module(__name__).os\n",
            "import os\n__all__ = []\n__all__.append('os')\n",
            "import os\n__all__ = [name for name in ('os',)]\n",
            "import os\nfrom other import names\n__all__ = names\n",
            "import os\n__all__ = []\nfor name in ('os',):\n    __all__ += [name]\n",
            "from typing import List\nx = []  # type: List[int]\n",
            "import xml\nfrom xml.dom import minidom\nprint(xml.dom.Node)\n",
            'def f():\n    """\n    >>> os.getcwd()\n    """\nimport os\n',
        ],
    )
    def test_one_that_may_do_something_goes_only_when_asked(self, text: str) -> None:
        assert fixed(text) == text
        assert fixed(text, unsafe=True) != text

    @pytest.mark.parametrize("text", ["import os, boto3\n", "import boto3, os, re\n", "import os, csv  # why\n"])
    def test_one_that_waits_does_not_go_with_those_beside_it(self, text: str) -> None:
        assert fixed(text) == (text if "#" in text else "import boto3\n")
        assert fixed(text, unsafe=True) == ""

    def test_one_for_type_checkers_alone_never_runs(self) -> None:
        text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from mypy_boto3_s3 import S3Client\n"
        assert fixed(text) == "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass\n"

    @pytest.mark.parametrize("kept", ["import patches", "import os", "if print:\n        import patches"])
    def test_what_runs_instead_of_one_for_type_checkers_waits_to_be_asked_for(self, kept: str) -> None:
        text = f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    print()\nelse:\n    {kept}\n"
        assert fixed(text) == text
        assert fixed(text, unsafe=True) != text

    @pytest.mark.parametrize(
        "comment",
        ["# why", "# side effect: registers", "# noqa: E402 - first of all", "# NOSONAR", "# nosec"],
    )
    def test_one_that_a_comment_may_speak_of_waits_to_be_asked_for(self, comment: str) -> None:
        for before, after in (
            (f"import os  {comment}\nx = 1\n", "x = 1\n"),
            (f"from re import (\n    sub,\n    split,  {comment}\n)\nsub\n", "from re import (\n    sub,\n)\nsub\n"),
            (f"from re import (\n    sub,  {comment}\n    split,\n)\nx = 1\n", "x = 1\n"),
            (f"import os\nimport os  {comment}\nprint(os)\n", "import os\nprint(os)\n"),
        ):
            assert fixed(before) == before
            assert fixed(before, unsafe=True) == after

    @pytest.mark.parametrize(
        "comment",
        [
            "# noqa: E402",
            "#noqa:E402,I001",
            "# pylint: disable=wrong-import-position, wrong-import-order",
            "# type: ignore",
            "# type: ignore[import-untyped]  # noqa: E402",
        ],
    )
    def test_a_comment_for_tools_alone_goes_with_it(self, comment: str) -> None:
        assert fixed(f"import os  {comment}\nx = 1\n") == "x = 1\n"

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("import os\n\nx = 1\n", "x = 1\n"),
            ("import os\nimport re\n\n\nx = 1\n", "x = 1\n"),
            ("import os\n\nimport re\n \nx = 1\n", "x = 1\n"),
            ("import os, re\n\nx = 1\n", "x = 1\n"),
            ("import os\r\n\r\nx = 1\r\n", "x = 1\r\n"),
            ("'''Doc.'''\n\nimport os\n\n\ndef f():\n    pass\n", "'''Doc.'''\n\n\ndef f():\n    pass\n"),
            ("'''Doc.'''\n\nimport os\n\nimport boto3\nboto3\n", "'''Doc.'''\n\nimport boto3\nboto3\n"),
            ("#!/usr/bin/python\n\nimport os\n\nx = 1\n", "#!/usr/bin/python\n\nx = 1\n"),
            ("x = 1\n\nimport os\n", "x = 1\n"),
            ("import boto3\nimport os\n\nboto3\n", "import boto3\n\nboto3\n"),
            ("# Of it.\nimport os\n\nx = 1\n", "# Of it.\n\nx = 1\n"),
            ("import os; x = 1\n\nx\n", "x = 1\n\nx\n"),
        ],
    )
    def test_no_blank_lines_are_left_but_those_that_were_there(self, before: str, after: str) -> None:
        assert fixed(before) == after

    def test_the_blank_line_behind_what_stays_stays(self) -> None:
        assert fixed("import boto3\nimport os\n\nx = 1\n") == "import boto3\n\nx = 1\n"
        assert fixed("import os\nimport boto3\n\nx = 1\n") == "import boto3\n\nx = 1\n"
        assert fixed("import boto3\nimport os\n\nx = 1\n", unsafe=True) == "x = 1\n"
        assert fixed("import os\nimport boto3\n\nx = 1\n", unsafe=True) == "x = 1\n"


class TestTaken:
    """Imports that other files take from the one that has them."""

    @pytest.mark.parametrize(
        "other",
        [
            "from common import os\nos\n",
            "from .common import os\nos\n",
            "from shared.common import (  # here (too)\n    log,\n    os as system,\n)\nlog, system\n",
            "from common import log, \\\n    os\nlog, os\n",
            "from common import *\nprint(os)\n",
            "import common\ncommon.os\n",
            "import shared.common\nshared.common.os\n",
            "import common as c\nc.os\n",
            "from shared import log, common as c\nc . os, log\n",
            "def f():\n    if f: import common\n    common.os\n",
            "import common\ngetattr(common, 'os')\n",
            "import common\ngetattr(common, f'{common}')\n",
            "import common\nvars(common)\n",
            "from unittest.mock import patch\npatch('common.os.environ')\n",
            "from unittest.mock import patch\npatch('shared.common.os.environ')\n",
            "from unittest import mock\nimport common\nmock.patch.object(common, 'os')\n",
            "from unittest import mock\nmock.patch.multiple('shared.common', os=1)\n",
            "from unittest.mock import patch\nMODULE = 'common'\npatch(f'{MODULE}.os.environ')\n",
            "from unittest.mock import patch\nMODULE = 'common'\npatch(MODULE + '.os.environ')\n",
            "def test(monkeypatch):\n    monkeypatch.setattr('common.os', 1)\n",
            "import importlib\nit = importlib.import_module('common')\nit.os\n",
            "import importlib, pytest\n@pytest.fixture\ndef it():\n    return importlib.import_module('common')\n"
            "def test_it(it):\n    it.os\n",
        ],
    )
    def test_one_that_another_file_takes_waits_to_be_asked_for(self, other: str) -> None:
        beside(other=other)
        assert fixed("import os\nx = 1\n", name="common.py", codes=("F401",)) == "import os\nx = 1\n"
        assert fixed("import os\nx = 1\n", unsafe=True, name="common.py", codes=("F401",)) == "x = 1\n"

    @pytest.mark.parametrize(
        "other",
        [
            "import os\nfrom common import log\nos, log\n",
            "from uncommon import os\nos\n",
            "import common, os\ncommon.path, os\n",
            "open('common.os')\n",
            "from unittest.mock import patch\npatch('other.os')\n",
            "import importlib\nit = importlib.import_module('common')\nit.path\nimport os\nos.os\n",
        ],
    )
    def test_one_that_others_have_of_their_own_goes(self, other: str) -> None:
        beside(other=other)
        assert fixed("import os\nx = 1\n", name="common.py", codes=("F401",)) == "x = 1\n"

    def test_one_inside_a_function_is_taken_by_nobody(self) -> None:
        beside(other="from common import os\n")
        text = "def f():\n    import os\n    return 1\n"
        assert fixed(text, name="common.py") == "def f():\n    return 1\n"

    def test_the_texts_are_not_read_before_an_import_is_unused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def read(*_: object) -> None:
            raise AssertionError

        monkeypatch.setattr("lambdalint.tidy.taken._taken", read)
        assert fixed("import os\nos\nprint(f'')\n") == "import os\nos\nprint(f'')\n"

    def test_what_another_file_loses_by_a_fix_undoes_that_fix_alone(self) -> None:
        handler = "from common import boto3\n\n\ndef lambda_handler(event, context):\n    return str(boto3)\n"
        beside(app=handler, common="import boto3\n", other="import boto3\nimport re\nprint(re)\n")
        found = mended(lambda held: lint(["."], Settings(root="."), held=held), unsafe=True)
        assert {os.path.basename(path): new.decode() for path, new in found.after.items()} == {
            "other.py": "import re\nprint(re)\n"
        }
        assert [(one.code, one.span.path) for one in found.report.findings] == [("F401", "common.py")]


class TestRedefinitions:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("import os\nimport re\nimport os\nprint(os, re)\n", "import os\nimport re\nprint(os, re)\n"),
            ("import boto3\nimport boto3\nprint(boto3)\n", "import boto3\nprint(boto3)\n"),
            ("from a import b, b\nprint(b)\n", "from a import b\nprint(b)\n"),
            ("from a import b\nfrom a import c, b\nprint(b, c)\n", "from a import b\nfrom a import c\nprint(b, c)\n"),
        ],
    )
    def test_of_two_imports_of_one_thing_the_second_goes(self, before: str, after: str) -> None:
        assert fixed(before) == after

    @pytest.mark.parametrize("between", ["del sys.modules['app']", "os.environ['X'] = 'x'", "x = 1", "sys.exit(os)"])
    def test_one_before_which_something_was_done_waits_to_be_asked_for(self, between: str) -> None:
        text = f"import os, sys\nimport app\n{between}\nimport app\napp.run(os, sys)\n"
        assert fixed(text) == text
        assert fixed(text, unsafe=True) == text.replace(f"{between}\nimport app", between)

    @pytest.mark.parametrize(
        "text",
        [
            "from a import b\nfrom c import b\nfrom a import b\nprint(b)\n",
            "from a import b\ndef b():\n    pass\nfrom a import b\nprint(b)\n",
            "import json\nimport simplejson as json\nprint(json)\n",
            "from a import b\nfrom c import b\nprint(b)\n",
            "from a import b\ndef b():\n    pass\n",
            "def b():\n    pass\ndef b():\n    return 1\n",
        ],
    )
    def test_two_things_of_one_name_stay(self, text: str) -> None:
        assert fixed(text, unsafe=True) == text


def test_a_text_that_looks_like_an_import_is_read_as_well_as_any() -> None:
    sources = [Source("app.py", b'"""\nimport app as (a), app as [b, app as *\n"""\nimport app as c\nc.json\n')]
    assert Taken(sources).takes("app.py", "json")
    assert not Taken(sources).takes("app.py", "time")
