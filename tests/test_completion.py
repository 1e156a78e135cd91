"""Completion: what is answered at a Tab, and that bash, zsh and fish ask it and make of it what they should."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lambdalint.checks import RULES
from lambdalint.cli import main
from lambdalint.formats import FORMATS

from .plugins import install, site

__all__ = ["site"]

Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).parent.parent


def asked(capsys: Capture, *words: str, shell: str = "zsh") -> tuple[str, list[str]]:
    """The directive, and the values of the lines behind it."""
    assert main(["--complete", shell, *words]) == 0
    directive, *lines = capsys.readouterr().out.splitlines()
    assert all(line.count("\t") == 1 for line in lines)
    return directive, [line.split("\t")[0] for line in lines]


def words(capsys: Capture, *given: str, shell: str = "zsh") -> list[str]:
    directive, values = asked(capsys, *given, shell=shell)
    assert directive == "words"
    return values


class TestAnswer:
    def test_commands_and_options(self, capsys: Capture) -> None:
        assert words(capsys, "") == ["check", "functions", "explain", "rules", "test", "server", "version"]
        assert words(capsys, "ch") == ["check"]
        assert words(capsys, "check", "--add") == ["--add-noqa"]
        assert words(capsys, "check", "src", "--no-re") == ["--no-respect-gitignore"]
        assert words(capsys, "--gen") == ["--generate-shell-completion"]
        assert words(capsys, "--generate-shell-completion", "") == ["bash", "zsh", "fish"]
        assert words(capsys, "version", "") == []

    def test_values_that_there_are(self, capsys: Capture) -> None:
        assert words(capsys, "check", "--output-format", "") == list(FORMATS)
        assert words(capsys, "check", "--output-format=s") == ["--output-format=sarif"]
        assert words(capsys, "functions", "--output-format", "") == ["text", "json"]
        assert words(capsys, "check", "--fail-on", "e") == ["error"]
        assert words(capsys, "check", "--color", "") == ["auto", "always", "never"]
        assert words(capsys, "check", "--jobs", "") == []

    def test_rules_apart_by_commas(self, capsys: Capture) -> None:
        assert {"ALL", "LL", "F", "LL202", "F401"} <= set(words(capsys, "check", "--select", ""))
        assert words(capsys, "check", "--ignore", "LL2,LL301,F84") == ["LL2,LL301,F841", "LL2,LL301,F842"]
        assert words(capsys, "check", "--select=F,body-not-s") == ["--select=F,body-not-string"]
        assert set(words(capsys, "explain", "")) == {name for rule in RULES.values() for name in (rule.code, rule.name)}

    def test_files_are_left_to_the_shell(self, capsys: Capture) -> None:
        for option in ("--config", "--baseline", "--write-baseline", "--output-file", "--stdin-filename", "--exclude"):
            assert asked(capsys, "check", option, "x") == ("files\t", [])
        assert asked(capsys, "check", "--baseline=x") == ("files\t--baseline=", [])
        assert asked(capsys, "check", "--preview", "sr") == asked(capsys, "check", "--", "--s") == ("files\t", [])

    def test_bash_takes_what_has_an_equals_sign_apart(self, capsys: Capture) -> None:
        assert words(capsys, "check", "--output-format", "=", shell="bash") == list(FORMATS)
        assert words(capsys, "check", "--output-format", "=", "sa", shell="bash") == ["sarif"]
        assert asked(capsys, "check", "--baseline", "=", "x", shell="bash") == ("files\t", [])

    def test_rules_of_plug_ins(self, site: Path, capsys: Capture) -> None:
        install(site)
        assert words(capsys, "check", "--select", "AC") == ["ACME", "ACME101"]
        Path("lambdalint.toml").write_text("nonsense = 1\n")
        assert words(capsys, "check", "--select", "AC") == []
        assert words(capsys, "check", "--select", "LL409") == ["LL409"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some files, and on the PATH a `lambdalint` that completes, and else writes down its arguments."""
    folder = tmp_path / "bin"
    folder.mkdir()
    stub = folder / "lambdalint"
    python = f"PYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m lambdalint"
    stub.write_text(f'#!/bin/sh\ncase "$1" in --complete) {python} "$@" ;; esac\nprintf "%s\\n" "$@" >"$ANSWER"\n')
    stub.chmod(0o755)
    project = tmp_path / "project"
    project.mkdir()
    (project / "known findings.json").write_text("")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("ANSWER", str(tmp_path / "answer"))
    for name in ("HOME", "ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("TERM", "dumb")
    return project


def script(shell: str) -> str:
    command = [sys.executable, "-m", "lambdalint", "--generate-shell-completion", shell]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout


#: What is typed, with its Tab, and the arguments that lambdalint is run with then.
TYPED = [
    ("ch\t", ["check"]),
    ("check --add\t", ["check", "--add-noqa"]),
    ("check --output-format gitl\t", ["check", "--output-format", "gitlab"]),
    ("check --output-format=gitl\t", ["check", "--output-format=gitlab"]),
    ("check --select F,LL30\t1", ["check", "--select", "F,LL301"]),
    ("check --ignore=LL2,body-not-s\t", ["check", "--ignore=LL2,body-not-string"]),
    ("explain return-not-s\t", ["explain", "return-not-serializable"]),
    ("check --baseline kno\t", ["check", "--baseline", "known findings.json"]),
    ("check --baseline=kno\t", ["check", "--baseline=known findings.json"]),
    ("check --watch kno\t", ["check", "--watch", "known findings.json"]),
]
TYPED_IDS = [typed.strip() for typed, _ in TYPED]


def typed_into(command: list[str], folder: Path, lines: list[str]) -> list[str]:
    """Type lines into a shell on a terminal of its own; the arguments with which lambdalint was run by the last."""
    import pty

    answer = Path(os.environ["ANSWER"])
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvp(command[0], command)
    seen = b""
    try:
        os.set_blocking(terminal, False)
        os.write(terminal, "\r".join([*lines, ""]).encode())
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                seen += os.read(terminal, 65536)
            except BlockingIOError:
                time.sleep(0.02)
            except OSError:
                break
            if answer.exists() and answer.read_text().endswith("\n"):
                return answer.read_text().splitlines()
    finally:
        os.kill(child, 9)
        os.close(terminal)
        os.waitpid(child, 0)
    raise AssertionError(seen.decode("utf-8", "replace"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(("typed", "arguments"), TYPED, ids=TYPED_IDS)
def test_bash(project: Path, typed: str, arguments: list[str]) -> None:
    (project.parent / "completion").write_text(script("bash"))
    lines = ["source ../completion", f"lambdalint {typed}"]
    assert typed_into(["bash", "--norc", "--noprofile", "-i"], project, lines) == arguments


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh")
@pytest.mark.parametrize(("typed", "arguments"), TYPED, ids=TYPED_IDS)
def test_zsh(project: Path, typed: str, arguments: list[str]) -> None:
    assert in_zsh(project, "source ../completion", typed) == arguments


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh")
@pytest.mark.parametrize("how", ['eval "$(cat ../completion)"', "source <(cat ../completion)"])
def test_zsh_takes_it_however_it_is_given(project: Path, how: str) -> None:
    assert in_zsh(project, how, TYPED[2][0]) == TYPED[2][1]


def in_zsh(project: Path, how: str, typed: str) -> list[str]:
    (project.parent / "completion").write_text(script("zsh"))
    lines = ["autoload -Uz compinit && compinit -u -D", how, f"lambdalint {typed}"]
    return typed_into(["zsh", "-f", "-i"], project, lines)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh")
def test_zsh_loads_it_from_a_folder_of_functions(project: Path) -> None:
    (project.parent / "functions").mkdir()
    (project.parent / "functions" / "_lambdalint").write_text(script("zsh"))
    lines = ["fpath+=($PWD/../functions)", "autoload -Uz compinit && compinit -u -D", f"lambdalint {TYPED[2][0]}"]
    assert typed_into(["zsh", "-f", "-i"], project, lines) == TYPED[2][1]


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish")
@pytest.mark.parametrize(("typed", "arguments"), TYPED, ids=TYPED_IDS)
def test_fish(project: Path, typed: str, arguments: list[str]) -> None:
    (project.parent / "completion").write_text(script("fish"))
    code = f"source ../completion; complete -C {shlex.quote('lambdalint ' + typed.partition(chr(9))[0])}"
    done = subprocess.run(["fish", "--no-config", "-c", code], cwd=project, capture_output=True, text=True, check=True)
    offered = [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert done.stderr == ""
    assert arguments[-1] in offered
    assert all(one.startswith(typed.partition("\t")[0].split(" ")[-1]) for one in offered)
