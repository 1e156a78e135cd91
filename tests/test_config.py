"""Settings are found, merged and checked; what is wrong is shown where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.checks import RULES
from lambdalint.cli import main
from lambdalint.config import ConfigError, Settings, load, pairs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def wrong(text: str, folder: Path) -> tuple[str, int, int, str]:
    """Where the text is refused, and why."""
    (folder / "lambdalint.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load()
    span = caught.value.span
    assert span is not None
    assert caught.value.lines == text.split("\n")
    return span.path, span.start.row, span.start.column, caught.value.message


class TestFinding:
    def test_nothing_there_gives_the_defaults(self, folder: Path) -> None:
        assert load() == Settings(root=str(folder))

    def test_nearest_pyproject_with_a_table_counts(self, folder: Path) -> None:
        (folder / "pyproject.toml").write_text("[tool.lambdalint]\npreview = true\n")
        inner = folder / "a" / "b"
        inner.mkdir(parents=True)
        (folder / "a" / "pyproject.toml").write_text("[tool.other]\nx = 'lambdalint'\n")
        settings = load([str(inner)])
        assert settings.preview
        assert (settings.root, settings.file) == (str(folder), "pyproject.toml")

    def test_settings_are_looked_for_from_what_holds_all_paths(self, folder: Path) -> None:
        for name in ("a", "b"):
            (folder / name).mkdir()
            (folder / name / "app.py").write_text("")
            (folder / name / "lambdalint.toml").write_text("pedantic = true\n")
        assert load(["a/app.py"]).pedantic
        assert not load(["a/app.py", "b/app.py"]).pedantic

    def test_own_file_goes_before_pyproject(self, folder: Path) -> None:
        (folder / "pyproject.toml").write_text("[tool.lambdalint]\nfail-on = 'error'\n")
        (folder / "lambdalint.toml").write_text("fail-on = 'warning'\n")
        assert load().fail_on == "warning"
        (folder / ".lambdalint.toml").write_text("fail-on = 'info'\n")
        assert load().fail_on == "info"

    def test_isolated_obeys_no_file(self, folder: Path) -> None:
        (folder / "lambdalint.toml").write_text("nonsense = 1\n")
        assert load(isolated=True) == Settings(root=str(folder))

    def test_config_names_another_file(self, folder: Path) -> None:
        (folder / "lambdalint.toml").write_text("nonsense = 1\n")
        (folder / "other").mkdir()
        (folder / "other" / "ci.toml").write_text("pedantic = true\n")
        settings = load(config=["other/ci.toml"])
        assert settings.pedantic
        assert settings.root == str(folder)

    def test_missing_config_file_is_an_error(self, folder: Path) -> None:
        with pytest.raises(ConfigError, match=r"`nope\.toml` cannot be read: No such file"):
            load(config=["nope.toml"])

    def test_isolated_and_a_file_contradict_each_other(self, folder: Path) -> None:
        with pytest.raises(ConfigError, match="--isolated"):
            load(config=["nope.toml"], isolated=True)

    def test_inline_settings_win_over_the_file_and_options_over_both(self, folder: Path) -> None:
        (folder / "lambdalint.toml").write_text('output-format = "json"\nfail-on = "error"\n')
        settings = load(config=['output-format = "github"', 'fail-on = "warning"'], output_format="concise")
        assert (settings.output_format, settings.fail_on) == ("concise", "warning")


class TestErrors:
    def test_unknown_setting(self, folder: Path) -> None:
        where = wrong('preview = true\nextend-selct = ["LL2"]\n', folder)
        assert where == ("lambdalint.toml", 2, 1, "unknown setting `extend-selct`; did you mean `extend-select`?")

    def test_unknown_setting_in_pyproject(self, folder: Path) -> None:
        (folder / "pyproject.toml").write_text('[tool]\nlambdalint . "ignroe" = []\n')
        with pytest.raises(ConfigError) as caught:
            load()
        assert str(caught.value) == "pyproject.toml:2:14: unknown setting `ignroe`; did you mean `ignore`?"

    def test_unknown_setting_near_to_nothing_lists_them(self, folder: Path) -> None:
        assert "there are select, extend-select" in wrong("zzz = 1\n", folder)[3]

    @pytest.mark.parametrize(
        ("text", "column", "message"),
        [
            ('select = "LL2"', 10, "`select` must be a list of rules"),
            ("preview = 1", 11, "`preview` must be true or false"),
            ("exclude = [ 3 ]", 13, "`exclude` must be a list of strings"),
            ('output-format = "tex"', 17, "not `tex`; did you mean `text`?"),
            ("fail-on = []", 11, "`fail-on` must be one of error, warning, info"),
            ("per-file-ignores = []", 20, "`per-file-ignores` must be a table of patterns"),
            ('per-file-ignores = { a = "F4" }', 26, "`per-file-ignores.a` must be a list of rules"),
            ('handlers = ["app"]', 13, "`app` is neither"),
            ('severity = "info"', 12, "`severity` must be a table of rules"),
            ('severity = { LL404 = "hint" }', 22, "must be one of error, warning, info, not `hint`"),
            ('severity = { LL299 = "info" }', 14, "`LL299` is no rule"),
        ],
    )
    def test_value_of_the_wrong_kind(self, folder: Path, text: str, column: int, message: str) -> None:
        path, row, found, said = wrong(text, folder)
        assert (path, row, found) == ("lambdalint.toml", 1, column)
        assert message in said

    def test_unknown_rule_in_a_list_over_lines(self, folder: Path) -> None:
        where = wrong('ignore = [\n  "F401",  # "LL299"\n  "LL299",\n]\n', folder)
        assert where[:3] == ("lambdalint.toml", 3, 3)
        assert where[3].startswith("`ignore`: `LL299` is no rule; did you mean `LL2")

    def test_unknown_rule_name(self, folder: Path) -> None:
        assert "did you mean `return-not-serializable`?" in wrong('select = ["return-not-serialisable"]', folder)[3]

    def test_unknown_rule_for_a_pattern(self, folder: Path) -> None:
        assert wrong('[per-file-ignores]\n"tests/*" = ["F401", "E501"]', folder)[:3] == ("lambdalint.toml", 2, 22)

    def test_text_that_is_no_toml(self, folder: Path) -> None:
        assert wrong('select = ["LL2"\nignore = 1\n', folder)[:2] == ("lambdalint.toml", 2)

    def test_file_that_is_not_utf_8(self, folder: Path) -> None:
        (folder / "lambdalint.toml").write_bytes(b"\n# \xff\n")
        with pytest.raises(ConfigError, match=r"lambdalint\.toml:2:1: a settings file must be UTF-8"):
            load()

    def test_table_that_is_none(self, folder: Path) -> None:
        (folder / "pyproject.toml").write_text("[tool]\nlambdalint = 3\n")
        with pytest.raises(ConfigError, match=r"pyproject\.toml:2:14: `tool\.lambdalint` must be a table"):
            load()

    def test_inline_setting_names_the_option(self, folder: Path) -> None:
        with pytest.raises(ConfigError, match=r"^--config:1:1: unknown setting `selct`"):
            load(config=["selct = []"])

    def test_pattern_without_rules(self) -> None:
        with pytest.raises(ConfigError, match="`tests` is not a pattern and rules"):
            pairs("--per-file-ignores", ["tests"])


class TestSelection:
    """Which rules the settings leave on."""

    def test_default_set_has_neither_preview_nor_pedantic_rules(self) -> None:
        assert Settings().enabled() == {code for code, rule in RULES.items() if not (rule.preview or rule.pedantic)}

    def test_selecting_by_front_code_and_name(self) -> None:
        fronts = Settings(select=("LL20", "F401", "body-not-string")).enabled()
        assert {"LL201", "LL202", "F401", "LL301"} <= fronts
        assert all(code.startswith("LL20") or code in ("F401", "LL301") for code in fronts)

    def test_more_exact_one_wins_and_of_two_alike_the_ignore(self) -> None:
        assert Settings(select=("LL202",), ignore=("LL2",)).enabled() == {"LL202"}
        assert "LL202" not in Settings(select=("LL2",), ignore=("LL202",)).enabled()
        assert Settings(select=("LL202",), ignore=("LL202",)).enabled() == set()
        assert Settings(ignore=("ALL",)).enabled() == set()
        assert Settings(ignore=("ALL",), extend_select=("F401",)).enabled() == {"F401"}

    def test_select_on_the_command_line_begins_anew(self, folder: Path) -> None:
        (folder / "lambdalint.toml").write_text('extend-select = ["F"]\nignore = ["F401"]\n')
        assert load(select=("F401",)).enabled() == {"F401"}

    def test_what_extends_on_the_command_line_adds_to_the_file(self, folder: Path) -> None:
        (folder / "lambdalint.toml").write_text('select = ["F401"]\nextend-ignore = ["F811"]\nextend-exclude = ["a"]\n')
        settings = load(extend_select=("F811", "F841"), extend_exclude=("b",))
        assert settings.enabled() == {"F401", "F841"}
        assert settings.extend_exclude == ("a", "b")

    def test_ignores_for_files(self, tmp_path: Path) -> None:
        rows = (("gen/*", ("F4",)), ("conftest.py", ("unused-variable",)), ("!src/*", ("LL501",)))
        ignored = Settings(root=str(tmp_path), per_file_ignores=rows).ignored()
        assert "F401" in ignored(str(tmp_path / "gen" / "deep" / "x.py"))
        assert ignored(str(tmp_path / "src" / "x.py")) == set()
        assert ignored(str(tmp_path / "src" / "conftest.py")) == {"F841"}
        assert ignored(str(tmp_path / "x.py")) == {"LL501"}

    def test_pairs_of_the_command_line(self) -> None:
        assert pairs("", ["tests/*:F401,LL2", "a.py:F841,b.py:F811"]) == (
            ("tests/*", ("F401", "LL2")),
            ("a.py", ("F841",)),
            ("b.py", ("F811",)),
        )


def test_of_two_severities_the_more_exact_counts(folder: Path) -> None:
    text = 'severity = { LL404 = "error", LL4 = "info", missing-return = "warning" }\n'
    (folder / "lambdalint.toml").write_text(text)
    severities = {code: severity.value for code, severity in load().severities().items()}
    assert (severities["LL404"], severities["LL405"], severities["LL201"]) == ("error", "info", "warning")
    assert "LL202" not in severities


class TestNamedHandlers:
    """A handler that the settings name and that is not there turns a check off, so it is told where it is named."""

    def told(self, folder: Path, capsys: pytest.CaptureFixture[str], text: str, *arguments: str) -> tuple[int, str]:
        (folder / "lambdalint.toml").write_text(text)
        (folder / "app.py").write_text("def main(event, context):\n    return {}\n")
        (folder / "src").mkdir(exist_ok=True)
        (folder / "src" / "all.py").write_text("from app import *\n")
        (folder / "src" / "later.py").write_text("globals()['run'] = print\n")
        status = main(["check", "--exit-zero", *arguments])
        return status, capsys.readouterr().err

    @pytest.fixture(autouse=True)
    def at(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    def test_it_is_an_error_at_its_place(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, said = self.told(tmp_path, capsys, 'handlers = [\n  "app.main",\n  "app.mian",\n  "ap.main",\n]\n')
        assert status == 2
        assert said == (
            "error: `handlers`: `app.mian` is not there: `app.py` binds no `mian`; did you mean `main`?\n"
            ' --> lambdalint.toml:3:3\n  |\n3 |   "app.mian",\n  |   ^^^^^^^^^^\n'
            "error: `handlers`: `ap.main` is not there: no file that is checked is `ap.py`; did you mean `app.py`?\n"
            ' --> lambdalint.toml:4:3\n  |\n4 |   "ap.main",\n  |   ^^^^^^^^^\n'
        )

    @pytest.mark.parametrize("handler", ["app.main", "./app.py:main", "src/all.x", "src/later.run", "all.main"])
    def test_what_may_be_there_is_none(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], handler: str) -> None:
        assert self.told(tmp_path, capsys, f'handlers = ["{handler}"]\n') == (0, "")

    def test_a_run_of_a_part_says_nothing_of_the_rest(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.told(tmp_path, capsys, 'handlers = ["nosuch.main"]\n', "app.py") == (0, "")

    def test_on_the_command_line_it_has_no_place(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        status, said = self.told(tmp_path, capsys, "", "--config", 'handlers = ["nosuch.main"]')
        assert status == 2
        assert said == "error: `handlers`: `nosuch.main` is not there: no file that is checked is `nosuch.py`\n"


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lambdalint.toml").write_bytes(b'\xef\xbb\xbfignore = ["F401"]\n')
    assert load().ignore == ("F401",)
    (tmp_path / "lambdalint.toml").write_bytes(b'\xef\xbb\xbfignroe = ["F401"]\n')
    with pytest.raises(ConfigError, match=r"^lambdalint\.toml:1:1: unknown setting `ignroe`"):
        load()


def test_the_table_of_pyproject_is_none_of_lambdalint_s_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lambdalint.toml").write_text('[tool.lambdalint]\nignore = ["F401"]\n')
    with pytest.raises(ConfigError, match=r"^lambdalint\.toml:1:2: unknown setting `tool`: .*stand at the top"):
        load()
