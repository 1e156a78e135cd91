"""CDK apps, by their `cdk.json`: what a Python app makes, and what was synthesised where it cannot be followed.

`synthesised` reads cdk.out, with `originals` for what its assets are copies of. `app` runs a Python app on paper,
`constructs` is what it made; `functions` reads the functions among that, with `packages` and `bundling` for their code
and `events`, `streams`, `routes`, `permissions` for what calls them; `owners` tells which function a value stands for,
also where another stack knows it by what is `published`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.reader import Files, Reader
from lambdalint.project.descriptors.tree import read_tree

NAME = "CDK"


def fits(name: str, data: bytes) -> bool:
    """The settings of an app."""
    return name == "cdk.json" and b'"app"' in data


def read(path: str, files: Files) -> Iterator[Deployment]:
    """The functions of the app whose settings are at `path`.

    Raises:
        Unreadable: the settings, or a template that was synthesised, are no JSON.
    """
    from lambdalint.project.descriptors.cdk.app import app_of, written
    from lambdalint.project.descriptors.cdk.synthesised import synthesised

    text = files.text(path)
    if text is None:
        return
    folder = os.path.dirname(path)
    # Source is what the next deployment makes; what was synthesised may be older, and is of any language.
    made, followed = written(app_of(read_tree(text), folder, files), files)
    found = [] if made and followed else list(synthesised(folder, files))
    yield from found or made


READER = Reader(NAME, fits, read)
