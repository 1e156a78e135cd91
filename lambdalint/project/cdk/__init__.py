"""CDK apps, by their `cdk.json`: what was synthesised where it is at hand, and else what a Python app's source writes.

`synthesised` reads cdk.out, `app` the source, with `scopes` for what its names stand for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from lambdalint.project.deployment import Deployment
from lambdalint.project.reader import Files, Reader
from lambdalint.project.tree import read_tree

NAME = "CDK"


def fits(name: str, data: bytes) -> bool:
    """The settings of an app."""
    return name == "cdk.json" and b'"app"' in data


def read(path: str, files: Files) -> Iterator[Deployment]:
    """The functions of the app whose settings are at `path`.

    Raises:
        Unreadable: the settings, or a template that was synthesised, are no JSON.
    """
    from lambdalint.project.cdk.app import written
    from lambdalint.project.cdk.synthesised import synthesised

    text = files.text(path)
    if text is None:
        return
    folder = os.path.dirname(path)
    found = list(synthesised(folder, files))
    yield from found
    command = read_tree(text).get("app")
    if not found and command is not None and "python" in (command.text or ""):
        yield from written(folder, files)


READER = Reader(NAME, fits, read)
