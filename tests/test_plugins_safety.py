"""Linting a foreign project runs none of its code, whatever it names and wherever it stands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lambdalint.installed import Environment

from .plugins import (
    ACME,
    HANDLER,
    RULES,
    WITH_FUNCTION,
    WITH_MODULE,
    about,
    install,
    install_editable,
    lambdalint,
    write,
)

#: What a foreign project would run: it leaves a file behind.
EVIL = f"open({{mark!r}}, 'w').close()\n{RULES}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "env" / "site-packages"
    install(folder)
    return folder


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    return tmp_path / "it-ran"


def foreign(folder: Path, mark: Path, settings: str = 'rules = ["evil"]\n') -> Path:
    """A project that names its own module, and whose modules all write a file when they are imported."""
    evil = EVIL.format(mark=str(mark))
    write(folder, {"lambdalint.toml": settings, "app.py": HANDLER, "evil.py": evil, "yaml.py": evil})
    write(folder, {"evil_package/__init__.py": evil, "evil_package/checks.py": evil})
    return folder


class TestForeignProject:
    def test_linted_from_elsewhere_its_rules_are_not_obeyed(self, tmp_path: Path, site: Path, mark: Path) -> None:
        settings = 'rules = ["evil", "acme.checks"]\nextend-select = ["EVIL"]\nignore = ["evil-thing", "F401"]\n'
        project = foreign(tmp_path / "foreign", mark, settings)
        write(project, {"other.py": "import os\nimport re  # lambdalint: ignore[EVIL101]\n"})
        home = tmp_path / "home"
        home.mkdir()
        ended = lambdalint(home, site, "check", "../foreign", "--output-format", "concise")
        assert (ended.returncode, ended.stdout.split("\n")[0].split(":")[0]) == (0, "All clear"), ended.stderr
        assert ended.stderr.count("\n") == 1
        assert "`rules` of " in ended.stderr
        assert "foreign/lambdalint.toml is not obeyed, and `evil`, `acme.checks` not loaded" in ended.stderr
        assert not mark.exists()

    @pytest.mark.parametrize("begin", [WITH_MODULE, WITH_FUNCTION])
    @pytest.mark.parametrize("module", ["evil", "evil_package.checks"])
    def test_linted_from_inside_its_modules_are_not_found(
        self, tmp_path: Path, site: Path, mark: Path, begin: str, module: str
    ) -> None:
        project = foreign(tmp_path / "foreign", mark, f'rules = ["{module}"]\n')
        ended = lambdalint(project, site, "check", begin=begin, path=".")
        assert ended.returncode == 2
        assert f"no installed package has `{module}`" in ended.stderr
        assert "lambdalint.toml:1:10" in ended.stderr
        assert "pip install -e ." in ended.stderr
        assert not mark.exists()

    def test_what_looks_like_a_package_that_is_installed_in_it_is_none(
        self, tmp_path: Path, site: Path, mark: Path
    ) -> None:
        """pip would leave the same, but in an environment."""
        project = foreign(tmp_path / "foreign", mark)
        about(project, "evil", ["evil.py"], {"entry_points.txt": "[lambdalint.rules]\nevil = evil\n"})
        for path in (".", str(project)):
            ended = lambdalint(project, site, "check", begin=WITH_FUNCTION, path=path)
            assert ended.returncode == 2
            assert "no installed package has `evil`" in ended.stderr
        assert not mark.exists()

    def test_a_package_of_the_same_name_in_it_is_not_the_installed_one(
        self, tmp_path: Path, site: Path, mark: Path
    ) -> None:
        project = foreign(tmp_path / "foreign", mark, 'rules = ["acme.checks"]\n')
        evil = (project / "evil.py").read_text()
        write(project, {"acme/__init__.py": evil, "acme/checks.py": evil})
        ended = lambdalint(project, site, "check", "app.py", begin=WITH_FUNCTION, path=".")
        assert (ended.returncode, ended.stderr) == (1, "")
        assert "warning[ACME101]" in ended.stdout
        assert not mark.exists()

    def test_a_clone_inside_of_an_editable_project_is_none_of_it(self, tmp_path: Path, site: Path, mark: Path) -> None:
        project = tmp_path / "mine"
        clone = foreign(project / "vendored" / "clone", mark, 'rules = ["vendored.clone.evil"]\n')
        install_editable(site, project, name="mine")
        ended = lambdalint(clone, site, "check")
        assert ended.returncode == 2
        assert "no installed package has `vendored.clone.evil`" in ended.stderr
        assert not mark.exists()

    def test_no_module_of_the_standard_library_is_imported(self, tmp_path: Path, site: Path) -> None:
        write(tmp_path / "p", {"lambdalint.toml": 'rules = ["this"]\n', "app.py": HANDLER})
        ended = lambdalint(tmp_path / "p", site, "check")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "no installed package has `this`" in ended.stderr

    def test_isolated_loads_nothing(self, tmp_path: Path, site: Path) -> None:
        write(tmp_path / "p", {"lambdalint.toml": 'rules = ["acme.checks"]\n', "app.py": HANDLER})
        ended = lambdalint(tmp_path / "p", site, "check", "--isolated")
        assert (ended.returncode, ended.stderr) == (0, "")

    def test_python_m_takes_no_module_of_the_folder_that_it_lints(self, tmp_path: Path, site: Path, mark: Path) -> None:
        """A template has PyYAML imported, and a yaml.py stands there."""
        project = foreign(tmp_path / "foreign", mark, "")
        write(project, {"template.yaml": "Resources: {}\n"})
        assert lambdalint(project, site, "check").returncode == 0
        assert not mark.exists()


class TestOwnProject:
    @pytest.mark.parametrize("begin", [WITH_MODULE, WITH_FUNCTION])
    def test_an_editable_install_works_from_inside(self, tmp_path: Path, site: Path, begin: str) -> None:
        for name, folder in (("flat", "flat"), ("srcs", "srcs/src")):
            files = {file.replace("acme", name): text for file, text in ACME.items()}
            write(tmp_path / folder, files)
            write(tmp_path / name, {"lambdalint.toml": f'rules = ["{name}.checks"]\n', "app.py": HANDLER})
            install_editable(site, tmp_path / name, tmp_path / folder, name=name)
            ended = lambdalint(tmp_path / name, site, "check", "app.py", "--output-format", "concise", begin=begin)
            assert "app.py:2:12: ACME101 this answer has no `version`" in ended.stdout, ended.stderr
            assert ended.returncode == 1

    def test_packages_without_an_init_are_found(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        site, project = tmp_path / "env" / "site-packages", tmp_path / "mine"
        install(site, {"deep/in/a/space.py": ""}, name="deep")
        write(project, {"team/lint/rules.py": "", "team/lint/more/__init__.py": ""})
        install_editable(site, project, name="team")
        monkeypatch.chdir(project)
        monkeypatch.setattr(sys, "path", [str(site), str(project), *sys.path])
        environment = Environment(str(project))
        assert all(map(environment.has, ("deep.in.a.space", "team.lint.rules", "team.lint.more")))
        assert not any(map(environment.has, ("deep.in.a", "deep.in.b", "team.lint", "team.lint.none", "team.x.y.z")))

    def test_what_the_system_has_installed_lists_no_files(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site = tmp_path / "env" / "dist-packages"
        info = {"PKG-INFO": "Metadata-Version: 2.1\nName: team\nVersion: 1.0\n", "top_level.txt": "team\nalone\n"}
        write(site, {f"team-1.0.egg-info/{name}": text for name, text in info.items()})
        write(site, {"team/__init__.py": "", "team/rules.py": "", "alone.py": "", "other.py": ""})
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "path", [str(site), *sys.path])
        environment = Environment(str(tmp_path))
        assert [environment.has(name) for name in ("team.rules", "alone", "other")] == [True, True, False]

    def test_settings_above_the_current_folder_count(self, tmp_path: Path, site: Path) -> None:
        write(tmp_path / "p", {"lambdalint.toml": 'rules = ["acme.checks"]\n', "src/app.py": HANDLER})
        ended = lambdalint(tmp_path / "p" / "src", site, "check", "app.py", "--output-format", "concise", "-q")
        assert "ACME101" in ended.stdout, ended.stderr

    def test_a_file_that_the_command_line_names_counts(self, tmp_path: Path, site: Path) -> None:
        write(tmp_path / "p", {"lambdalint.toml": 'rules = ["acme.checks"]\n', "app.py": HANDLER})
        (tmp_path / "home").mkdir()
        ended = lambdalint(tmp_path / "home", site, "check", "../p", "--config", "../p/lambdalint.toml")
        assert "warning[ACME101]" in ended.stdout, ended.stderr
        assert ended.stderr == ""

    def test_an_environment_inside_the_project_counts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        inside, beside = tmp_path / ".venv" / "lib" / "site-packages", tmp_path / "lib"
        install(inside)
        install(beside, {"other.py": ""}, name="other")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "path", [str(inside), str(beside), "", str(tmp_path), *sys.path])
        environment = Environment(str(tmp_path))
        assert environment.has("acme.checks")
        assert not environment.has("other")
        assert not environment.has("acme.nothing")
        assert not environment.has("nothing.at.all")
        assert "acme" not in sys.modules
