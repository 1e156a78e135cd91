"""What is known of what AWS operations take against botocore itself: parameters drawn at random of the models, whole
and broken in one place, are given to real clients that send nothing. What is said to be refused must be, and what is
broken by a type or by what is missing must be said.

boto3 is no dependency of the tests: `nox -f scripts/noxfile.py -s aws` installs it.
"""

from __future__ import annotations

import copy
import os
from datetime import datetime
from keyword import iskeyword
from pathlib import Path
from random import Random
from time import time_ns
from typing import Any

import pytest

pytest.importorskip("boto3")

import boto3
import botocore
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ParamValidationError

from lambdalint.interpreter import run
from lambdalint.interpreter.library.aws.answers import botocore_version
from lambdalint.interpreter.library.aws.requests import called, requests
from lambdalint.project.code.modules import Workspace
from lambdalint.project.function import Function

#: Other versions have other models.
pytestmark = pytest.mark.skipif(botocore.__version__ != botocore_version(), reason="another botocore than the table's")

SEED = int(os.environ.get("AWS_SEED", time_ns() % 1_000_000))
#: Services, operations of each, and ways to break each.
SAMPLE = (int(os.environ.get("AWS_SERVICES", 6)), int(os.environ.get("AWS_OPERATIONS", 8)), 4)
PARTIAL = ("ec2", "rds", "iam", "organizations", "route53", "glue", "batch", "codepipeline", "codebuild", "ce")


class Sent(Exception):
    """The call got past the validation."""


def whole(shape: Any, rng: Random, depth: int = 0) -> Any:
    """Parameters that a shape takes: what is required, and some of the rest."""
    kind = shape.type_name
    if kind == "structure":
        members = list(shape.members)
        if getattr(shape, "is_document_type", False):
            return {"any": 1}
        if shape.is_tagged_union:
            members = members[:1]
            return {name: whole(shape.members[name], rng, depth + 1) for name in members}
        some = [name for name in members if name in shape.required_members or (depth < 3 and rng.random() < 0.4)]
        return {name: whole(shape.members[name], rng, depth + 1) for name in some if depth < 8}
    if kind == "list":
        least = shape.metadata.get("min", 1)
        return [whole(shape.member, rng, depth + 1) for _ in range(max(1, least))] if depth < 8 else []
    if kind == "map":
        return {"a" * max(1, shape.key.metadata.get("min", 1)): whole(shape.value, rng, depth + 1)} if depth < 8 else {}
    if kind in ("string", "character"):
        return shape.enum[0] if shape.enum else "a" * max(3, shape.metadata.get("min", 3))
    low = shape.metadata.get("min", 1)
    if kind in ("integer", "long", "float", "double"):
        return int(low) if kind in ("integer", "long") else float(low)
    if kind == "boolean":
        return True
    return rng.choice((datetime(2026, 1, 2), 3, "2026-01-02") if kind == "timestamp" else (b"x", "x"))


WRONG = (None, 3, 2.5, True, "text", b"bytes", [1], {"k": 1}, (1, 2), datetime(2026, 1, 2))


def spots(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything in some parameters."""
    found = [way] if way else []
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        found += spots(part, (*way, key))
    return found


def broken(value: dict[str, Any], rng: Random) -> dict[str, Any]:
    """Parameters with one value replaced or taken away."""
    made = copy.deepcopy(value)
    ways = spots(made)
    if not ways:
        return {"Nothing": 1}
    way = rng.choice(ways)
    inside: Any = made
    for key in way[:-1]:
        inside = inside[key]
    if rng.random() < 0.3 and isinstance(inside, dict):
        del inside[way[-1]]
    else:
        inside[way[-1]] = rng.choice(WRONG)
    return made


def refuses(client: Any, name: str, given: dict[str, Any]) -> str:
    """What botocore says against it; nothing where it sends it."""
    try:
        getattr(client, name)(**copy.deepcopy(given))
    except Sent:
        return ""
    except ParamValidationError as error:
        return str(error)
    except (AttributeError, TypeError) as error:
        return f"{type(error).__name__}: {error}"
    except Exception as error:  # before it, or after: a name of a bucket, an endpoint that is made of a parameter
        return f"{type(error).__name__} of something else"
    return ""


def said(folder: Path, service: str, name: str, given: dict[str, Any]) -> str:
    """What is said against a call; nothing where nothing is."""
    named = {key: value for key, value in given.items() if not iskeyword(key)}
    spread = {key: value for key, value in given.items() if iskeyword(key)}
    written = ", ".join([*(f"{key}={value!r}" for key, value in named.items()), *([f"**{spread!r}"] if spread else [])])
    head = f"import boto3, datetime\nclient = boto3.client({service!r})\ndef handler(event, context):\n"
    workspace = Workspace(str(folder))
    source = workspace.add(str(folder / "app.py"), f"{head}    client.{name}({written})\n".encode())
    record = run(Function(source, "handler", "app"), workspace.finder(source))
    return "; ".join(one.why for one in record.refusals)


def told(message: str) -> bool:
    """Whether something botocore says is among what is known: not how long a text is, nor which names there are."""
    return any(word in message for word in ("Invalid type", "Missing required", "Error:"))


SERVICES = [*called(), *PARTIAL]


@pytest.mark.parametrize("service", Random(SEED).sample(SERVICES, min(SAMPLE[0], len(SERVICES))))
def test_what_is_refused_is_what_botocore_refuses(service: str, tmp_path: Path) -> None:
    print(f"AWS_SEED={SEED} {service}")
    rng = Random(f"{SEED}{service}")
    session = boto3.Session("AKIAXXXXXXXXXXXXXXXX", "secret", region_name="us-east-1")
    client = session.client(service, endpoint_url="http://127.0.0.1:9", config=Config(retries={"max_attempts": 1}))
    client.meta.events.register_first("before-call", _sent)
    known = requests(service)
    assert known is not None
    model = client.meta.service_model
    names = {xform_name(one): one for one in model.operation_names}
    some = [name for name, number in known.operations.items() if number not in ("", "?") and hasattr(client, name)]
    calls: list[tuple[str, dict[str, Any]]] = []
    for name in rng.sample(some, min(SAMPLE[1], len(some))):
        good = whole(model.operation_model(names[name]).input_shape, rng)
        calls += [(name, good), *((name, broken(good, rng)) for _ in range(SAMPLE[2]))]
    wrong = []
    for name, given in calls:
        real, found = refuses(client, name, given), said(tmp_path, service, name, given)
        if found and not real:
            wrong.append(f"{name}({given}): {found}, and botocore takes it")
        if told(real) and not found:
            wrong.append(f"{name}({given}): nothing is said, and botocore: {real}")
    assert wrong == [], "\n".join(wrong)


def _sent(**_: Any) -> None:
    raise Sent
