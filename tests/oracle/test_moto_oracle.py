"""What is known of boto3 against boto3: handlers are run by Python, with moto as AWS, and on paper, and each value that
they print must be what the record says it is, at every path.

Every `print(name, value)` is reached once or more often in both runs. A name that ends in `?` is of a value of which
nothing is said; of any other, nothing that is no JSON may be unknown.
"""

from __future__ import annotations

import io
import sys
import types
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from lambdalint.interpreter import run
from lambdalint.interpreter.library.aws.answers import botocore_version
from lambdalint.interpreter.shapes import Shape
from lambdalint.project.code.modules import Workspace
from lambdalint.project.function import Function

botocore = pytest.importorskip("botocore")
pytest.importorskip("boto3")
moto = pytest.importorskip("moto")
shapes_of = pytest.importorskip("tests.oracle.shape_of_real")

#: Other versions have other models.
pytestmark = pytest.mark.skipif(botocore.__version__ != botocore_version(), reason="another botocore than the table's")

FOLDER = Path(__file__).parent / "moto_handlers"
HANDLERS = sorted(FOLDER.glob("*.txt"))


def code_zip() -> bytes:
    """The code of a function that moto keeps and never runs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("app.py", "def handler(event, context): return 1")
    return made.getvalue()


def happened(text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """What Python prints."""
    found: dict[str, list[Any]] = defaultdict(list)
    outside = types.ModuleType("outside")
    outside.code_zip = code_zip  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "outside", outside)
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.setenv(name, "us-east-1")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    module: dict[str, Any] = {"__name__": "app", "print": lambda name, value: found[name].append(value)}
    with moto.mock_aws():
        exec(compile(text, "app.py", "exec"), module)
        module["handler"]({}, None)
    return found


def said(text: str, folder: Path) -> dict[str, list[Shape]]:
    """What is printed on paper."""
    workspace = Workspace(str(folder))
    source = workspace.add(str(folder / "app.py"), text.encode())
    found: dict[str, list[Shape]] = defaultdict(list)
    for call in run(Function(source, "handler", "app"), workspace.finder(source)).calls:
        if call.name == "print":
            found[call.arguments[0].value].append(call.arguments[1])  # type: ignore[union-attr]
    return found


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: path.stem)
def test_what_is_printed_is_what_is_said(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text("utf-8")
    real = happened(text, monkeypatch)
    shapes = said(text, tmp_path)
    wrong = [f"{name}: never printed on paper" for name in real if name not in shapes]
    for name, values in real.items():
        for value in values:
            # One value on paper may stand for several, and several paths may lead to one call.
            found = [list(shapes_of.differences(value, shape)) for shape in shapes.get(name, [])]
            if name.endswith("?"):
                found = [[one for one in some if not one.startswith("?")] for some in found]
            if found and all(found):
                wrong += [f"{name}: {one}" for one in min(found, key=len)]
    assert not wrong, "\n".join(wrong)
