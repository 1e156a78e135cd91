"""`package.patterns` of serverless.yml: which of a service's files are packaged.

The Framework starts with every file, takes the patterns in their order (micromatch, with `dot`), and `!` leaves out:
https://www.serverless.com/framework/docs/providers/aws/guide/packaging
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lambdalint.project.descriptors.listing import files_below
from lambdalint.project.descriptors.reader import Files

#: More stars than this in one pattern make its expression slow.
_MAX_STARS = 10
#: Signs of what is not read here: classes of characters, groups, ranges.
_UNREAD = re.compile(r"[\[\](){}|+@\\]|\.\.|^/")


def packaged(files: Files, folder: str, patterns: Sequence[str]) -> frozenset[str] | None:
    """The files below `folder`, relative to it, that the patterns leave; None where that cannot be told."""
    tests: list[tuple[bool, re.Pattern[str]]] = []
    for written in patterns:
        leaves_out = written.startswith("!")
        found = _pattern(written[1:] if leaves_out else written)
        if found is None:
            return None
        tests += [(not leaves_out, pattern) for pattern in found]
    names = files_below(files, folder)
    if names is None:
        return None
    kept = set()
    for name in names:
        verdict = True
        for takes, pattern in tests:
            if verdict != takes and pattern.fullmatch(name):
                verdict = takes
        if verdict:
            kept.add(name)
    return frozenset(kept)


def _pattern(glob: str) -> list[re.Pattern[str]] | None:
    """A glob as expressions for whole paths, one for each of the ways of its braces; None where it has what is not
    read."""
    glob = glob.removeprefix("./")
    spread = [glob]
    braces = re.search(r"\{([^{}]*)\}", glob)
    if braces is not None and ".." not in braces[1] and "," in braces[1]:
        spread = [glob[: braces.start()] + way + glob[braces.end() :] for way in braces[1].split(",")]
    if any(_UNREAD.search(way) for way in spread) or glob.count("*") > _MAX_STARS or glob.count(",") > 50:
        return None
    return [re.compile(_expression(way)) for way in spread]


def _expression(glob: str) -> str:
    """`**` as a whole part is any number of folders; elsewhere `*` and `**` stay inside one."""
    parts = re.sub(r"(?:\*\*/)+", "**/", glob).split("/")
    made = ""
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            made += ".*" if last else "(?:[^/]+/)*"
            continue
        piece = re.escape(re.sub(r"\*+", "*", part)).replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
        made += piece if last else f"{piece}/"
    return made
