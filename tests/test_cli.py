"""The command line: what it prints, where, and the exit status."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from lambdalint import __version__
from lambdalint.checks import RULES
from lambdalint.cli import main
from lambdalint.pages import page

ROOT = Path(__file__).parent.parent
FAULTY = "def lambda_handler(event, context):\n    return {1}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "app.py").write_text(FAULTY)
    (tmp_path / "clean.py").write_text("x = 1\n")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The status, standard output and standard error of one command."""
    try:
        status = main(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


Capture = pytest.CaptureFixture[str]


class TestStatus:
    def test_nothing_found(self, capsys: Capture) -> None:
        assert run(capsys, "check", "clean.py")[0] == 0

    def test_found(self, capsys: Capture) -> None:
        status, out, err = run(capsys, "check")
        assert (status, err) == (1, "")
        assert out.startswith("error[LL202] return-not-serializable: ")

    def test_found_with_exit_zero(self, capsys: Capture) -> None:
        assert run(capsys, "check", "--exit-zero")[0] == 0

    def test_fail_on_leaves_lesser_findings_shown(self, capsys: Capture) -> None:
        Path("app.py").write_text("import os\n")
        assert run(capsys, "check", "--fail-on", "warning")[0] == 1
        status, out, _ = run(capsys, "check", "--fail-on", "error")
        assert status == 0
        assert "F401" in out

    def test_missing_path(self, capsys: Capture) -> None:
        status, out, _ = run(capsys, "check", "nope.py", "--output-format", "concise", "-q")
        assert (status, out) == (1, "nope.py:1:1: LL010 `nope.py` cannot be checked: there is no such file or folder\n")

    def test_fault_of_its_own(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        def run_on_paper(function: object, find: object, **given: object) -> object:
            raise KeyError("x")

        monkeypatch.setattr("lambdalint.interpreter.run", run_on_paper)
        status, out, _ = run(capsys, "check")
        assert status == 2
        assert "internal error: running app.lambda_handler on paper failed: KeyError: 'x'" in out
        assert "Traceback" not in out
        assert "Traceback" in run(capsys, "check", "-v")[1]

    def test_interrupt_is_quiet(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*arguments: object, **options: object) -> object:
            raise KeyboardInterrupt

        monkeypatch.setattr("lambdalint.engine.lint", interrupt)
        assert run(capsys, "check") == (130, "", "")


class TestUsage:
    def test_unknown_command(self, capsys: Capture) -> None:
        status, out, err = run(capsys, "chekc")
        assert (status, out) == (2, "")
        assert "did you mean `check`?" in err

    def test_unknown_option(self, capsys: Capture) -> None:
        status, _, err = run(capsys, "check", "--selct", "F")
        assert status == 2
        assert "did you mean `--select`?" in err

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--select", "LL999"), "--select: `LL999` is no rule; did you mean `LL9"),
            (("--ignore", "handler-asinc"), "did you mean `handler-async`?"),
            (("--output-format", "jsn"), "--output-format must be one of text, concise, grouped, json, "),
            (("--fail-on", "eror"), "did you mean `error`?"),
            (("--per-file-ignores", "x"), "`x` is not a pattern and rules"),
            (("--config", "nope.toml"), "`nope.toml` cannot be read"),
            (("--config", ""), "--config: what is given is empty"),
            (("--config", "."), "cannot be read"),
            (("--select", ""), "--select names no rule"),
            (("--output-file", ""), "--output-file `` cannot be written"),
            (("--baseline", ""), "--baseline `` cannot be read"),
            (("--write-baseline", ""), "--write-baseline `` cannot be written"),
            (("--baseline", "a", "--write-baseline", "b"), "give one of them"),
            (("--output-file", "no/where.txt"), "`no/where.txt` cannot be written"),
        ],
    )
    def test_value_that_makes_no_sense(self, capsys: Capture, arguments: tuple[str, ...], said: str) -> None:
        status, out, err = run(capsys, "check", *arguments)
        assert (status, out) == (2, "")
        assert said in err

    def test_settings_error_is_shown_where_it_stands(self, capsys: Capture) -> None:
        Path("pyproject.toml").write_text('[tool.lambdalint]\nselct = ["LL2"]\n')
        assert run(capsys, "check") == (
            2,
            "",
            "error: unknown setting `selct`; did you mean `select`?\n"
            " --> pyproject.toml:2:1\n"
            "  |\n"
            '2 | selct = ["LL2"]\n'
            "  | ^^^^^\n",
        )

    def test_settings_error_brings_nothing_raw_to_the_terminal(self, capsys: Capture) -> None:
        Path("lambdalint.toml").write_text('"\\u001b[2J" = 1\n"é\u202e" = 2\n')
        status, _, err = run(capsys, "check")
        assert status == 2
        assert all(char.isprintable() or char == "\n" for char in err)


class TestCheck:
    def test_output_file(self, capsys: Capture) -> None:
        status, out, _ = run(capsys, "check", "--output-format", "json", "--output-file", "out.json")
        assert (status, out) == (1, "")
        assert [row["code"] for row in json.loads(Path("out.json").read_text())] == ["LL202"]

    def test_standard_input(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"import os\n")))
        out = run(capsys, "check", "-", "--stdin-filename", "src/x.py", "--output-format", "concise", "-q")[1]
        assert out == "src/x.py:1:1: F401 'os' imported but unused\n"

    def test_options_select_rules(self, capsys: Capture) -> None:
        Path("app.py").write_text("import os\n" + FAULTY)
        concise = ("--output-format", "concise", "-q")
        assert "LL202" not in run(capsys, "check", "--select", "F,LL1", *concise)[1]
        assert "F401" not in run(capsys, "check", "--ignore", "F401", "--ignore", "F841", *concise)[1]
        assert run(capsys, "check", "--per-file-ignores", "*.py:F4,LL2", *concise) == (0, "", "")

    def test_statistics(self, capsys: Capture) -> None:
        Path("app.py").write_text("import os\nimport re\n" + FAULTY)
        assert run(capsys, "check", "--statistics")[1] == "2  F401  unused-import\n1  LL202  return-not-serializable\n"

    def test_statistics_for_programs(self, capsys: Capture) -> None:
        Path("app.py").write_text("import os\n" + FAULTY)
        rows = json.loads(run(capsys, "check", "--statistics", "--output-format", "json")[1])
        assert [(row["code"], row["count"]) for row in rows] == [("F401", 1), ("LL202", 1)]
        lines = run(capsys, "check", "--statistics", "--output-format", "json-lines")[1].splitlines()
        assert [json.loads(line) for line in lines] == rows
        status, out, err = run(capsys, "check", "--statistics", "--output-format", "sarif")
        assert (status, out) == (2, "")
        assert "--statistics has no form in sarif" in err
        Path("lambdalint.toml").write_text('output-format = "sarif"\n')
        assert run(capsys, "check", "--statistics")[1].startswith("1  F401")

    def test_files_and_settings_are_shown(self, capsys: Capture) -> None:
        Path("lambdalint.toml").write_text("pedantic = true\n")
        assert run(capsys, "check", "--show-files") == (0, "app.py\nclean.py\n", "")
        out = run(capsys, "check", "--show-settings", "--ignore", "F401")[1]
        assert "pedantic = true\n" in out
        assert 'ignore = ["F401"]\n' in out

    def test_settings_are_shown_as_a_file_takes_them(self, capsys: Capture) -> None:
        text = 'select = ["LL", "F401"]\nper-file-ignores = { "a\\"b/*" = ["F401"] }\nseverity = { LL404 = "info" }\n'
        Path("lambdalint.toml").write_text(text)
        out = run(capsys, "check", "--show-settings")[1]
        assert tomli.loads(text).items() <= tomli.loads(out).items()
        Path("lambdalint.toml").write_text(out)
        assert run(capsys, "check", "--show-settings")[1] == out

    def test_files_are_shown_with_the_descriptors(self, capsys: Capture) -> None:
        Path("template.yaml").write_text(
            "Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n"
        )
        Path("data.json").write_text("{}")
        assert run(capsys, "check", "--show-files")[:2] == (0, "app.py\nclean.py\ntemplate.yaml\n")
        status, out, err = run(capsys, "check", "--show-files", "nosuch")
        assert (status, out) == (2, "")
        assert "`nosuch`: there is no such file or folder" in err

    def test_excluding(self, capsys: Capture) -> None:
        assert run(capsys, "check", "--extend-exclude", "app.py", "--show-files")[1] == "clean.py\n"
        assert run(capsys, "check", "app.py", "--exclude", "app.py", "--force-exclude", "--show-files")[1] == ""

    def test_color_only_where_it_is_wanted(self, capsys: Capture) -> None:
        assert "\x1b[" not in run(capsys, "check")[1]
        assert "\x1b[" in run(capsys, "check", "--color", "always")[1]

    def test_verbose_tells_what_was_found(self, capsys: Capture) -> None:
        out = run(capsys, "check", "-v", "clean.py", "app.py", "--exit-zero")[1]
        assert "1 function found\n  app.lambda_handler" in out

    def test_no_cache_is_accepted(self, capsys: Capture) -> None:
        assert run(capsys, "check", "--no-cache", "clean.py")[0] == 0


class TestOthers:
    def test_version(self, capsys: Capture) -> None:
        assert run(capsys, "version") == (0, f"lambdalint {__version__}\n", "")
        assert run(capsys, "--version") == (0, f"lambdalint {__version__}\n", "")

    @pytest.mark.parametrize("wanted", ["LL202", "ll202", "return-not-serializable"])
    def test_explain(self, capsys: Capture, wanted: str) -> None:
        status, out, _ = run(capsys, "explain", wanted)
        assert status == 0
        assert out.startswith("LL202 return-not-serializable\n")
        assert "```" not in out
        assert "References" in out

    def test_explain_a_rule_of_pyflakes(self, capsys: Capture) -> None:
        status, out, _ = run(capsys, "explain", "F401")
        assert status == 0
        assert "F401" in out

    def test_explain_a_family_lists_it(self, capsys: Capture) -> None:
        status, out, _ = run(capsys, "explain", "ll9")
        assert status == 0
        assert [line.split()[0] for line in out.splitlines()] == ["LL901", "LL902"]

    def test_explain_what_does_not_exist(self, capsys: Capture) -> None:
        status, out, err = run(capsys, "explain", "LL20X")
        assert (status, out) == (2, "")
        assert "`LL20X` is no rule; did you mean `LL20" in err

    def test_each_rule_has_a_page_to_explain_it(self) -> None:
        assert [code for code, rule in RULES.items() if page(rule) is None] == []

    def test_rules(self, capsys: Capture) -> None:
        lines = run(capsys, "rules")[1].splitlines()
        assert len(lines) == len(RULES)
        assert any(line.startswith("LL202  return-not-serializable") for line in lines)

    def test_rules_as_json(self, capsys: Capture) -> None:
        rows = json.loads(run(capsys, "rules", "--output-format", "json")[1])
        assert {row["code"] for row in rows} == set(RULES)
        assert all(row["summary"] for row in rows)


def lambdalint(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "lambdalint", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def test_reader_that_has_gone_is_no_error() -> None:
    Path("many.py").write_text("".join(f"import m{number}\n" for number in range(5_000)))
    process = lambdalint("check", "many.py", "--output-format", "concise")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")
@pytest.mark.parametrize(
    "arguments", [("check",), ("check", "--output-format", "json"), ("check", "--show-settings"), ("rules",)]
)
def test_a_full_device_is_an_error_in_one_line(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "lambdalint", *arguments]
    with open("/dev/full", "wb") as full:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        ended = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert ended.stderr == b"error: standard output cannot be written: No space left on device\n"


@pytest.mark.skipif(shutil.which("sh") is None, reason="it is sh that closes them")
@pytest.mark.parametrize(
    ("closed", "status", "said"),
    [
        (">&-", 2, b"error: standard output cannot be written: it is closed\n"),
        ("2>&-", 1, b""),
        ("- <&-", 2, b"error: standard input cannot be read\n"),
    ],
)
def test_a_closed_stream_is_no_traceback(closed: str, status: int, said: bytes) -> None:
    command = ["sh", "-c", f'"$0" -m lambdalint check app.py {closed}', sys.executable]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (status, said)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_ctrl_c_ends_a_run_at_once_and_quietly() -> None:
    process = lambdalint("check", "-", stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(b"# more than a pipe holds: when it is written, lambdalint is reading\n" * 10_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    assert process.communicate() == (b"", b"")
    assert process.returncode == 130
