"""What is known of AWS answers against botocore itself: operations drawn at random are answered with every key, as the
service would send it, and what botocore makes of that must be what the handler is said to get, at every path.

`? path` is told of values that are no JSON and not known of. Nothing else may be otherwise.

moto and boto3 (100 MB) are no dependency of the tests: `nox -f scripts/noxfile.py -s aws` installs them for these
files.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from random import Random
from time import time_ns

import pytest

pytest.importorskip("boto3")
pytest.importorskip("moto.core.serialize")

import botocore
from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from lambdalint.interpreter import draw, run
from lambdalint.interpreter.library.aws import building
from lambdalint.interpreter.library.aws.answers import botocore_version
from lambdalint.interpreter.shapes import Shape
from lambdalint.project.code.modules import Workspace
from lambdalint.project.function import Function

from .aws_wire import client_of, real_answer, services
from .shape_of_real import differences

#: Other versions have other models.
pytestmark = pytest.mark.skipif(botocore.__version__ != botocore_version(), reason="another botocore than the table's")

SEED = int(os.environ.get("AWS_SEED", time_ns() % 1_000_000))
#: Services, and operations of each.
SAMPLE = (int(os.environ.get("AWS_SERVICES", 25)), int(os.environ.get("AWS_OPERATIONS", 8)))


def said(folder: Path, service: str, operations: list[str]) -> dict[str, Shape]:
    """What is said to come back of each operation."""
    calls = "\n".join(f"    save({name!r}, client.{name}(**event))" for name in operations)
    code = f"import boto3\nfrom outside import save\nclient = boto3.client({service!r})\n"
    workspace = Workspace(str(folder))
    source = workspace.add(str(folder / "app.py"), f"{code}def handler(event, context):\n{calls}\n".encode())
    record = run(Function(source, "handler", "app"), workspace.finder(source))
    found: dict[str, Shape] = {}
    for call in record.calls:
        if call.name == "outside.save":
            found[call.arguments[0].value] = call.arguments[1]  # type: ignore[union-attr]
    assert len(found) == len(operations)
    return found


def wrong(folder: Path, service: str, operations: list[str], rng: Random) -> tuple[list[str], int]:
    """What differs, and how many operations could be asked."""
    shown, asked = [], 0
    client = client_of(service)
    for name, shape in said(folder, service, [xform_name(one) for one in operations]).items():
        operation = client.meta.method_to_api_mapping.get(name, "")
        try:
            real = real_answer(client, operation, rng) if operation else None
        except (
            BotoCoreError,
            ClientError,
            ResponseParserError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
        ) as error:
            shown.append(f"! {service}.{name}: {type(error).__name__}: {error}")
            continue
        if real is not None:
            asked += 1
            shown += [f"{service}.{name}: {one}" for one in differences(real, shape)]
    return shown, asked


def test_answers_are_what_botocore_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The definitions of QuickSight have more parts than a run looks at; here the table is compared whole.
    monkeypatch.setattr(building, "MAX_ANSWER", 1_000_000)
    monkeypatch.setattr(draw, "MAX_PARTS", 1_000_000)
    print(f"AWS_SEED={SEED}")
    rng = Random(SEED)
    total, shown = 0, []
    names = services()
    for service in rng.sample(names, min(SAMPLE[0], len(names))):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            operations = client_of(service).meta.service_model.operation_names
            some = rng.sample(list(operations), min(SAMPLE[1], len(operations)))
            found, asked = wrong(tmp_path, service, some, rng)
        shown += found
        total += asked
    print("\n".join(shown))
    assert [one for one in shown if one[0] not in "!"] == []
