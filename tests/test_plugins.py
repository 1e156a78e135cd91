"""Rules of a team's own: loaded, selected, silenced and shown as lambdalint's are, and refused where they cannot be."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from lambdalint import plugins
from lambdalint.checks import RULES as OWN
from lambdalint.config import ConfigError, load
from lambdalint.formats import FORMATS

from .plugins import ACME, HANDLER, PAGE, RULES, Capture, install, run, site, write

__all__ = ["site"]

#: One more rule, which crashes; and one that reports what is no report.
BROKEN = '''
from lambdalint.api import Report, Severity, rule


@rule("BAD101", "always-crashes", Severity.ERROR)
def always_crashes(run):
    """It crashes."""
    yield Report(run.handler.place, "said before")
    raise KeyError("oh")


@rule("BAD102", "reports-nothing", Severity.ERROR)
def reports_nothing(run):
    """It yields what is no report."""
    yield "a fault"


@rule("BAD103", "reports-nowhere", Severity.ERROR)
def reports_nowhere(run):
    """It reports at what is no place."""
    yield Report(run.handler, "a fault")
'''


#: A module with one rule, and what it does.
SHORT = '''
import sys
from lambdalint.api import Change, Mend, Note, Report, Severity, rule


@rule("BAD101", "is-wrong", Severity.ERROR)
def is_wrong(run):
    """It is wrong."""
    {}
'''


def concise(capsys: Capture, *arguments: str) -> str:
    return run(capsys, "check", "-q", "--output-format", "concise", *arguments)[1]


def refused(text: str = 'rules = ["acme.checks"]\n') -> tuple[int, int, str]:
    """Where the settings are refused, and why."""
    Path("lambdalint.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load()
    assert caught.value.span is not None
    return caught.value.span.start.row, caught.value.span.start.column, caught.value.message


SAID = "app.py:2:12: ACME101 this answer has no `version`, and our clients refuse it\n"


class TestLoading:
    def test_a_module_is_named(self, site: Path, capsys: Capture) -> None:
        install(site)
        assert concise(capsys) == SAID

    def test_an_entry_point_is_named(self, site: Path, capsys: Capture) -> None:
        install(site, points="our-rules = acme.checks")
        assert concise(capsys, "--isolated", "--config", 'rules = ["our-rules"]') == SAID

    def test_what_nobody_names_is_not_imported(self, site: Path, capsys: Capture) -> None:
        install(site, points="our-rules = acme.checks")
        Path("lambdalint.toml").unlink()
        assert concise(capsys) == ""
        assert "acme" not in sys.modules

    def test_a_package_has_the_rules_of_its_modules_and_of_what_it_imports(self, site: Path) -> None:
        other = RULES.replace("ACME101", "ACME102").replace("answer-without", "answer-lacks")
        files = {
            "team/__init__.py": "",
            "team/lint/__init__.py": "from team.lint import one\nfrom team.two import answer_without_version\n",
            "team/lint/one.py": RULES,
            "team/two.py": other,
        }
        install(site, files, name="team")
        settings = load(config=['rules = ["team.lint"]'], isolated=True)
        assert settings.enabled() >= {"ACME101", "ACME102"}
        assert {rule.plugin for code, rule in settings.catalogue().items() if code not in OWN} == {"team.lint"}
        with pytest.raises(ConfigError, match=r"ACME102 .* is entered twice: there is ACME102 .* of `team\.lint`"):
            load(config=['rules = ["team.lint", "team.two"]'], isolated=True)

    def test_settings_without_them_do_not_have_them(self, site: Path) -> None:
        install(site)
        assert "ACME101" in load().enabled()
        assert "ACME101" not in load(isolated=True).enabled()
        assert "ACME101" not in OWN


class TestRefused:
    def test_a_module_that_fails_to_import(self, site: Path) -> None:
        install(site, {**ACME, "acme/checks.py": "import sys\n\n1 / 0\n"})
        row, column, said = refused('fail-on = "error"\nrules = [\n    "acme.checks",\n]\n')
        assert (row, column) == (3, 5)
        assert "`acme.checks` cannot be imported: ZeroDivisionError: division by zero (" in said
        assert said.endswith("acme/checks.py:3)")

    def test_a_module_that_ends_the_process(self, site: Path) -> None:
        install(site, {**ACME, "acme/checks.py": "raise SystemExit(0)\n"})
        assert "cannot be imported: SystemExit: 0" in refused()[2]

    def test_a_module_that_is_mended_is_loaded(self, site: Path) -> None:
        install(site, {**ACME, "acme/checks.py": f"{RULES}\n1 / 0\n"})
        assert "cannot be imported" in refused()[2]
        install(site)
        assert "ACME101" in load().enabled()

    def test_a_module_without_rules(self, site: Path) -> None:
        install(site, {**ACME, "acme/checks.py": "x = 1\n"})
        assert "`acme.checks` has no rules" in refused()[2]

    def test_a_name_near_to_an_entry_point(self, site: Path) -> None:
        install(site, points="our-rules = acme.checks")
        assert "no installed package has `our-ruels`; did you mean `our-rules`?" in refused('rules = ["our-ruels"]')[2]
        assert "no installed package has `acme..checks`; rules" in refused('rules = ["acme..checks"]')[2]

    def test_an_entry_point_of_two_packages(self, site: Path) -> None:
        install(site, points="ours = acme.checks")
        install(site, {"acme2.py": RULES}, name="acme2", points="ours = acme2")
        assert "`ours` is an entry point of several packages" in refused('rules = ["ours"]')[2]

    @pytest.mark.parametrize(
        ("code", "why"),
        [
            ("LL999", "`LL` is lambdalint's own; choose letters of your own"),
            ("F123", "`F` is pyflakes'"),
            ("ALL101", "`ALL` is the selector of all rules"),
            ("acme101", "capital letters and three digits, as `ACME101`"),
            ("ACME1", "capital letters and three digits"),
            ("ACME1011", "capital letters and three digits"),
            ("A1B101", "capital letters and three digits"),
        ],
    )
    def test_a_bad_code(self, site: Path, code: str, why: str) -> None:
        install(site, {**ACME, "acme/checks.py": RULES.replace("ACME101", code)})
        row, column, said = refused()
        assert (row, column) == (1, 10)
        assert code in said
        assert why in said

    @pytest.mark.parametrize(("name", "why"), [("Answer", "small words with hyphens"), ("body-not-string", "LL301")])
    def test_a_bad_name(self, site: Path, name: str, why: str) -> None:
        install(site, {**ACME, "acme/checks.py": RULES.replace("answer-without-version", name)})
        assert why in refused()[2]

    def test_a_severity_that_is_none(self, site: Path) -> None:
        install(site, {**ACME, "acme/checks.py": RULES.replace("Severity.WARNING", '"warning"')})
        assert "the severity of ACME101" in refused()[2]

    @pytest.mark.parametrize("body", ["return []", "yield 1"])
    def test_a_rule_that_nobody_awaits(self, site: Path, body: str) -> None:
        install(site, {**ACME, "acme/checks.py": SHORT.format(body).replace("def is_wrong", "async def is_wrong")})
        assert "the function of BAD101 is `async`, and nobody awaits it; write `def`" in refused()[2]

    def test_a_rule_that_says_nothing_of_itself(self, site: Path) -> None:
        install(site, {**ACME, "acme/checks.py": SHORT.format("return []").replace('"""It is wrong."""', "")})
        assert "the function of BAD101 has no docstring" in refused()[2]

    def test_a_module_that_is_no_python_is_named_with_its_folder(self, site: Path) -> None:
        install(site, {**ACME, "acme/checks.py": "x = (\n"})
        assert refused()[2].endswith(f"SyntaxError: '(' was never closed ({(site / 'acme/checks.py').as_posix()}:1)")

    def test_a_rule_that_is_entered_twice(self, site: Path) -> None:
        install(site, {**ACME, "acme/checks.py": RULES + RULES})
        assert "rule ACME101 answer-without-version is entered twice" in refused()[2]

    def test_a_plug_in_that_is_named_twice(self, site: Path) -> None:
        install(site)
        row, column, said = refused('rules = ["acme.checks", "acme.checks"]')
        assert (row, column) == (1, 25)
        assert "entered twice: there is ACME101 answer-without-version of `acme.checks`" in said

    def test_rules_that_are_no_list(self, site: Path) -> None:
        assert "`rules` must be a list of modules or entry points" in refused('rules = "acme"')[2]

    def test_a_selector_of_a_rule_that_is_not_there(self, site: Path) -> None:
        install(site)
        said = refused('rules = ["acme.checks"]\nselect = ["ACME102"]\n')[2]
        assert said == "`select`: `ACME102` is no rule; did you mean `ACME101`?"


class TestCrash:
    def test_it_is_told_with_the_plug_in_and_the_other_rules_still_run(self, site: Path, capsys: Capture) -> None:
        install(site)
        install(site, {"broken.py": BROKEN}, name="broken")
        Path("app.py").write_text(HANDLER + "\n\ndef other_handler(event, context):\n    return {1}\n")
        status, out, _ = run(capsys, "check", "-q", "--config", 'rules = ["broken", "acme.checks"]')
        place = (site / "broken.py").as_posix()
        assert status == 2
        said = "plug-in error: rule BAD101 always-crashes of the plug-in broken failed: KeyError: 'oh'"
        assert f"{said} ({place}:9)" in out
        assert "rule BAD102 reports-nothing of the plug-in broken failed: it yields a `str`" in out
        assert (
            "rule BAD103 reports-nowhere of the plug-in broken failed: it yields a `Report` in which `place` is" in out
        )
        assert out.count("plug-in error") == 3  # there are two functions, and each says the same
        assert out.count("error[BAD101] always-crashes: said before") == 2
        assert "warning[ACME101]" in out
        assert "error[LL202]" in out

    @pytest.mark.parametrize("how", ["sys.exit(0)", "sys.exit(5)", "raise GeneratorExit", "raise BaseException('x')"])
    @pytest.mark.parametrize("before", ["", "yield from ()\n    "])
    def test_a_rule_that_ends_the_process_ends_nothing_but_itself(
        self, site: Path, capsys: Capture, how: str, before: str
    ) -> None:
        install(site)
        install(site, {"broken.py": SHORT.format(before + how)}, name="broken")
        status, out, _ = run(capsys, "check", "--config", 'rules = ["broken", "acme.checks"]')
        assert status == 2
        assert "plug-in error: rule BAD101 is-wrong of the plug-in broken failed: " in out
        assert f"broken.py:{9 + bool(before)})" in out
        assert "warning[ACME101]" in out
        assert "1 plug-in error: the result is incomplete." in out

    def test_an_interrupt_is_the_persons(self, site: Path, capsys: Capture) -> None:
        install(site, {"broken.py": SHORT.format("raise KeyboardInterrupt")}, name="broken")
        assert run(capsys, "check", "--isolated", "--config", 'rules = ["broken"]')[0] == 130

    @pytest.mark.parametrize("format", sorted(FORMATS))
    def test_no_format_calls_it_a_fault_of_lambdalint(self, site: Path, capsys: Capture, format: str) -> None:
        install(site, {"broken.py": SHORT.format("1 / 0")}, name="broken")
        status, out, _ = run(capsys, "check", "--isolated", "--config", 'rules = ["broken"]', "--output-format", format)
        assert (status, "plug-in broken" in out) == (2, True)
        assert not re.search("internal.error|faults? of lambdalint|Traceback", out)

    @pytest.mark.parametrize(
        ("yielded", "said"),
        [
            ("None", "it yields a `NoneType`, and must yield a `Report` ("),
            ("Report(AT, 5)", "it yields a `Report` in which `message` is a `int`, and must be a `str` ("),
            ("Report(5, 'x')", "`place` is a `int`, and must be a `Place` ("),
            ("Report(AT, 'x', advice=5)", "`advice` is a `int`, and must be a `str` or None ("),
            ("Report(AT, 'x', severity='error')", "`severity` is a `str`, and must be a `Severity` or None ("),
            ("Report(AT, 'x', notes='abc')", "`notes` is a `str`, and must be a `tuple` or a `list` ("),
            ("Report(AT, 'x', (Note(AT, None),))", "a note's `label` is a `NoneType`, and must be a `str` ("),
            ("Report(AT, 'x', mend='x')", "`mend` is a `str`, and must be a `Mend` or None ("),
            ("Report(AT, 'x', mend=Mend('x', (AT,)))", "one of the mend's `changes` is a `Place`, and must be a `Ch"),
            (
                "Report(AT, 'x', mend=Mend('x', (Change(AT, 1),)))",
                "a change's `content` is a `int`, and must be a `str` o",
            ),
        ],
    )
    @pytest.mark.parametrize("format", ["text", "json", "sarif"])
    def test_what_is_no_report_is_told_at_once(
        self, site: Path, capsys: Capture, yielded: str, said: str, format: str
    ) -> None:
        install(site, {"broken.py": SHORT.format("yield " + yielded.replace("AT", "run.handler.place"))}, name="broken")
        status, out, _ = run(
            capsys, "check", "-v", "--isolated", "--config", 'rules = ["broken"]', "--output-format", format
        )
        assert status == 2
        assert said in out
        assert "broken.py:9)" in out

    def test_a_rule_that_yields_nothing_at_all(self, site: Path, capsys: Capture) -> None:
        install(site, {"broken.py": SHORT.format("return 5")}, name="broken")
        out = run(capsys, "check", "--isolated", "--config", 'rules = ["broken"]')[1]
        assert "plug-in broken failed: it gives a `int`, and must yield each `Report`\n" in out

    def test_what_it_prints_is_not_in_the_report(self, site: Path, capsys: Capture) -> None:
        rules = 'print("at import")\n' + SHORT.format('print("at work")\n    yield from ()\n    print("later")')
        install(site, {"broken.py": rules}, name="broken")
        _, out, err = run(capsys, "check", "--isolated", "--config", 'rules = ["broken"]', "--output-format", "json")
        assert json.loads(out) == []
        assert [line for line in err.splitlines() if line.startswith(("at", "later"))] == [
            "at import",
            "at work",
            "later",
        ]


class TestSelectors:
    @pytest.mark.parametrize("selector", ["ACME", "ACME1", "ACME101", "answer-without-version", "ALL"])
    def test_it_is_meant_by(self, site: Path, selector: str) -> None:
        install(site)
        assert "ACME101" in load(config=[f'select = ["{selector}"]']).enabled()
        assert "ACME101" not in load(config=[f'ignore = ["{selector}"]']).enabled()

    @pytest.mark.parametrize("selector", ["A", "AC", "AC1", "F", "ACME2"])
    def test_it_is_not_meant_by(self, site: Path, selector: str) -> None:
        install(site)
        rules = plugins.catalogue(load().rules)
        from lambdalint.selection import fits

        assert fits(selector, rules["ACME101"]) == 0

    def test_letters_of_a_selector_are_all_of_the_code(self, site: Path, capsys: Capture) -> None:
        """F is pyflakes', and no front of FOO; and so it is of bare noqa comments and of tests, which F is asked of."""
        install(site, {**ACME, "acme/checks.py": RULES.replace("ACME", "FOO")})
        assert "FOO101" not in load(config=['select = ["F"]']).enabled()
        assert "F401" not in load(config=['select = ["FOO"]']).enabled()
        Path("app.py").write_text(HANDLER.replace("}", "}  # noqa"))
        Path("test_app.py").write_text(HANDLER)
        assert [line.split()[:2] for line in concise(capsys).splitlines()] == [["app.py:2:12:", "FOO101"]]
        assert run(capsys, "rules")[1].splitlines()[-1].startswith("FOO101  answer-without-version ")

    def test_options_mean_it_too(self, site: Path, capsys: Capture) -> None:
        install(site)
        Path("app.py").write_text("import os\n" + HANDLER)
        assert "F401" not in concise(capsys, "--select", "ACME")
        assert "ACME101" not in concise(capsys, "--ignore", "ACME101")
        assert "ACME101" not in concise(capsys, "--per-file-ignores", "app.py:ACME")
        assert run(capsys, "check", "--select", "ACNE101")[2].startswith(
            "error: --select: `ACNE101` is no rule; did you"
        )

    def test_settings_mean_it_too(self, site: Path, capsys: Capture) -> None:
        install(site)
        rules = 'rules = ["acme.checks"]\n'
        Path("lambdalint.toml").write_text(rules + 'severity = { ACME = "error" }')
        assert "error[ACME101]" in run(capsys, "check")[1]
        Path("lambdalint.toml").write_text(rules + 'per-file-ignores = { "app.py" = ["answer-without-version"] }')
        assert concise(capsys) == ""


