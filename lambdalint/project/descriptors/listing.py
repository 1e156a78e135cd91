"""Every file below a folder, as a reader of descriptors sees it."""

from __future__ import annotations

import os

from lambdalint.project.descriptors.reader import Files

#: What packaging tools leave out, or what holds no Python code: not looked into.
_SKIPPED = frozenset({".git", ".serverless", ".serverless_plugins", "node_modules", "__pycache__"})
_SURELY_FILES = (".py", ".txt", ".yml", ".yaml", ".json", ".md", ".toml")
_MAX_FILES = 10_000


def files_below(files: Files, folder: str) -> list[str] | None:
    """The files below `folder`, relative to it, with `/`; None where they are too many."""
    found: list[str] = []
    stack = [""]
    while stack:
        inner = stack.pop()
        for name in files.names(os.path.join(folder, inner) if inner else folder) - _SKIPPED:
            path = f"{inner}/{name}" if inner else name
            # what has no names in it is a file, or an empty folder
            if not name.endswith(_SURELY_FILES) and files.names(os.path.join(folder, path)):
                stack.append(path)
            else:
                found.append(path)
            if len(found) + len(stack) > _MAX_FILES:
                return None
    return found
