"""Dockerfiles of Lambda images: the handler that CMD names, and the code that COPY puts where Lambda looks for it.

https://docs.aws.amazon.com/lambda/latest/dg/python-image.html
checked = 2026-11-24
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace

from lambdalint.project.deployment import Code, Deployment, Fact
from lambdalint.project.descriptors.dockerfile import Order, chain, stages
from lambdalint.project.descriptors.image_build import AWS_IMAGE, Build, built
from lambdalint.project.descriptors.reader import Files, Reader

NAME = "Dockerfile"

_NAMED = re.compile(r"(.+\.)?(docker|container)file(\..+)?", re.IGNORECASE)
_PYTHON_IMAGE = re.compile(r"(?:.*/)?python:(3\.\d+)?.*")
_HANDLER = re.compile(r"[\w./-]+\.\w+")


def command(files: Files, path: str) -> Fact[str] | None:
    """The handler that the Dockerfile at `path` (absolute) names, or None."""
    deployment = image_at(path, files)
    return deployment.handler if deployment is not None else None


def fits(name: str, data: bytes) -> bool:
    """A Dockerfile by its name, in which something is called after Lambda."""
    return _NAMED.fullmatch(name) is not None and b"lambda" in data.lower()


def read(path: str, files: Files) -> Iterable[Deployment]:
    """The one function of a Lambda image that names its handler."""
    deployment = image_at(path, files)
    if deployment is not None and deployment.handler is not None:
        yield deployment


READER = Reader(NAME, fits, read)


def image_at(path: str, files: Files, context: str | None = None, order: Order | None = None) -> Deployment | None:
    """What the Dockerfile at `path` builds, if it is a Lambda image of Python. `context` is the folder it is built in;
    without one it is the Dockerfile's, or the nearest above it that has what is copied. `order`: how who deploys it as
    a function has it built and run."""
    text = files.text(path)
    all_stages = stages(text, order) if text is not None else []
    made = chain(all_stages, len(all_stages) - 1) if all_stages else []
    if text is None or not made or made[0].base is None:
        return None
    aws, python = AWS_IMAGE.fullmatch(made[0].base), _PYTHON_IMAGE.fullmatch(made[0].base)
    named = order is not None and order.named and python is not None
    if aws is None and b"awslambdaric" not in text.data and not named:
        return None
    order = order or Order()
    build = built(all_stages, files, order.args)
    assert build is not None
    root = build.values.get("LAMBDA_TASK_ROOT") if aws is not None else build.folder
    if context is None:
        context = build.context_above(os.path.dirname(path))
    handler = _handler(build, aws is not None)
    version = (aws or python) and (aws or python)[1]  # type: ignore[index]
    code = Code()
    if context is not None and root is not None:
        code = build.code(context, root, order.command or handler)
    return Deployment(
        name=os.path.basename(os.path.dirname(path)) or NAME,
        descriptor=NAME,
        place=handler.place if handler is not None else made[-1].place,
        handler=handler,
        code=replace(code, image=path),
        runtime=Fact(f"python{version}", made[0].place) if version else None,
        variables=build.variables,
        layers_known=True,
        python=True,
    )


def built_at(path: str, files: Files, context: str, root: str, handler: Fact[str] | None) -> Code:
    """What the Dockerfile at `path`, whatever image it builds, copies below `root` of it from the folder `context`.
    More may be there that is not seen."""
    text = files.text(path)
    build = built(stages(text), files, {}) if text is not None else None
    return replace(build.code(context, root, handler), known=False) if build is not None else Code()


def _handler(build: Build, aws: bool) -> Fact[str] | None:
    """The handler: the one word of CMD, or the last of an ENTRYPOINT that starts the runtime's client."""
    entry, words = build.entry, build.command
    named = [word.value for word in entry]
    if "awslambdaric" in named[:-1]:
        words = entry[-1:]
    elif aws and entry and not named[-1].endswith(("awslambdaric", "lambda-entrypoint.sh")):
        return None
    return words[0] if len(words) == 1 and _HANDLER.fullmatch(words[0].value) else None
