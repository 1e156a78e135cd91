"""Suppressions that silence nothing, taken out of their comments; what else a comment says stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.fixes.mending import mended


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def fixed(text: str, *, unsafe: bool = False, select: tuple[str, ...] = ("LL", "F")) -> str:
    """A file as its fixes leave it."""
    path = Path("app.py").absolute()
    path.write_text(text, "utf-8")
    found = mended(lambda held: lint(["."], Settings(root=".", select=select), held=held), unsafe=unsafe)
    assert found.report.errors == ()
    return found.after.get(str(path), text.encode()).decode()


class TestUnused:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("x = 1  # lambdalint: ignore[LL503]\n", "x = 1\n"),
            ("x = 1  # noqa: LL503\n", "x = 1\n"),
            ("x = 1  # noqa: LL503, LL504\n", "x = 1\n"),
            ("x = 1\t# noqa: LL503", "x = 1"),
            ("x = 1  # noqa: LL503, E501\n", "x = 1  # noqa: E501\n"),
            ("x = 1  # noqa: E501,LL503\n", "x = 1  # noqa: E501\n"),
            ("x = 1  # noqa: LL504 E501 LL503\n", "x = 1  # noqa: E501\n"),
            ("x = 1  # lambdalint: ignore[LL503, LL999]\n", "x = 1  # lambdalint: ignore[LL999]\n"),
            ("x = 1  # why  # noqa: LL503\n", "x = 1  # why\n"),
            ("x = 1  # noqa: LL503  # why\n", "x = 1  # why\n"),
            ("x = 1  # noqa: LL503 # noqa: E501\n", "x = 1  # noqa: E501\n"),
            ("x = 1  # lambdalint: ignore[LL503] it is no secret\n", "x = 1  # it is no secret\n"),
            ("x = 1  # noqa: LL503 - it is no secret\n", "x = 1  # it is no secret\n"),
            ("x = 1  # noqa: LL503, noqa\n", "x = 1\n"),
            ("# lambdalint: file-ignore[LL503]\nx = 1\n", "x = 1\n"),
            ("# flake8: noqa: LL503\nx = 1\n", "x = 1\n"),
            ("if 1:\n    # lambdalint: file-ignore[LL503]\n    x = 1\n", "if 1:\n    x = 1\n"),
            ("x = 1\n# lambdalint: file-ignore[LL503]", "x = 1\n"),
            ('x = "# noqa: LL503"  # noqa: LL503\n', 'x = "# noqa: LL503"\n'),
            ("x = [\n    1,  # noqa: LL503\n    2,\n]\n", "x = [\n    1,\n    2,\n]\n"),
            ("x = 'é'  # noqa: LL503 é\n", "x = 'é'  # é\n"),
        ],
    )
    def test_it_goes_and_its_comment_with_the_last(self, before: str, after: str) -> None:
        assert fixed(before) == after

    @pytest.mark.parametrize(
        "text",
        [
            "import os  # lambdalint: ignore[F401]\n",
            "x = 1  # noqa\n",
            "x = 1  # noqa: E501\n",
            "x = 1  # noqa: LL202\n",  # a rule that did not look
            "x = 1  # lambdalint: ignore\n",  # what it means is not known
            "x = '# noqa: LL503'\n",
        ],
    )
    def test_any_other_stays(self, text: str) -> None:
        assert fixed(text, unsafe=True) == text

    def test_what_a_fix_makes_unused_goes_in_its_turn(self) -> None:
        text = "def f(event):\n    x = 1  # lambdalint: ignore[LL503, F401]\n    return event\n"
        assert fixed(text) == "def f(event):\n    return event\n"


class TestUnknown:
    def test_it_becomes_the_rule_that_reports_there(self) -> None:
        text = "def f(x):\n    return x is 'a'  # lambdalint: ignore[is-literals, LL503]\n"
        assert fixed(text) == text.replace(", LL503", "")
        assert fixed(text, unsafe=True) == text.replace("is-literals, LL503", "is-literal")

    @pytest.mark.parametrize("text", ["x = 1  # lambdalint: ignore[unused-imports]\n", "x = 1  # noqa: LL999\n"])
    def test_it_stays_where_nothing_is_reported(self, text: str) -> None:
        assert fixed(text, unsafe=True) == text
