"""`--write-baseline` and `--baseline`: what a project had when it began is not told again, wherever it is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lambdalint.cli import main

BAD = 'import os\n\n\ndef lambda_handler(event, context):\n    return {"ids": {1, 2}}\n'
CONCISE = ("--output-format", "concise", "-q")

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(BAD)
    return tmp_path


def check(*arguments: str) -> int:
    return main(["check", "--isolated", *arguments])


def known(path: str = "known.json") -> list[tuple[str, str]]:
    """The paths and codes of a baseline."""
    return [(row["path"], row["code"]) for row in json.loads(Path(path).read_text())["findings"]]


def test_what_it_has_is_not_told_again() -> None:
    assert check("--write-baseline", "known.json") == 0
    assert check("--baseline", "known.json") == 0
    assert check() == 1


def test_lines_may_move_and_what_is_new_is_told(capsys: Capture) -> None:
    check("--write-baseline", "known.json")
    Path("app.py").write_text(f"# moved\n\nimport sys\n{BAD}")
    capsys.readouterr()
    assert check("--baseline", "known.json", *CONCISE) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert "'sys' imported but unused" in line


def test_a_comment_that_silences_makes_nothing_else_of_its_line_new() -> None:
    Path("app.py").write_text("import os; x = lambda: nosuch\n")
    check("--write-baseline", "known.json", "--select", "F401")
    Path("app.py").write_text("import os; x = lambda: nosuch  # noqa: F821\n")
    assert check("--baseline", "known.json") == 0


class TestStale:
    """An entry is stale where this run would have found what it says."""

    @pytest.fixture(autouse=True)
    def written(self, capsys: Capture) -> None:
        Path("other.py").write_text("import sys\n")
        check("--write-baseline", "known.json")
        capsys.readouterr()

    def told(self, capsys: Capture, *arguments: str) -> list[str]:
        check("--baseline", "known.json", *arguments)
        return capsys.readouterr().err.splitlines()

    def test_what_is_found_no_more_is_told_of(self, capsys: Capture) -> None:
        Path("app.py").write_text(BAD.replace("import os\n", ""))
        assert self.told(capsys) == [
            "1 of the baseline is found no more; write it anew to drop them:",
            "  app.py: F401 'os' imported but unused",
        ]

    def test_a_file_that_was_not_checked_is_not_known(self, capsys: Capture) -> None:
        assert self.told(capsys, "other.py") == []

    def test_a_rule_that_was_not_asked_is_not_known(self, capsys: Capture) -> None:
        assert self.told(capsys, "--select", "LL") == []
        assert self.told(capsys, "--per-file-ignores", "app.py:F401") == []

    def test_a_fault_that_another_file_leads_to_is_not_known(self, capsys: Capture) -> None:
        Path("app.py").write_text("import helper\n\n\ndef lambda_handler(event, context):\n    return helper.f()\n")
        broken = "import datetime\nimport json\n\n\ndef f():\n    return json.dumps([datetime.datetime.now()])\n"
        Path("helper.py").write_text(broken)
        check("--write-baseline", "known.json")
        capsys.readouterr()
        assert ("helper.py", "LL203") in known()
        assert self.told(capsys, "helper.py") == []

    def test_a_file_that_does_not_compile_says_nothing_of_the_rest(self, capsys: Capture) -> None:
        Path("app.py").write_text(BAD + ")\n")
        assert self.told(capsys) == []

    def test_a_file_that_is_gone_is_told_of_where_it_stood(self, capsys: Capture) -> None:
        Path("other.py").unlink()
        assert "  other.py: F401 'sys' imported but unused" in self.told(capsys)
        assert self.told(capsys, "app.py") == []


class TestRoot:
    """Paths begin at the folder of the baseline."""

    @pytest.fixture(autouse=True)
    def project(self) -> None:
        Path("billing").mkdir()
        Path("billing/app.py").write_text("import sys\n")

    def test_it_means_the_same_from_another_folder(self, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        check("--write-baseline", "known.json")
        monkeypatch.chdir("billing")
        capsys.readouterr()
        assert check("..", "--baseline", "../known.json") == 0
        assert check("--baseline", "../known.json") == 0
        assert capsys.readouterr().err == ""

    def test_it_is_the_same_wherever_it_is_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        check("--write-baseline", "known.json")
        text = Path("known.json").read_text()
        Path("known.json").unlink()
        monkeypatch.chdir("billing")
        check("..", "--write-baseline", "../known.json")
        assert Path("../known.json").read_text() == text

    def test_it_may_stand_in_a_folder_of_its_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("ci").mkdir()
        check("--write-baseline", "ci/known.json")
        assert ("../billing/app.py", "F401") in known("ci/known.json")
        assert check("--baseline", "ci/known.json") == 0
        (tmp_path / "link").symlink_to(tmp_path / "ci", target_is_directory=True)
        assert check("--baseline", "link/known.json") == 0


class TestRenamed:
    @pytest.fixture(autouse=True)
    def written(self, capsys: Capture) -> None:
        check("--write-baseline", "known.json")
        capsys.readouterr()

    def test_a_file_keeps_its_entries_where_that_is_certain(self, capsys: Capture) -> None:
        Path("src").mkdir()
        Path("app.py").rename("src/orders.py")
        assert check("--baseline", "known.json") == 0
        assert "found no more" not in capsys.readouterr().err
        assert check("--write-baseline", "known.json") == 0
        assert known() == [("src/orders.py", "F401"), ("src/orders.py", "LL202")]

    def test_with_some_rules_alone_it_does_too(self) -> None:
        Path("app.py").rename("orders.py")
        assert check("--baseline", "known.json", "--select", "LL202") == 0

    def test_a_copy_is_a_new_file(self) -> None:
        Path("orders.py").write_text(BAD)
        assert check("--baseline", "known.json") == 1

    def test_of_two_it_is_not_certain(self) -> None:
        Path("orders.py").write_text(BAD)
        Path("app.py").rename("bills.py")
        assert check("--baseline", "known.json") == 1

    def test_with_other_faults_it_is_not_certain(self) -> None:
        Path("app.py").unlink()
        Path("orders.py").write_text("import os\nimport sys\n")
        assert check("--baseline", "known.json") == 1


class TestWriting:
    def test_of_a_part_the_rest_is_kept(self, capsys: Capture) -> None:
        Path("other.py").write_text("import sys\n")
        check("--write-baseline", "known.json")
        before = Path("known.json").read_text()
        capsys.readouterr()
        check("other.py", "--write-baseline", "known.json")
        assert capsys.readouterr().err == "Wrote 1 finding to known.json, and kept 2 of what was not checked.\n"
        assert Path("known.json").read_text() == before
        check("--write-baseline", "known.json", "--select", "LL")
        assert Path("known.json").read_text() == before

    def test_what_is_found_no_more_is_dropped(self) -> None:
        check("--write-baseline", "known.json")
        Path("app.py").write_text(BAD.replace("import os\n", ""))
        check("--write-baseline", "known.json")
        assert known() == [("app.py", "LL202")]

    @pytest.mark.parametrize("text", [BAD, "", "{}", '{"findings": []}'])
    def test_a_file_that_is_none_is_left_as_it_is(self, capsys: Capture, text: str) -> None:
        Path("app.py").write_text(text)
        assert check("--write-baseline", "app.py") == 2
        assert Path("app.py").read_text() == text
        assert "`app.py`: the file is there and is no baseline, so it is left as it is" in capsys.readouterr().err

    def test_an_empty_one_can_be_read(self) -> None:
        check("--write-baseline", "known.json", "--select", "LL901")
        assert known() == []
        assert check("--baseline", "known.json") == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}'])
def test_what_is_none_is_an_error(capsys: Capture, text: str) -> None:
    Path("known.json").write_text(text)
    assert check("--baseline", "known.json") == 2
    assert "--baseline `known.json`" in capsys.readouterr().err
