"""Mended files, written: whole or not at all, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import difflib
import os
import stat
import tempfile
from contextlib import suppress

from lambdalint.fixes.mending import Mended


def written(found: Mended) -> dict[str, str]:
    """Write every changed file. The answer says of which that was not done, by its path, and why."""
    tried = {path: _write(path, found.before[path], new) for path, new in found.after.items()}
    return {path: refused for path, refused in tried.items() if refused}


def _write(path: str, before: bytes, new: bytes) -> str:
    """Write one file by way of another beside it, so that nobody ever reads half of it; "" where that was done. A file
    that has several names, or another owner, stays the one that it is: it is written in place."""
    real = os.path.realpath(path)  # through a link the file that it leads to is mended
    made = None
    try:
        with open(real, "rb") as file:
            if file.read() != before:
                return f"{path} has changed meanwhile, and is left as it is"
        known = os.stat(real)
        if not known.st_mode & stat.S_IWUSR or not os.access(real, os.W_OK):
            return f"{path} is read-only, and is left as it is"
        if known.st_nlink > 1 or (hasattr(os, "geteuid") and known.st_uid != os.geteuid()):
            with open(real, "r+b") as file:
                file.write(new)
                file.truncate()
            return ""
        descriptor, made = tempfile.mkstemp(dir=os.path.dirname(real), prefix=".lambdalint-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
        os.chmod(made, stat.S_IMODE(known.st_mode))
        os.replace(made, real)
    except OSError as error:
        if made is not None:
            with suppress(OSError):
                os.unlink(made)
        return f"{path} cannot be written: {error.strerror or error}"
    return ""


def diff(found: Mended) -> bytes:
    """The changes as a unified diff, in the encodings of the files: `patch -p0` and `git apply -p0` make of them what
    `--fix` does."""
    parts: list[bytes] = []
    for path, new in sorted(found.after.items()):
        shown = os.path.relpath(path).replace(os.sep, "/")
        name = os.fsencode(shown + "\t" if " " in shown else shown)  # a tab ends a name that has spaces
        one, other = _lines(found.before[path]), _lines(new)
        for line in difflib.diff_bytes(difflib.unified_diff, one, other, name, name):
            parts.append(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n")
    return b"".join(parts)


def _lines(data: bytes) -> list[bytes]:
    """The lines as patch counts them: each ends at a line feed, and nowhere else."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
