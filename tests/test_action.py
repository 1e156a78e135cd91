"""The GitHub action: what it asks lambdalint, and that no input becomes code. tests/hooks runs its installation."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .action import ACTION, ROOT, STEPS, Done, step

BAD = """def lambda_handler(event, context):
    name = event["pathParameters"]["name"]
    return {"statusCode": 200, "body": {"hello": name}}
"""
WARNED = "import os\n"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are bash")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a fault that is an error, and one in another folder that is a warning."""
    folder = tmp_path / "project"
    for name, text in {"src/app.py": BAD, "my functions/tidy.py": WARNED}.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def check(project: Path, **inputs: str) -> Done:
    """The step that checks, with the lambdalint of these tests."""
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return step("Check", project, project.parent / "runner", given, str(Path(sys.executable).parent))


def test_by_default_findings_of_the_whole_project_mark_lines_and_fail(project: Path) -> None:
    done = check(project)
    assert done.status == 1
    assert "::error title=lambdalint (LL301),file=src/app.py,line=3,col=" in done.said
    assert "::warning title=lambdalint (F401),file=my functions/tidy.py,line=1,col=" in done.said
    assert done.outputs == {}


def test_nothing_to_report_is_well(project: Path) -> None:
    (project / "src" / "app.py").write_text("")
    (project / "my functions" / "tidy.py").write_text("")
    assert check(project) == Done(0, "")


def test_a_format_is_taken_and_an_unknown_one_is_refused(project: Path) -> None:
    assert "src/app.py:3:40: LL301 " in check(project, format="concise").said
    wrong = check(project, format="yaml")
    assert (wrong.status, "sarif" in wrong.said) == (2, True)


def test_sarif_is_left_for_the_upload_though_the_step_fails(project: Path) -> None:
    done = check(project, format="sarif")
    assert done.status == 1
    report = json.loads(Path(done.outputs["sarif"]).read_text("utf-8"))
    assert sorted(result["ruleId"] for result in report["runs"][0]["results"]) == ["F401", "LL301"]
    upload = STEPS[-1]
    assert upload["with"]["sarif_file"] == ACTION["outputs"]["sarif"]["value"] == "${{ steps.check.outputs.sarif }}"
    assert upload["if"] == "${{ !cancelled() && steps.check.outputs.sarif != '' }}"


def test_sarif_of_an_earlier_run_is_not_uploaded(project: Path) -> None:
    assert check(project, format="sarif").outputs
    done = check(project, format="sarif", args="--select NONE")
    assert (done.status, done.outputs) == (2, {})


def test_what_is_below_fail_on_is_shown_and_does_not_fail(project: Path) -> None:
    done = check(project, fail_on="error", paths="my functions")
    assert (done.status, "F401" in done.said) == (0, True)
    assert check(project, fail_on="warning", paths="my functions").status == 1


def test_a_path_a_line_may_have_spaces(project: Path) -> None:
    assert "LL301" not in check(project, paths="my functions").said
    both = check(project, paths="my functions\nsrc\n")
    assert ("F401" in both.said, "LL301" in both.said) == (True, True)
    assert check(project, paths="").status == 1


def test_arguments_are_words_and_quotes_hold_them_together(project: Path) -> None:
    done = check(project, args="--select F\n  --config 'extend-exclude = [\"my functions\"]'")
    assert (done.status, done.said) == (0, "")
    assert check(project, args="--exit-zero").status == 0


def test_arguments_with_a_quote_too_many_are_told(project: Path) -> None:
    done = check(project, args="--select 'F")
    assert done.status == 2
    assert "::error title=lambdalint::`args` cannot be taken apart: a quote has no other\n" in done.said


def test_sarif_goes_where_it_is_uploaded_from_whatever_the_arguments_say(project: Path) -> None:
    done = check(project, format="sarif", args="--output-file elsewhere.sarif")
    assert json.loads(Path(done.outputs["sarif"]).read_text("utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize("name", ["args", "paths", "format", "fail_on"])
@pytest.mark.parametrize(
    "form", ["; touch {}", "$(touch {})", "`touch {}`", '"; touch {}; "', "a\ntouch {}", "& touch {}"]
)
def test_no_input_becomes_code(project: Path, tmp_path: Path, name: str, form: str) -> None:
    trace = tmp_path / "trace"
    done = check(project, **{name: form.format(trace)})
    assert done.status != 0
    assert not trace.exists()


def test_a_path_is_no_option(project: Path) -> None:
    done = check(project, paths="--fix")
    assert (done.status, (project / "src" / "app.py").read_text()) == (1, BAD)


@pytest.mark.parametrize(
    "version", ["; touch {}", "1.0\n--index-url=https://example.com", "-r {}", "1.0; x", "@ file:{}"]
)
def test_a_version_that_is_none_is_refused_before_anything_is_installed(
    project: Path, tmp_path: Path, version: str
) -> None:
    trace = tmp_path / "trace"
    done = step("Install lambdalint", project, tmp_path / "runner", {"version": version.format(trace)}, str(tmp_path))
    assert (done.status, done.paths) == (2, [])
    assert done.said == "::error title=lambdalint::`version` must be one version, such as 0.1.0\n"
    assert not trace.exists()
    assert not (tmp_path / "runner" / "lambdalint").exists()


def test_no_expression_stands_in_the_text_of_a_shell() -> None:
    shells = [one for one in STEPS if "run" in one]
    assert len(shells) == 2
    assert all("${{" not in one["run"] and one["shell"] == "bash" for one in shells)
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", str([one.get("env") for one in shells]))
    assert sorted(used) == sorted(ACTION["inputs"])


@pytest.mark.parametrize("file", ["action.yml", ".github/workflows/ci.yml"])
def test_other_actions_are_pinned_to_a_commit_with_its_version_beside_it(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    uses = [one for one in re.findall(r"uses: *(.*)", text) if one != "./"]
    assert uses
    assert [one for one in uses if not re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []
