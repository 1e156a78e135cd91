"""Folders of Terraform: what their resources, and the modules that they call, deploy.

`outline`, `syntax` and `json_syntax` read files into `bodies`, `modules` what their blocks make, `evaluate` and
`functions` what expressions come to; `packages`, `lambdas`, `library`, `events`, `apis` and `sources` say of these what
is deployed.
"""

from __future__ import annotations

import os
import re

from lambdalint.finding import Position, Span
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.reader import Files, Reader
from lambdalint.project.descriptors.tree import Unreadable
from lambdalint.text import Text

_LAMBDA = re.compile(rb"aws_lambda_function|terraform-aws-lambda|terraform-aws-modules/lambda")
_LOCAL = re.compile(rb'"?source"?\s*[=:]\s*"(\.\.?/[^"\n]*)"')
#: How deep local modules are looked through for a function before anything is parsed.
_DEPTH = 5


def fits(name: str, data: bytes) -> bool:
    """Whether a file is Terraform's and makes a function, or calls a module of the project that may make one."""
    return name.endswith((".tf", ".tf.json")) and (_LAMBDA.search(data) or _LOCAL.search(data)) is not None


def read(folder: str, files: Files) -> list[Deployment]:
    """The functions that a folder deploys, those of local modules that it calls among them.

    Raises:
        Unreadable: there are none, and a file that makes one cannot be read.
    """
    texts = _files(folder, files)
    if not _mentions(folder, files, set(), _DEPTH):
        return []
    from lambdalint.project.descriptors.terraform.deployments import deployments

    try:
        found, unread = deployments(folder, files)
    except RecursionError:
        place = texts[0].place(Span(texts[0].path, Position(1, 1), Position(1, 1)))
        raise Unreadable("its values lead one into the other too deep", place, False) from None
    makers = {text.path for text in texts if _LAMBDA.search(text.data)}
    for error in unread if not found else ():
        if error.place.span().path in makers:
            raise error
    return found


def _files(folder: str, files: Files) -> list[Text]:
    names = sorted(name for name in files.names(folder) if name.endswith((".tf", ".tf.json")))
    texts = [files.text(os.path.join(folder, name)) for name in names]
    return [text for text in texts if text is not None]


def _mentions(folder: str, files: Files, seen: set[str], depth: int) -> bool:
    """Whether a function is made in a folder, or in local modules that it calls."""
    if folder in seen or depth < 0:
        return False
    seen.add(folder)
    texts = _files(folder, files)
    if any(_LAMBDA.search(text.data) for text in texts):
        return True
    called = {match.decode("utf-8", "replace") for text in texts for match in _LOCAL.findall(text.data)}
    return any(
        _mentions(os.path.normpath(os.path.join(folder, path)), files, seen, depth - 1) for path in sorted(called)
    )


READER = Reader("Terraform", fits, read, by_folder=True)