class TestSuppression:
    @pytest.mark.parametrize("comment", ["noqa: ACME101", "lambdalint: ignore[ACME101]", "lambdalint: ignore[ACME1]"])
    def test_a_comment_silences_it(self, site: Path, capsys: Capture, comment: str) -> None:
        install(site)
        Path("app.py").write_text(HANDLER.replace("}", "}  # " + comment))
        assert concise(capsys) == ""

    def test_comments_that_silence_nothing_are_told(self, site: Path, capsys: Capture) -> None:
        install(site)
        Path("app.py").write_text(HANDLER.replace("42}", '42, "version": 1}  # noqa: ACME101, E501'))
        assert "LL901 `ACME101` reports nothing here" in concise(capsys)
        Path("app.py").write_text(HANDLER.replace("}", "}  # noqa: ACME102, E501"))
        assert "LL902 `ACME102` is no rule" in concise(capsys)

    def test_add_noqa_and_baseline(self, site: Path, capsys: Capture) -> None:
        install(site)
        assert run(capsys, "check", "--write-baseline", "base.json")[0] == 0
        assert run(capsys, "check", "--baseline", "base.json")[0] == 0
        assert "Silenced 1 finding." in run(capsys, "check", "--add-noqa")[2]
        assert "# noqa: ACME101\n" in Path("app.py").read_text()
        assert run(capsys, "check")[0] == 0

    def test_its_fix_is_put_in(self, site: Path, capsys: Capture) -> None:
        install(site)
        assert run(capsys, "check", "--fix")[0] == 0
        assert '{"answer": 42, "version": 1}' in Path("app.py").read_text()


