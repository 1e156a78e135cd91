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
    """The one function of a Lambda image that names its handler. Who deploys it may give it more variables."""
    deployment = image_at(path, files)
    if deployment is not None and deployment.handler is not None:
        yield replace(deployment, variables_known=False)


READER = Reader(NAME, fits, read)


def image_at(path: str, files: Files, context: str | None = None, order: Order | None = None) -> Deployment | None:
    """What the Dockerfile at `path` builds, if it is a Lambda image of Python. `context` is the folder it is built in;
    without one it is the Dockerfile's, or the nearest above it that has what is copied. `order`: how who deploys it as
    a function has it built and run; an image that is one surely may be made of any other, or start by a script, where
    it has the module that its command names. `variables_known`: the image itself brings no variables but those."""
    text = files.text(path)
    all_stages = stages(text, order) if text is not None else []
    made = chain(all_stages, len(all_stages) - 1) if all_stages else []
    if text is None or not made:
        return None
    base, named = made[0].base or "", order is not None and order.named
    aws, python = AWS_IMAGE.fullmatch(base), _PYTHON_IMAGE.fullmatch(base)
    has_client = aws is not None or (base != "" and b"awslambdaric" in text.data)
    if not has_client and not named:
        return None
    order = order or Order()
    build = built(all_stages, files, order.args)
    assert build is not None
    if context is None:
        context = build.context_above(os.path.dirname(path))
    root = build.values.get("LAMBDA_TASK_ROOT") if aws is not None else build.folder
    by_script = _starts_by_script(build)
    unseen = (aws is not None and by_script) or not (has_client or python is not None)
    handler = _handler(build, aws is not None and not (unseen and named))
    code, started = Code(), order.command or handler
    if unseen and named:
        code = _holding(build, context, (root,) if aws is not None else (root, *build.targets()), started)
        if code.folder is None and aws is None:
            return None
        handler = handler if code.folder is not None else None
    elif context is not None and root is not None:
        code = build.code(context, root, started)
        code = code if aws is not None or python is not None else replace(code, known=False)
    version = (aws or python) and (aws or python)[1]  # type: ignore[index]
    return Deployment(
        name=os.path.basename(os.path.dirname(path)) or NAME,
        descriptor=NAME,
        place=handler.place if handler is not None else made[-1].place,
        handler=handler,
        code=replace(code, image=path),
        runtime=Fact(f"python{version}", made[0].place) if version else None,
        variables=build.variables,
        variables_known=(aws is not None or python is not None) and not by_script,
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
    if "awslambdaric" in [word.value for word in entry[:-1]]:
        words = entry[-1:]
    elif aws and entry and not build.starts_client:
        return None
    return words[0] if len(words) == 1 and _HANDLER.fullmatch(words[0].value) else None


def _starts_by_script(build: Build) -> bool:
    """Whether ENTRYPOINT is a script, which starts the runtime's client in its turn."""
    name = os.path.basename(build.entry[-1].value) if build.entry else ""
    return name != "lambda-entrypoint.sh" and (name.endswith(".sh") or "entrypoint" in name)


def _holding(build: Build, context: str | None, roots: Iterable[str | None], handler: Fact[str] | None) -> Code:
    """The code below the first of some folders of the image that has the handler's module; more may be there. An image
    of which not all is seen has a script for its command, too: `app.py` is no handler."""
    module, _, name = handler.value.rpartition(".") if handler is not None else ("", "", "")
    if context is None or name == "py" or (build.entry and not build.starts_client and not _starts_by_script(build)):
        return Code()
    for root in dict.fromkeys(roots):
        code = build.code(context, root, handler) if root is not None else Code()
        if code.folder is not None and build.holds(code, module):
            return replace(code, known=False)
    return Code()
