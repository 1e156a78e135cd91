"""Nothing that stands in a file or a folder ends a run: it is a finding of that file, and the others are checked."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.report import FORMATS, render
from lambdalint.results import LintReport
from lambdalint.source import MAX_DEPTH

#: A fault that is found if the file is followed.
HANDLER = "def lambda_handler(event, context):\n    return {1}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(**files: bytes) -> LintReport:
    for name, data in files.items():
        Path(f"{name}.py").write_bytes(data)
    report = lint(["."], Settings())
    assert report.errors == ()
    return report


def codes(report: LintReport, name: str) -> list[tuple[int, str]]:
    return [(f.span.start.row, f.code) for f in report.findings if f.span.path == f"{name}.py"]


class TestEncodings:
    def test_odd_files_are_followed_all_the_same(self) -> None:
        data = HANDLER.encode()
        report = check(
            bom=b"\xef\xbb\xbf" + data,
            cookie="# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1") + data,
            crlf=data.replace(b"\n", b"\r\n"),
            cr=data.replace(b"\n", b"\r"),
            feed=b"x = 1\n\f\n" + data.replace(b"    ", b"\f    "),
            tabs=data.replace(b"    ", b"\t"),
            cut=data.rstrip(b"\n"),
        )
        rows = {"cookie": 4, "feed": 4}
        for name in ("bom", "cookie", "crlf", "cr", "feed", "tabs", "cut"):
            assert codes(report, name) == [(rows.get(name, 2), "LL202")], name

    def test_unreadable_text_is_a_syntax_error_and_the_others_go_on(self) -> None:
        report = check(
            good=HANDLER.encode(),
            raw=b"x = 1\ny = '\xff'\n" + HANDLER.encode(),
            cookie=b"# coding: nonsense\n",
            both=b"\xef\xbb\xbf# coding: latin-1\n",
            nul=b"x = 1\n\0\n",
            python2=b"print 'x'\n" + HANDLER.encode(),
            empty=b"",
        )
        assert codes(report, "good") == [(2, "LL202")]
        assert codes(report, "empty") == []
        assert {name: [code for _, code in codes(report, name)] for name in ("raw", "cookie", "both", "nul")} == {
            "raw": ["LL001"],
            "cookie": ["LL001"],
            "both": ["LL001"],
            "nul": ["LL001"],
        }
        assert codes(report, "raw")[0][0] == 2
        assert codes(report, "python2") == [(1, "LL001")]

    def test_columns_count_code_points_whatever_the_line_holds(self) -> None:
        report = check(wide="x = '𝒳é'; import os\n".encode(), tab=b"if 1:\n\timport os\n")
        columns = {f.span.path: f.span.start.column for f in report.findings}
        assert columns == {"wide.py": 11, "tab.py": 2}


class TestSize:
    def test_five_megabytes_are_checked_and_not_followed(self) -> None:
        filler = b"".join(b"x%d = '%s'\n" % (number, b"a" * 90) for number in range(50_000))
        report = check(big=b"import os\n" + HANDLER.encode() + filler)
        assert len(filler) > 5_000_000
        assert codes(report, "big") == [(1, "F401")]
        assert [(s.path, s.reason) for s in report.skipped] == [("big.py", "not followed: it is larger than 2 MB")]

    @pytest.mark.parametrize("depth", [300, 900, 3_000, 5_000])
    @pytest.mark.parametrize(
        "code",
        [
            pytest.param(lambda depth: "x" + ".a" * depth, id="attributes"),
            pytest.param(lambda depth: "x" + " + 1" * depth, id="operators"),
            pytest.param(lambda depth: "x(" * depth + ")" * depth, id="calls"),
            pytest.param(lambda depth: "x" + "()" * depth, id="call-chain"),
            pytest.param(lambda depth: "(" * depth + ")" * depth, id="parentheses"),
            pytest.param(lambda depth: "[" * depth + "]" * depth, id="lists"),
            pytest.param(lambda depth: "-" * depth + "1", id="signs"),
            pytest.param(lambda depth: "1 if x else " * depth + "2", id="ternaries"),
            pytest.param(lambda depth: "lambda: " * depth + "2", id="lambdas"),
            pytest.param(lambda depth: "'a' " * depth, id="strings"),
        ],
    )
    def test_deep_expression_ends_no_run(self, code: object, depth: int) -> None:
        text = f"import os\n\n\ndef lambda_handler(event, context):\n    return {code(depth)}\n"  # type: ignore[operator]
        report = check(deep=text.encode(), good=HANDLER.encode())
        assert codes(report, "good") == [(2, "LL202")]
        assert codes(report, "deep")[0][1] in ("F401", "LL001")

    @pytest.mark.parametrize("branches", [300, 900, 3_000])
    def test_long_elif_chain(self, branches: int) -> None:
        chain = "    if event == 1:\n        return {1}\n" + "    elif event == 2:\n        pass\n" * branches
        report = check(deep=f"import os\n\n\ndef lambda_handler(event, context):\n{chain}".encode())
        found = [code for _, code in codes(report, "deep")]
        assert "F401" in found or found == ["LL001"]
        assert ("LL202" in found) == (branches < MAX_DEPTH)

    def test_tree_too_deep_for_this_python_is_a_warning_that_says_so(self) -> None:
        report = check(deep=("x = " + "lambda: " * 20_000 + "1\n").encode())
        (finding,) = report.findings
        assert (finding.code, finding.severity.value) == ("LL001", "warning")
        assert "nested too deeply for Python" in finding.message


class TestFolders:
    def test_things_named_like_files(self, folder: Path) -> None:
        (folder / "x.py").mkdir()
        (folder / "x.py" / "inner.py").write_text(HANDLER)
        (folder / "loop").symlink_to(".")
        (folder / "itself.py").symlink_to("itself.py")
        (folder / "dangling.py").symlink_to("nowhere.py")
        os.mkfifo(folder / "pipe.py")
        report = lint([".", "x.py", "loop"], Settings())
        assert report.errors == ()
        assert [(f.span.path, f.code) for f in report.findings] == [("x.py/inner.py", "LL202")]

    def test_path_that_is_not_there_is_a_finding(self) -> None:
        Path("good.py").write_text(HANDLER)
        report = lint(["nope.py", "good.py", "no/where"], Settings())
        assert [(f.span.path, f.code) for f in report.findings] == [
            ("good.py", "LL202"),
            ("no/where", "LL010"),
            ("nope.py", "LL010"),
        ]

    @pytest.mark.skipif(sys.platform == "win32", reason="no such permissions")
    def test_file_that_cannot_be_read_is_a_finding(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "secret.py").write_text(HANDLER)
        (folder / "good.py").write_text(HANDLER)
        real = open

        def refuse(path: str, *rest: object) -> object:  # root reads everything, whatever its permissions
            if str(path).endswith("secret.py"):
                raise PermissionError(13, "Permission denied")
            return real(path, *rest)  # type: ignore[call-overload]

        monkeypatch.setattr("builtins.open", refuse)
        report = lint(["."], Settings())
        assert [(f.span.path, f.code) for f in report.findings] == [("good.py", "LL202"), ("secret.py", "LL010")]
        assert report.findings[1].message == "`secret.py` cannot be checked: permission denied"

    def test_folder_that_cannot_be_read_is_said_with_the_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("locked").mkdir()
        real = os.scandir

        def refuse(path: str) -> object:
            if str(path).endswith("locked"):
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr("os.scandir", refuse)
        assert [(s.path, s.reason) for s in lint(["."], Settings()).skipped] == [
            ("locked", "cannot be read: Permission denied")
        ]


@pytest.mark.parametrize("format", FORMATS)
def test_control_characters_never_reach_the_terminal(format: str) -> None:
    Path("a\x1b[31m\nb\x07.py").write_text("import os  # \x1b[2J\u202e\nx = '\x9b31m'; y = undefined\n")
    Path("bad\x1b]0;x\x07.py").write_text("x = \x1b[0m\n")
    text = render(lint(["."], Settings()), format, verbose=True)
    assert "F401" in text
    assert "LL001" in text
    assert [char for char in text if not char.isprintable() and char != "\n"] == []


def test_file_name_that_is_no_utf_8() -> None:
    with open(b"x\xff.py", "wb") as file:
        file.write(b"import os\n")
    report = lint(["."], Settings())
    assert report.findings[0].code == "F401"
    render(report, "json").encode()
