"""What the standard library returns, as typeshed says and the table has it, against the library: rows drawn at random
are called, and expressions that handlers write are run by Python and on paper.

TYPESHED_SEED repeats a run; TYPESHED_ROWS=all asks of every row, in a minute.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import random
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from lambdalint.interpreter import run
from lambdalint.interpreter.library import stubs
from lambdalint.interpreter.library.types import parse
from lambdalint.interpreter.shapes import Anything, Shape
from lambdalint.project.code.modules import Workspace
from lambdalint.project.function import Function

from .containment import Checker
from .pictures import Camera
from .standard_expressions import EXPRESSIONS, MODULES

HERE = Path(__file__).parent
SEED = int(os.environ.get("TYPESHED_SEED") or random.SystemRandom().randrange(1 << 32))
ROWS = os.environ.get("TYPESHED_ROWS") or "250"


def test_a_call_gives_what_the_table_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row for row in map(_question, stubs.rows()) if row is not None]
    above = {row["owner"]: list(stubs.above(row["owner"])) for row in rows if row["owner"]}
    if ROWS != "all":
        rows = random.Random(SEED).sample(rows, int(ROWS))
    defined = [name.rpartition(".")[::2] for name, _, _ in stubs.rows()]
    asked = json.dumps({"above": above, "defined": defined, "rows": rows, "seed": SEED, "tries": 20})
    subprocess.run(
        [sys.executable, "-X", "utf8", HERE / "stub_calls.py"],
        input=asked.encode(), cwd=tmp_path, env={"PATH": os.defpath, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        capture_output=True, check=True,
    )  # fmt: skip
    answer = json.loads((tmp_path / "answer.json").read_text())
    came = sum(1 for times in answer["fitted"].values() if times)
    with capsys.disabled():
        print(f"\ntypeshed oracle: TYPESHED_SEED={SEED}, {came} of {len(rows)} rows came as they say")
    assert answer["wrong"] == {}
    assert came > len(rows) / 3


def _question(row: tuple[str, str, str]) -> dict[str, Any] | None:
    """A row as stub_calls takes it; None where this Python has no such name."""
    name, sign, said = row
    owner, _, own = name.rpartition(".")
    try:
        module = importlib.import_module("os.path" if owner == "posixpath" else owner)
    except ImportError:
        module = None
    if module is not None and not hasattr(module, own):
        return None
    return {
        "name": name, "owner": "" if module is not None else owner, "attribute": own, "parsed": parse(said),
        "how": "call" if sign == ":" else "attribute", "module": owner, "path": own,
    }  # fmt: skip


def _outside() -> types.ModuleType:
    """What the expressions begin with."""
    sys.path.insert(0, str(HERE))
    try:
        values = importlib.import_module("stub_values")
    finally:
        sys.path.remove(str(HERE))
    made = types.ModuleType("outside")
    made.__dict__.update(
        ZIP=values.ZIP, TAR=values.TAR, MAIL=values.MAIL, NOW=values.NOW, GZIP=gzip.compress(b"one\ntwo\n"),
        CONFIG=values.SAMPLES["configparser.ConfigParser"](),
    )  # fmt: skip
    return made


def on_paper(folder: Path) -> dict[str, Shape]:
    """What is said to come of each expression."""
    lines = [f"import {name}" for name in MODULES]
    lines += ["import outside", "from outside import CONFIG, GZIP, MAIL, NOW, TAR, ZIP", "def handler(event, context):"]
    lines += [f"    outside.save({number}, {text})" for number, text in enumerate(EXPRESSIONS)]
    workspace = Workspace(str(folder))
    source = workspace.add(str(folder / "app.py"), "\n".join(lines).encode())
    record = run(Function(source, "handler", "app"), workspace.finder(source))
    found: dict[str, Shape] = {}
    for call in record.calls:
        if call.name == "outside.save":
            found[EXPRESSIONS[call.arguments[0].value]] = call.arguments[1]  # type: ignore[union-attr]
    return found


def test_what_an_expression_gives_is_known_and_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = on_paper(tmp_path)
    assert list(said) == EXPRESSIONS
    names: dict[str, Any] = {**vars(_outside())}
    for module in MODULES:
        importlib.import_module(module)
        names[module.partition(".")[0]] = sys.modules[module.partition(".")[0]]
    wrong = []
    for text, shape in said.items():
        if isinstance(shape, Anything):
            wrong.append(f"{text} is not known")
            continue
        reason = Checker().why_not(shape, Camera(frozenset(), {}).shoot(eval(text, names)))
        if reason is not None:
            wrong.append(f"{text}: {reason}")
    assert wrong == [], "\n".join(wrong)


def test_the_table_says_what_it_was_made_from() -> None:
    made = stubs.made_from()
    assert made["stubs"] == ["3.10", "3.14"]
    assert made["typeshed-client"].count(".") == 2


def test_every_type_of_the_table_is_one_of_the_little_language() -> None:
    for name, sign, said in stubs.rows():
        assert parse(said), name
        assert sign == ":" or "iterator" not in said, name
