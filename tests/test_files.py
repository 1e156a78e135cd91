"""Which files are in scope. git itself is the oracle for what it ignores."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdalint.project.code.files import is_test, python_files
from lambdalint.project.code.vendored import record_files

git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")


def write(root: Path, *paths: str, text: str = "x = 1\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def found(root: Path, *given: str, **options: object) -> list[str]:
    paths = [root / path for path in given] or [root]
    files = python_files(paths, root=root, **options)  # type: ignore[arg-type]
    return [os.path.relpath(path, root).replace(os.sep, "/") for path in files.found]


def reasons(root: Path, *given: str, **options: object) -> dict[str, str]:
    files = python_files([root / path for path in given] or [root], root=root, **options)  # type: ignore[arg-type]
    return {os.path.relpath(skipped.path, root).replace(os.sep, "/"): skipped.reason for skipped in files.skipped}


def test_python_files_are_found_sorted_and_once(tmp_path: Path) -> None:
    write(tmp_path, "b.py", "a/z.py", "a/b/c.py")
    assert found(tmp_path, ".", "a", "b.py", "a/../b.py") == ["a/b/c.py", "a/z.py", "b.py"]


def test_stubs_windows_scripts_and_other_suffixes_are_left_out_of_the_walk(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "a.pyi", "a.pyw", "A.PY", "script", "a.py.txt", "template.yaml")
    assert found(tmp_path) == ["a.py"]


@pytest.mark.parametrize(
    "folder",
    [".aws-sam/build/F", "cdk.out/asset.1", "node_modules/x", "build", "dist", ".tox/py", ".nox/s", "__pycache__",
     "lib/site-packages/x", ".serverless", ".terraform/modules", ".chalice/deployments", ".venv/lib", "venv", ".git"],
)  # fmt: skip
def test_what_tools_build_is_left_out_at_any_depth(tmp_path: Path, folder: str) -> None:
    write(tmp_path, "app.py", f"{folder}/x.py", f"deep/er/{folder}/x.py")
    assert found(tmp_path) == ["app.py"]


def test_chalices_settings_stand_in_a_folder_that_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "app.py", ".chalice/config.json", ".chalice/policy-dev.json", ".venv/x.json")
    candidates = [os.path.relpath(path, tmp_path) for path in python_files([tmp_path], root=tmp_path).candidates]
    assert candidates == [os.path.join(".chalice", "config.json")]


def test_a_folder_above_the_given_one_excludes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "build" / "node_modules" / "project"
    write(root, "app.py")
    assert found(root) == ["app.py"]


def test_a_virtual_environment_is_known_by_its_configuration(tmp_path: Path) -> None:
    write(tmp_path, "app.py", "env39/lib/x.py", "env39/pyvenv.cfg", "conda/x.py", "conda/conda-meta/history")
    assert found(tmp_path) == ["app.py"]
    assert reasons(tmp_path) == {"env39": "a virtual environment", "conda": "a virtual environment"}


def test_an_environment_made_in_the_folder_given_does_not_hide_the_project(tmp_path: Path) -> None:
    write(tmp_path, "pyvenv.cfg", "app.py", "lib/python3.12/site-packages/x.py")
    assert found(tmp_path) == ["app.py"]


# -- installed packages ----------------------------------------------------------------------------------------------


def test_files_of_a_record_are_left_out_and_their_neighbours_are_not(tmp_path: Path) -> None:
    write(tmp_path, "app.py", "requests/__init__.py", "requests/api.py", "requests/mine.py", "six.py", "sub/six.py")
    record = "requests/__init__.py,sha256=abc,12\nrequests/api.py,,\n../../bin/x.py,,\nrequests-2.dist-info/RECORD,,\n"
    write(tmp_path, "requests-2.dist-info/RECORD", text=record)
    write(tmp_path, "six-1.dist-info/RECORD", text="six.py,,\n")
    assert found(tmp_path) == ["app.py", "requests/mine.py", "sub/six.py"]
    assert reasons(tmp_path)["six-1.dist-info"] == "an installed package, with its files"


def test_files_of_installed_files_txt_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "app.py", "yaml/__init__.py")
    write(tmp_path, "PyYAML.egg-info/installed-files.txt", text="../yaml/__init__.py\nPKG-INFO\n")
    assert found(tmp_path) == ["app.py"]


def test_the_egg_info_of_the_project_itself_hides_nothing(tmp_path: Path) -> None:
    write(tmp_path, "mine/__init__.py")
    write(tmp_path, "mine.egg-info/top_level.txt", "mine.egg-info/SOURCES.txt", text="mine\n")
    assert found(tmp_path) == ["mine/__init__.py"]


def test_a_package_whose_record_was_deleted_is_known_by_its_top_level(tmp_path: Path) -> None:
    write(tmp_path, "app.py", "yaml/__init__.py", "_yaml.py", "idna/core.py", "idna-3.dist-info/METADATA")
    write(tmp_path, "PyYAML-6.dist-info/top_level.txt", text="_yaml\nyaml\n")
    assert found(tmp_path) == ["app.py"]


def test_a_record_that_is_no_csv_hides_nothing(tmp_path: Path) -> None:
    write(tmp_path, "app.py")
    (tmp_path / "x-1.dist-info").mkdir()
    (tmp_path / "x-1.dist-info" / "RECORD").write_bytes(b"\0\xff\n,,,\n")
    (tmp_path / "y-1.dist-info" / "RECORD").mkdir(parents=True)
    assert found(tmp_path) == ["app.py"]


NAMES = st.text(
    st.characters(exclude_characters="/\\\0\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", codec="utf-8"), min_size=1
)


# The table of all characters is built when the first name is drawn, which takes a second.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(NAMES.filter(lambda name: name not in (".", "..")), min_size=1, max_size=3), max_size=6))
def test_a_record_written_as_installers_write_it_is_read_back(paths: list[list[str]]) -> None:
    import csv
    import io

    files = {"/".join(path) + ".py" for path in paths}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([file, "sha256=x", "1"] for file in sorted(files))
    assert record_files(out.getvalue()) == files


@given(st.text())
def test_a_record_of_anything_never_raises_and_never_reaches_outside(text: str) -> None:
    assert not [path for path in record_files(text) if path.startswith(("/", "../")) or path == ".."]


# -- .gitignore ------------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git" / "info").mkdir(parents=True)
    return tmp_path


def test_gitignore_files_count_at_every_level(repository: Path) -> None:
    write(repository, ".gitignore", text="generated/\n*_pb2.py\n/top.py\n")
    write(repository, "sub/.gitignore", text="!keep_pb2.py\nlocal.py\n")
    write(repository, "top.py", "sub/top.py", "sub/keep_pb2.py", "sub/a_pb2.py", "sub/local.py", "local.py", "x_pb2.py")
    write(repository, "sub/generated/x.py")
    assert found(repository) == ["local.py", "sub/keep_pb2.py", "sub/top.py"]
    assert found(repository, respect_gitignore=False) == sorted(
        ["top.py", "sub/top.py", "sub/keep_pb2.py", "sub/a_pb2.py", "sub/local.py", "local.py", "x_pb2.py",
         "sub/generated/x.py"]
    )  # fmt: skip


def test_the_repositorys_own_exclude_file_counts(repository: Path) -> None:
    write(repository, ".git/info/exclude", text="scratch.py\n")
    write(repository, "scratch.py", "app.py")
    assert found(repository) == ["app.py"]


def test_rules_of_folders_above_the_given_one_count(repository: Path) -> None:
    write(repository, ".gitignore", text="sub/a.py\n")
    write(repository, "sub/a.py", "sub/b.py")
    assert found(repository, "sub") == ["sub/b.py"]


def test_as_with_ruff_gitignore_counts_in_a_work_tree_alone(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", text="a.py\n")
    write(tmp_path, "a.py", "b.py")
    assert found(tmp_path) == ["a.py", "b.py"]


def test_a_repository_within_a_repository_has_its_own_rules(repository: Path) -> None:
    write(repository, ".gitignore", text="a.py\n")
    write(repository, "inner/.git/HEAD", "a.py", "inner/a.py", "inner/b.py")
    write(repository, "inner/.gitignore", text="b.py\n")
    assert found(repository) == ["inner/a.py"]


def test_the_exclude_file_of_a_work_tree_is_the_main_repositorys(tmp_path: Path) -> None:
    write(tmp_path, "main/.git/info/exclude", text="scratch.py\n")
    write(tmp_path, "main/.git/worktrees/w/commondir", text="../..\n")
    write(tmp_path, "tree/.git", text=f"gitdir: {tmp_path}/main/.git/worktrees/w\n")
    write(tmp_path, "tree/scratch.py", "tree/app.py")
    assert found(tmp_path / "tree") == ["app.py"]


def test_what_is_given_is_linted_though_git_ignores_it(repository: Path) -> None:
    write(repository, ".gitignore", text="generated/\n*.gen.py\n")
    write(repository, "generated/a.py", "generated/b.gen.py", "c.gen.py")
    assert found(repository, "generated") == ["generated/a.py"]
    assert found(repository, "c.gen.py") == ["c.gen.py"]


def test_an_ignore_file_that_cannot_be_read_ignores_nothing(repository: Path) -> None:
    (repository / ".gitignore").mkdir()
    (repository / "sub").mkdir()
    (repository / "sub" / ".gitignore").write_bytes(b"\xff\xfe\n[a\n!\n\xef\xbb\xbf\n  \nb.py\r\n")
    write(repository, "a.py", "sub/b.py", "sub/c.py")
    assert found(repository) == ["a.py", "sub/c.py"]


SEGMENT = st.sampled_from(["a", "b", "ab", "a.py", "b.py", "*", "*.py", "?", "a*", "**", "[ab]", "[!a]"])
PATTERN = st.builds(
    lambda negated, rooted, segments, folder: negated + rooted + "/".join(segments) + folder,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(SEGMENT, min_size=1, max_size=3),
    st.sampled_from(["", "", "/"]),
)
TREE = [f"{folder}{name}" for folder in ("", "a/", "b/", "a/a/", "a/b/", "b/a/", "ab/") for name in ("a.py", "b.py")]


@git
@settings(max_examples=40, deadline=None)
@given(outer=st.lists(PATTERN, max_size=4), inner=st.lists(PATTERN, max_size=3))
def test_git_ignores_the_same_files(
    tmp_path_factory: pytest.TempPathFactory, outer: list[str], inner: list[str]
) -> None:
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    write(root, *TREE)
    write(root, ".gitignore", text="\n".join(outer))
    write(root, "a/.gitignore", text="\n".join(inner))
    listed = subprocess.run(
        ["git", "-C", str(root), "-c", "core.excludesFile=", "ls-files", "-o", "--exclude-standard", "*.py"],
        check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    assert found(root) == sorted(listed)


# -- settings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("old", ["a.py", "sub/gen_x.py"]),
        ("sub", ["a.py", "old/a.py"]),
        ("gen_*.py", ["a.py", "old/a.py", "sub/old/a.py"]),
        ("sub/old", ["a.py", "old/a.py", "sub/gen_x.py"]),
        ("./sub/", ["a.py", "old/a.py"]),
        ("sub/", ["a.py", "old/a.py"]),
        ("sub/*.py", ["a.py", "old/a.py"]),
        ("**/old", ["a.py", "sub/gen_x.py"]),
        ("sub/**/a.py", ["a.py", "old/a.py", "sub/gen_x.py"]),
        ("", ["a.py", "old/a.py", "sub/gen_x.py", "sub/old/a.py"]),
    ],
)
def test_globs_exclude_as_ruffs_do(tmp_path: Path, pattern: str, left: list[str]) -> None:
    write(tmp_path, "a.py", "old/a.py", "sub/gen_x.py", "sub/old/a.py")
    assert found(tmp_path, extend_exclude=[pattern]) == left


def test_exclude_takes_the_place_of_the_default_list(tmp_path: Path) -> None:
    write(tmp_path, "build/a.py", "old/b.py")
    assert found(tmp_path, exclude=["old"]) == ["build/a.py"]


def test_what_is_given_is_linted_though_excluded_unless_forced(tmp_path: Path) -> None:
    write(tmp_path, "build/a.py", "old/b.py", "env/pyvenv.cfg", "env/c.py", "six.py", "ok.py")
    write(tmp_path, "six-1.dist-info/RECORD", text="six.py,,\n")
    given = ["build", "old/b.py", "env/c.py", "six.py", "ok.py"]
    assert found(tmp_path, *given, extend_exclude=["old"]) == ["build/a.py", "env/c.py", "ok.py", "old/b.py", "six.py"]
    assert found(tmp_path, *given, extend_exclude=["old"], force_exclude=True) == ["ok.py"]


@pytest.mark.parametrize(
    ("name", "may_be"),
    [
        ("Dockerfile.worker", True),
        ("worker.Dockerfile", True),
        ("worker.dockerfile", True),
        ("dockerfile", True),
        ("Containerfile", True),
        ("dockerfile.py", False),
        ("my_dockerfile", False),
    ],
)
def test_a_dockerfile_may_be_a_descriptor_however_it_is_spelt(tmp_path: Path, name: str, may_be: bool) -> None:
    write(tmp_path, name)
    candidates = python_files([tmp_path], root=tmp_path).candidates
    assert [os.path.basename(path) for path in candidates] == ([name] if may_be else [])


def test_a_file_given_that_may_be_a_descriptor_is_a_candidate(tmp_path: Path) -> None:
    write(tmp_path, "template.yaml", "main.tf", "Dockerfile", "notes.md")
    files = python_files([tmp_path / name for name in ("template.yaml", "main.tf", "Dockerfile")], root=tmp_path)
    assert [os.path.basename(path) for path in files.candidates] == ["Dockerfile", "main.tf", "template.yaml"]
    assert files.candidates == python_files([tmp_path], root=tmp_path).candidates
    assert not files.found
    assert not files.skipped


def test_a_candidate_is_excluded_and_ignored_like_any_file(tmp_path: Path) -> None:
    write(tmp_path, "template.yaml", "gone/template.yaml", "mine/template.yaml", ".git/HEAD")
    write(tmp_path, ".gitignore", text="gone/\n")
    files = python_files([tmp_path], root=tmp_path, extend_exclude=["mine/*.yaml"])
    assert [os.path.relpath(path, tmp_path) for path in files.candidates] == ["template.yaml"]


def test_a_file_given_that_is_not_python_is_skipped_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "template.txt", "a.pyi", "notes", "a.pyw")
    write(tmp_path, "script", text="#!/usr/bin/env python3\n")
    given = ["template.txt", "a.pyi", "notes", "a.pyw", "script"]
    assert found(tmp_path, *given) == ["a.pyw", "script"]
    assert reasons(tmp_path, *given) == {
        "template.txt": "not a Python file",
        "a.pyi": "a stub: nothing runs it",
        "notes": "not a Python file",
    }


# -- what must not end a run -----------------------------------------------------------------------------------------


def test_a_missing_path_is_told_apart(tmp_path: Path) -> None:
    files = python_files([tmp_path / "nothing.py", "bad\0path"])
    assert files.found == []
    assert files.missing == [str(tmp_path / "nothing.py"), "bad\0path"]


def test_a_folder_called_like_a_file_is_walked(tmp_path: Path) -> None:
    write(tmp_path, "x.py/y.py")
    assert found(tmp_path) == ["x.py/y.py"]


def test_symbolic_links_are_read_once_and_loops_end(tmp_path: Path) -> None:
    write(tmp_path, "real/z.py", "other/x.txt")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.py").symlink_to("self.py")
    (tmp_path / "broken.py").symlink_to("nowhere")
    (tmp_path / "a_link.py").symlink_to("real/z.py")
    assert found(tmp_path) == ["real/z.py"]
    assert reasons(tmp_path) == {
        "broken.py": "a symbolic link to nothing",
        "self.py": "a symbolic link to nothing",
    }


def test_a_link_to_a_file_elsewhere_is_linted_where_the_link_is(tmp_path: Path) -> None:
    write(tmp_path, "shared/common.py", "function/app.py")
    (tmp_path / "function" / "common.py").symlink_to("../shared/common.py")
    assert found(tmp_path, "function") == ["function/app.py", "function/common.py"]


def test_a_pipe_called_like_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert found(tmp_path) == []
    assert reasons(tmp_path, "pipe.py") == {"pipe.py": "not a regular file"}


@not_root
def test_an_unreadable_folder_is_skipped_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "secret/b.py")
    (tmp_path / "secret").chmod(0)
    try:
        assert found(tmp_path) == ["a.py"]
        assert reasons(tmp_path) == {"secret": "cannot be read: Permission denied"}
    finally:
        (tmp_path / "secret").chmod(0o700)


def test_a_folder_that_goes_away_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.py", "gone/b.py")
    scandir = os.scandir

    def fails(path: str) -> object:
        if str(path).endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fails)
    assert found(tmp_path) == ["a.py"]
    assert reasons(tmp_path) == {"gone": "cannot be read: No such file or directory"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/app.py", True), ("src/tests/unit/app.py", True), ("test/app.py", True), ("src/test_app.py", True),
        ("src/app_test.py", True), ("src/app_tests.py", True),
        ("conftest.py", True), ("src/app.py", False), ("latest.py", False),
        ("attest/app.py", False), ("testing.py", False), ("contest_test/app.py", False),
    ],
)  # fmt: skip
def test_tests_are_known_by_where_they_stand(path: str, expected: bool) -> None:
    assert is_test(path) is expected
