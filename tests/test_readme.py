"""The README is true: its example, its commands, the hooks that it names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from lambdalint.config import load
from lambdalint.engine import lint
from lambdalint.formats import FORMATS

from .readme import README, ROOT, updated

TEXT = README.read_text("utf-8")


def test_example_is_what_a_run_prints() -> None:
    assert updated(TEXT) == TEXT, "run python -m tests.readme"


def test_one_command_lints_the_demo_and_one_runs_the_tests() -> None:
    """`.ci/run` takes the second from the README by its form."""
    commands = re.findall(r"^python3 -m venv .*$", TEXT, re.MULTILINE)
    assert [command.split(" && ")[-1] for command in commands] == [
        ".venv/bin/python -m lambdalint check tests/demo",
        ".venv/bin/python -m pytest -n auto",
    ]


def test_settings_that_it_shows_are_settings() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    settings = load(config=[line for line in block.split("\n") if "=" in line], isolated=True)
    assert settings.handlers == ("orders.app.main", "src/reports/daily.py:run")
    assert settings.per_file_ignores == (("scripts/*", ("LL5",)),)
    assert set(settings.extend_select).isdisjoint(load(isolated=True).enabled()), "these are on by default"


def test_formats_that_it_lists_are_those_that_there_are() -> None:
    rows = re.findall(r"^\| (`.*?) \|", TEXT[TEXT.index("## Show it") :], re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall(r"`(.+?)`", row)) == sorted(FORMATS)


def test_hooks_run_what_there_is() -> None:
    from lambdalint.cli.arguments import parser

    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert set(hooks) == {"lambdalint", "lambdalint-all"}
    for hook in hooks.values():
        command, *arguments = hook["entry"].split()
        assert command == "lambdalint"
        assert parser().parse_args(arguments).command == "check"
    assert hooks["lambdalint-all"]["pass_filenames"] is False


def test_files_that_it_links_to_are_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", TEXT)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_command_for_editors_reads_what_is_not_saved(tmp_path: Path) -> None:
    ((command, name),) = re.findall(r"`lambdalint (check .*--stdin-filename (\S+) -)`", TEXT)
    written = "import os\n"
    run = (sys.executable, "-m", "lambdalint", *command.split())
    done = subprocess.run(run, cwd=tmp_path, input=written, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split("\n")[0]) == (1, f"{name}:1:1: F401 'os' imported but unused")


def test_commands_for_vim_and_neovim_are_that_one(tmp_path: Path) -> None:
    (vim,) = re.findall(r"'%e (check .*)'", TEXT)
    (lua,) = re.findall(r"args = \{ (.*) \}", TEXT)
    given = [word.strip('"') for word in lua.split(", ")]
    assert vim.replace("%s", "name").split() == given
    command = (sys.executable, "-m", "lambdalint", *vim.replace("%s", "app.py").split())
    done = subprocess.run(command, cwd=tmp_path, input="import os\n", capture_output=True, text=True)
    # each line is one that `%f:%l:%c: %m` reads
    assert done.stdout == "app.py:1:1: F401 'os' imported but unused\n"


def test_steps_for_an_old_project_work(tmp_path: Path) -> None:
    (block,) = re.findall(r"## In an old project\n\n```sh\n(.*?)```", TEXT, re.DOTALL)
    commands = [line.partition("#")[0].split()[1:] for line in block.splitlines()]
    assert [command.pop() for command in commands[-1:]] == ["--watch"]
    (tmp_path / "app.py").write_text("import os\n")
    for command in commands:
        run = (sys.executable, "-m", "lambdalint", *command)
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == (command[1:] == ["--statistics"]), done.stderr


def test_shells_that_it_names_are_completed() -> None:
    from lambdalint.cli.completion import SCRIPTS

    (section,) = re.findall(r"## Shells and editors\n(.*?)\n## ", TEXT, re.DOTALL)
    assert all(shell in section for shell in SCRIPTS)


def test_action_takes_what_is_shown() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    (block,) = re.findall(r"```yaml\n(- uses: .*?)```", TEXT, re.DOTALL)
    (shown,) = yaml.safe_load(block)
    assert shown["uses"].startswith("lambdalint/lambdalint@v")
    assert shown["with"].keys() == action["inputs"].keys()
    assert all(name in FORMATS for name in (shown["with"]["format"], action["inputs"]["format"]["default"]))


def test_demo_shows_a_fault_of_each_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = lint(["tests/demo"], load(["tests/demo"]))
    assert report.errors == ()
    assert report.functions == 3
    codes = {finding.code for finding in report.findings}
    assert codes == {"LL102", "LL202", "LL203", "LL301", "LL504", "F821", "F841"}
