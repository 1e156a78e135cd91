"""`lambdalint test`: the pages of rules of a team's own are run as lambdalint's are."""

from __future__ import annotations

from pathlib import Path

import pytest

from .plugins import ACME, PAGE, RULES, Capture, install, run, site, write

__all__ = ["site"]

NAME = "acme/rules/ACME101-answer-without-version.md"


def page_of(site: Path, text: str, code: str = RULES) -> Path:
    install(site, {**ACME, "acme/checks.py": code, NAME: text})
    return site / NAME


class TestGreen:
    @pytest.mark.parametrize("module", ["", "acme.checks", "ours"])
    def test_a_true_page(self, site: Path, capsys: Capture, module: str) -> None:
        install(site, points="ours = acme.checks")
        assert run(capsys, "test", *module.split()) == (0, "Tested 1 page: all true.\n", "")

    def test_a_page_of_several_files_and_settings(self, site: Path, capsys: Capture) -> None:
        """A helper, a second project, and a finding that a rule of lambdalint's has beside it."""
        good = """def lambda_handler(event, context):
    return answer()
```

```python
# file: helper.py
def answer():
    return {"answer": 42, "version": 1}
"""
        text = PAGE.replace(
            'def lambda_handler(event, context):\n    return {"answer": 42, "version": 1}\n```\n\n## Fixed',
            f'# settings: ignore = ["ACME101"]\nfrom helper import answer\n\n\n{good}```\n\n## Fixed',
        )
        page_of(site, text)
        assert run(capsys, "test")[:2] == (0, "Tested 1 page: all true.\n")

    def test_update_writes_output_and_fixes_anew(self, site: Path, capsys: Capture) -> None:
        stale = PAGE.replace("our clients refuse it\n", "it was said so\n").replace('"version": 1}\n```\n', "}\n```\n")
        for text in (stale, PAGE[: PAGE.index("```text")] + PAGE[PAGE.index("## Good") :]):
            text = text.replace('{"answer": 42, }', '{"answer": 42, "version": 1}', 1)  # what is good stays so
            path = page_of(site, text)
            assert run(capsys, "test")[0] == 1
            status, out, err = run(capsys, "test", "--update")
            assert (status, out) == (0, "Tested 1 page: all true.\n")
            assert err.endswith("ACME101-answer-without-version.md written anew\n")
            assert path.read_text() == PAGE
            assert run(capsys, "test", "--update") == (0, out, "")


class TestRed:
    def test_output_that_differs_is_shown_as_a_diff(self, site: Path, capsys: Capture) -> None:
        path = page_of(site, PAGE.replace("our clients refuse it\n", "our clients like it\n"))
        status, out, _ = run(capsys, "test")
        assert status == 1
        assert out.startswith(f"{path}:7: a run prints something else\n    --- the page\n    +++ a run\n")
        assert "    -warning[ACME101] answer-without-version: this answer has no `version`, and our clients like" in out
        assert (
            "    +warning[ACME101] answer-without-version: this answer has no `version`, and our clients refuse" in out
        )
        assert out.endswith("\nTested 1 page: 1 of them not true.\n")

    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            ("  # ACME101", "", "line 2 of app.py is not marked ACME101, and a run finds it there"),
            ("  # ACME101", "", "no line is marked `# ACME101`"),
            ("context):\n    return", "context):  # ACME101\n    return", "line 1 of app.py is marked ACME101, and"),
            ('"version": 1}\n```\n\n## Fixed', '"x": 1}\n```\n\n## Fixed', "is good, and a run finds\n    warning[A"),
            ('"version": 1}\n```\n\n## F', '"version": {1}}\n```\n\n## F', "good, and a run finds\n    error[LL202]"),
            ("## Fixed", "## Mended", "its fixes make this, and it has no code under `## Fixed`\n    --- the page"),
            ("## Good", "## Fine", "it has no code under `## Good`"),
            ("## Bad", "## Worse", "it has no code under `## Bad`"),
            ("# ACME101 answer", "# ACME102 answer", "it does not begin with the rule and the first line of"),
            ("An answer does not", "An answer shall", "    +An answer does not say which version of the service "),
        ],
    )  # fmt: skip
    def test_what_is_not_true(self, site: Path, capsys: Capture, before: str, after: str, said: str) -> None:
        assert before in PAGE
        page_of(site, PAGE.replace(before, after, 1))
        status, out, _ = run(capsys, "test")
        assert status == 1
        assert said in out

    def test_fixes_that_make_something_else(self, site: Path, capsys: Capture) -> None:
        page_of(site, PAGE[:-6].rpartition('"version": 1')[0] + '"version": 2}\n```\n')
        out = run(capsys, "test")[1]
        line = PAGE[: PAGE.index("## Fixed")].count("\n") + 1
        assert f":{line}: the fixes make something else\n" in out
        assert '    -    return {"answer": 42, "version": 2}\n    +    return {"answer": 42, "version": 1}\n' in out

    def test_a_rule_without_a_page_and_a_page_without_a_rule(self, site: Path, capsys: Capture) -> None:
        path = page_of(site, PAGE)
        path.rename(path.with_name("ACME102-other-thing.md"))
        status, out, _ = run(capsys, "test")
        assert status == 1
        assert "ACME101-answer-without-version.md:1: ACME101 has no page: it is to stand here\n" in out
        assert "ACME102-other-thing.md:1: it is the page of no rule of `acme.checks`\n" in out

    def test_a_rule_that_crashes(self, site: Path, capsys: Capture) -> None:
        page_of(site, PAGE, RULES.replace("value = answer.value", "value = answer.valeu"))
        status, out, _ = run(capsys, "test")
        assert status == 1
        assert "rule ACME101 answer-without-version of the plug-in acme.checks failed: AttributeError: 'Return'" in out
        assert "    Traceback (most recent call last):" in out


class TestWrong:
    def test_nothing_to_test(self, site: Path, capsys: Capture) -> None:
        write(Path(), {"lambdalint.toml": ""})
        status, _, err = run(capsys, "test")
        assert (status, err.startswith("error: there is nothing to test: the settings here name no `rules`")) == (
            2,
            True,
        )

    def test_a_module_that_is_not_there(self, site: Path, capsys: Capture) -> None:
        status, _, err = run(capsys, "test", "acme.nothing")
        assert (status, err.startswith("error: no installed package has `acme.nothing`")) == (2, True)

    def test_settings_of_a_block_that_cannot_be_obeyed(self, site: Path, capsys: Capture) -> None:
        page_of(site, PAGE.replace("```python\n", "```python\n# settings: selct = []\n", 1))
        status, _, err = run(capsys, "test")
        assert status == 2
        assert "ACME101-answer-without-version.md: in the settings of a block: --config:1:1: unknown setting" in err

    def test_a_given_module_is_tested_whatever_the_settings_are(self, site: Path, capsys: Capture) -> None:
        install(site)
        write(Path(), {"lambdalint.toml": "nonsense = 1\n"})
        assert run(capsys, "test", "acme.checks")[0] == 0
