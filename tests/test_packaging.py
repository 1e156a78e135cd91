"""What the wheel holds, to the file."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lambdalint import __version__

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_it_holds_the_package_its_data_the_pages_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "lambdalint").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    pages = {f"lambdalint/rules/{path.name}" for path in (ROOT / "rules").glob("*.md")}
    info = f"lambdalint-{__version__}.dist-info"
    about = {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    assert len(pages) > 20
    assert "lambdalint/py.typed" in package
    assert set(wheel.namelist()) == package | pages | about


def test_it_has_the_script_and_says_what_it_needs(wheel: zipfile.ZipFile) -> None:
    info = f"lambdalint-{__version__}.dist-info"
    assert "lambdalint = lambdalint.cli:main" in wheel.read(f"{info}/entry_points.txt").decode()
    needs = [line for line in wheel.read(f"{info}/METADATA").decode().split("\n") if line.startswith("Requires-Dist")]
    plain = sorted(line.split(": ")[1].split(">")[0].lower() for line in needs if "extra ==" not in line)
    assert plain == ["libcst", "packaging", "pathspec", "pyflakes", "python-hcl2", "pyyaml", "tomli"]


def test_an_installed_package_finds_its_pages(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    shown = subprocess.run(
        [sys.executable, "-m", "lambdalint", "explain", "LL202"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert shown.stdout.startswith("LL202 return-not-serializable\n")
    assert (tmp_path / "lambdalint" / "rules").is_dir()
