"""The project's modules: where Lambda would find them, read once, shown as people see them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lambdalint.project.code.modules import IMPORTED_BY_RUNTIME, Workspace
from lambdalint.source import Source


def write(root: Path, *paths: str, text: str = "x = 1\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write(root, "template.yaml", "outside.py")
    (root / "outside.py").rename(tmp_path / "outside.py")
    return root


def find(root: Path, handler: str, dotted: str, level: int = 0, importer: str | None = None) -> str | None:
    workspace = Workspace(root)
    source = workspace.open(root / handler)
    found = workspace.finder(source).find(workspace.open(root / (importer or handler)), dotted, level)
    return None if found is None else found.path


# -- reading ---------------------------------------------------------------------------------------------------------


def test_a_file_is_read_once_whatever_path_leads_to_it(project: Path) -> None:
    write(project, "src/app.py")
    (project / "link.py").symlink_to("src/app.py")
    workspace = Workspace(project)
    source = workspace.open(project / "src" / "app.py")
    assert workspace.open(project / "src" / ".." / "src" / "app.py") is source
    assert workspace.open(project / "link.py") is source
    assert workspace.path_of(source) == str(project / "src" / "app.py")


def test_paths_are_shown_relative_to_where_it_runs(project: Path) -> None:
    write(project, "src/app.py")
    assert Workspace(project).open(project / "src/app.py").path == "src/app.py"
    assert Workspace(project / "src").open(project / "src/app.py").path == "app.py"
    elsewhere = Workspace(project / "other").open(project / "src/app.py").path
    assert elsewhere == f"{project}/src/app.py".replace(os.sep, "/")


def test_what_cannot_be_read_raises_os_error(project: Path) -> None:
    os.mkfifo(project / "pipe.py")
    (project / "folder.py").mkdir()
    for name in ("pipe.py", "folder.py", "nothing.py"):
        with pytest.raises(OSError):  # noqa: PT011
            Workspace(project).open(project / name)


def test_data_may_be_held_for_a_file_that_is_not_there(project: Path) -> None:
    write(project, "app.py", text="on disk")
    workspace = Workspace(project)
    assert workspace.open(project / "app.py").text == "on disk"
    buffer = workspace.add(project / "app.py", b"in the editor")
    new = workspace.add(project / "new.py", b"from standard input")
    assert workspace.open(project / "app.py") is buffer
    assert workspace.finder(buffer).find(buffer, "new", 0) is new


def test_tests_are_judged_by_their_place_in_their_project(project: Path) -> None:
    write(project, "tests/unit/x.py", "tests/demo/app.py", "tests/demo/template.yaml", "src/app.py")
    workspace = Workspace(project)
    judged = {name: workspace.is_test(workspace.open(project / name)) for name in
              ("tests/unit/x.py", "tests/demo/app.py", "src/app.py")}  # fmt: skip
    assert judged == {"tests/unit/x.py": True, "tests/demo/app.py": False, "src/app.py": False}


# -- absolute imports ------------------------------------------------------------------------------------------------


def test_the_nearest_folder_that_has_the_module_is_taken(project: Path) -> None:
    write(project, "src/orders/app.py", "src/orders/models.py", "src/models.py", "src/shared.py", "models.py", "top.py")
    assert find(project, "src/orders/app.py", "models") == "src/orders/models.py"
    assert find(project, "src/orders/app.py", "shared") == "src/shared.py"
    assert find(project, "src/orders/app.py", "top") == "top.py"
    assert find(project, "src/orders/app.py", "src.models") == "src/models.py"
    assert find(project, "src/orders/app.py", "orders.models") == "src/orders/models.py"
    assert find(project, "src/orders/app.py", "nothing") is None


def test_the_importers_folder_is_not_on_the_path(project: Path) -> None:
    write(project, "app.py", "lib/a.py", "lib/b.py")
    assert find(project, "app.py", "b", importer="lib/a.py") is None
    assert find(project, "app.py", "lib.b", importer="lib/a.py") == "lib/b.py"


def test_packages_with_and_without_init(project: Path) -> None:
    write(project, "app.py", "pkg/__init__.py", "pkg/sub/mod.py", "space/mod.py", "both/__init__.py", "both.py")
    assert find(project, "app.py", "pkg") == "pkg/__init__.py"
    assert find(project, "app.py", "pkg.sub.mod") == "pkg/sub/mod.py"
    assert find(project, "app.py", "space") is None
    assert find(project, "app.py", "space.mod") == "space/mod.py"
    assert find(project, "app.py", "both") == "both/__init__.py"


def test_a_module_beside_a_folder_without_init_is_no_package(project: Path) -> None:
    write(project, "app.py", "name.py", "name/mod.py")
    assert find(project, "app.py", "name") == "name.py"
    assert find(project, "app.py", "name.mod") is None


def test_src_and_python_folders_beside_the_path_count(project: Path) -> None:
    write(project, "functions/a/app.py", "src/shared.py", "python/layered.py")
    assert find(project, "functions/a/app.py", "shared") == "src/shared.py"
    assert find(project, "functions/a/app.py", "layered") == "python/layered.py"


@pytest.mark.parametrize(
    "place",
    [
        "layers/common/python",
        "layers/common",
        "layer/python",
        "layer",
        "common_layer/python",
        "CommonLayer",
        "layers/python",
    ],
)
def test_layers_count_if_one_alone_has_the_module(project: Path, place: str) -> None:
    write(project, "functions/a/app.py", "functions/a/pyproject.toml", f"{place}/shared/db.py")
    assert find(project, "functions/a/app.py", "shared.db") == f"{place}/shared/db.py"
    write(project, "layers/second/python/shared/db.py")
    assert find(project, "functions/a/app.py", "shared.db") is None


def test_the_search_ends_at_the_top_of_the_project(project: Path) -> None:
    write(project, "app.py")
    assert find(project, "app.py", "outside") is None


def test_a_folder_of_its_own_is_the_top_where_nothing_marks_one(tmp_path: Path) -> None:
    write(tmp_path, "a/app.py", "a/near.py", "far.py")
    workspace = Workspace(tmp_path / "elsewhere")
    handler = workspace.open(tmp_path / "a" / "app.py")
    assert workspace.finder(handler).find(handler, "near", 0) is workspace.open(tmp_path / "a" / "near.py")
    assert workspace.finder(handler).find(handler, "far", 0) is None
    assert find(tmp_path, "a/app.py", "far") == "far.py"


@pytest.mark.parametrize("name", ["queue", "calendar", "csv", "imp"])
def test_the_standard_library_comes_first_except_before_the_handlers_folder(project: Path, name: str) -> None:
    write(project, "src/app.py", f"{name}.py")
    assert find(project, "src/app.py", name) is None
    write(project, f"src/{name}.py")
    assert find(project, "src/app.py", name) == f"src/{name}.py"


@pytest.mark.parametrize("name", ["json", "logging", "os", "time", "logging.handlers"])
def test_what_the_runtime_has_imported_is_never_the_projects(project: Path, name: str) -> None:
    write(project, "app.py", f"{name.replace('.', '/')}.py")
    assert find(project, "app.py", name) is None


def test_what_the_runtime_has_imported_is_what_it_imports() -> None:
    import subprocess
    import sys

    pytest.importorskip("awslambdaric")
    places = [path for path in sys.path if path.endswith("site-packages")]
    code = (
        f"import sys; sys.path += {places!r}; import awslambdaric.bootstrap; "
        "print(*{m.split('.')[0] for m in sys.modules} & sys.stdlib_module_names)"
    )
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    if ran.returncode:
        pytest.skip("the runtime client does not import here")
    imported = {name for name in ran.stdout.split() if not name.startswith("_")}
    assert {"json", "logging", "os", "time", "math"} <= imported
    assert imported - IMPORTED_BY_RUNTIME <= {"heapq", "queue", "bisect", "random", "platform"}  # other Pythons' own


def test_installed_packages_are_outside(project: Path) -> None:
    write(project, "app.py", "requests/__init__.py", "requests/api.py", "requests/mine.py", "src/requests/api.py")
    write(project, "requests-2.dist-info/RECORD", text="requests/__init__.py,,\nrequests/api.py,,\n")
    assert find(project, "app.py", "requests") is None
    assert find(project, "app.py", "requests.api") is None
    assert find(project, "app.py", "requests.mine") == "requests/mine.py"


def test_names_are_compared_as_python_does_on_every_file_system(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, "app.py", "Models.py")
    for question in ("exists", "isfile", "isdir"):
        monkeypatch.setattr(os.path, question, lambda path: path.lower().endswith("models.py"))
    assert find(project, "app.py", "models") is None
    assert find(project, "app.py", "Models") == "Models.py"


@pytest.mark.parametrize("dotted", ["", ".", "..", "a..b", "../outside", "/etc/passwd", "a/b", "app.", ".app", "\0"])
def test_a_name_that_is_none_finds_nothing(project: Path, dotted: str) -> None:
    write(project, "app.py", "a/b.py")
    assert find(project, "app.py", dotted) is None


# -- relative imports ------------------------------------------------------------------------------------------------


def test_relative_imports_go_by_the_importer(project: Path) -> None:
    write(project, "app.py", "pkg/__init__.py", "pkg/a.py", "pkg/sub/__init__.py", "pkg/sub/b.py", "pkg/sub/c.py")
    assert find(project, "app.py", "c", 1, "pkg/sub/b.py") == "pkg/sub/c.py"
    assert find(project, "app.py", "", 1, "pkg/sub/b.py") == "pkg/sub/__init__.py"
    assert find(project, "app.py", "a", 2, "pkg/sub/b.py") == "pkg/a.py"
    assert find(project, "app.py", "sub.c", 1, "pkg/__init__.py") == "pkg/sub/c.py"
    assert find(project, "app.py", "", 2, "pkg/sub/__init__.py") == "pkg/__init__.py"
    assert find(project, "app.py", "pkg", 1) == "pkg/__init__.py"


def test_relative_imports_need_no_init(project: Path) -> None:
    write(project, "src/app.py", "src/a.py")
    assert find(project, "src/app.py", "a", 1) == "src/a.py"
    assert find(project, "src/app.py", "", 1) is None


def test_relative_imports_end_at_the_top_of_the_project(project: Path) -> None:
    write(project, "app.py")
    assert find(project, "app.py", "outside", 2) is None
    assert find(project, "app.py", "outside", 50) is None


def test_an_importer_that_was_not_opened_here_has_no_neighbours(project: Path) -> None:
    write(project, "app.py", "a.py")
    workspace = Workspace(project)
    finder = workspace.finder(workspace.open(project / "app.py"))
    assert finder.find(Source("app.py", b""), "a", 1) is None


# -- symbolic links --------------------------------------------------------------------------------------------------


def test_links_within_the_project_are_followed_and_others_are_not(project: Path) -> None:
    write(project, "functions/a/app.py", "shared/common/__init__.py", "shared/common/db.py")
    write(project.parent, "elsewhere/secret.py")
    (project / "functions/a/common").symlink_to("../../shared/common")
    (project / "functions/a/other").symlink_to(project.parent / "elsewhere")
    (project / "functions/a/loop").symlink_to(".")
    assert find(project, "functions/a/app.py", "common.db") == "functions/a/common/db.py"
    assert find(project, "functions/a/app.py", "other.secret") is None
    assert find(project, "functions/a/app.py", ".".join(["loop"] * 60 + ["nothing"])) is None
    assert find(project, "functions/a/app.py", "loop.loop.app") == "functions/a/app.py"
