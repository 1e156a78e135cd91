"""Mended files, written: whole or not at all, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import difflib
import os
import tempfile
from contextlib import suppress

from lambdalint.fixes.mending import Mended
from lambdalint.source import Source


def written(found: Mended) -> list[str]:
    """Write every changed file; the answer says of which that was not done, and why."""
    return [refused for path, new in found.after.items() if (refused := _write(path, found.before[path], new))]


def _write(path: str, before: bytes, new: bytes) -> str:
    """Write one file by way of another beside it, so that nobody ever reads half of it; "" where that was done."""
    real = os.path.realpath(path)  # through a link the file that it leads to is mended
    made = None
    try:
        with open(real, "rb") as file:
            if file.read() != before:
                return f"{path} has changed meanwhile, and is left as it is"
        descriptor, made = tempfile.mkstemp(dir=os.path.dirname(real), prefix=".lambdalint-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
        os.chmod(made, os.stat(real).st_mode & 0o7777)
        os.replace(made, real)
    except OSError as error:
        if made is not None:
            with suppress(OSError):
                os.unlink(made)
        return f"{path} cannot be written: {error.strerror or error}"
    return ""


def diff(found: Mended) -> str:
    """The changes as a unified diff."""
    parts: list[str] = []
    for path, new in sorted(found.after.items()):
        shown = os.path.relpath(path).replace(os.sep, "/")
        one, other = (Source(shown, data).text.splitlines(keepends=True) for data in (found.before[path], new))
        for line in difflib.unified_diff(one, other, shown, shown):
            parts.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(parts)