class TestShown:
    def test_explain_shows_its_page(self, site: Path, capsys: Capture) -> None:
        install(site)
        for wanted in ("ACME101", "acme101", "answer-without-version"):
            status, out, _ = run(capsys, "explain", wanted)
            assert (status, out.split("\n")[0]) == (0, "ACME101 answer-without-version")
        assert run(capsys, "explain", "ACME101", "--isolated")[0] == 2

    def test_explain_without_a_page_says_what_the_function_does(self, site: Path, capsys: Capture) -> None:
        install(site, {"acme/__init__.py": "", "acme/checks.py": RULES})
        assert run(capsys, "explain", "ACME101")[1] == (
            "ACME101 answer-without-version (warning): An answer does not say which version of the service gave it.\n"
        )

    def test_own_rules_are_explained_whatever_the_settings_say(self, site: Path, capsys: Capture) -> None:
        Path("lambdalint.toml").write_text("nonsense = 1\n")
        assert run(capsys, "explain", "LL202")[0] == 0

    def test_rules_lists_it(self, site: Path, capsys: Capture) -> None:
        install(site)
        rows = json.loads(run(capsys, "rules", "--output-format", "json")[1])
        assert rows[-1] == {
            "code": "ACME101",
            "name": "answer-without-version",
            "severity": "warning",
            "summary": "An answer does not say which version of the service gave it.",
            "preview": False,
            "pedantic": False,
        }
        assert "ACME101" not in run(capsys, "rules", "--isolated")[1]

    def test_the_summary_says_how_to_explain_it(self, site: Path, capsys: Capture) -> None:
        install(site)
        assert "`lambdalint explain ACME101` says more" in run(capsys, "check")[1]

    def test_sarif_has_its_page_and_no_address(self, site: Path, capsys: Capture) -> None:
        install(site)
        Path("app.py").write_text("import os\n" + HANDLER)
        log = json.loads(run(capsys, "check", "--output-format", "sarif")[1])
        described = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
        assert described["ACME101"]["help"]["markdown"] == PAGE
        assert "helpUri" not in described["ACME101"]
        assert "helpUri" in described["F401"]
        assert log["runs"][0]["results"][1]["ruleId"] == "ACME101"

    def test_html_and_gitlab_show_it(self, site: Path, capsys: Capture) -> None:
        install(site)
        shown = run(capsys, "check", "--output-format", "html")[1]
        assert 'id="rule-ACME101"' in shown
        assert 'href="#rule-ACME101"' in shown
        (issue,) = json.loads(run(capsys, "check", "--output-format", "gitlab")[1])
        assert (issue["check_name"], issue["severity"], issue["categories"]) == ("ACME101", "major", ["Bug Risk"])


def test_what_it_says_is_the_same_from_several_processes(site: Path, capsys: Capture) -> None:
    install(site)
    files: Mapping[str, str] = {f"f{number:02}.py": HANDLER for number in range(60)}
    write(Path(), files)
    assert concise(capsys, "--jobs", "2") == concise(capsys, "--jobs", "1")
    assert concise(capsys, "--jobs", "2").count("ACME101") == 61
