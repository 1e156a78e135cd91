"""A baseline: the findings that a project had when it began, in a file. What stands there is not told again.

The file is JSON that people can read and merge: a finding a line, sorted, known by what stands on its lines and not by
their numbers (`fingerprints`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lambdalint.finding import Finding
from lambdalint.fingerprints import fingerprints

_VERSION = 1


class BaselineError(Exception):
    """The file is none, or of another version."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding, as the file has it."""

    path: str
    code: str
    fingerprint: str
    message: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The findings that are new, those that the baseline has, and its entries that no finding is known by any more."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    stale: tuple[Entry, ...]


def dumped(findings: Sequence[Finding], lines: Mapping[str, Sequence[str]]) -> str:
    """The text of a baseline of these findings."""
    rows = sorted(
        {"path": one.span.path, "code": one.code, "fingerprint": known, "message": one.message}.items()
        for one, known in zip(findings, fingerprints(findings, lines))
    )
    entries = ",\n".join("    " + json.dumps(dict(row), sort_keys=True) for row in rows)
    return f'{{\n  "version": {_VERSION},\n  "findings": [\n{entries}\n  ]\n}}\n' if rows else _EMPTY


_EMPTY = f'{{\n  "version": {_VERSION},\n  "findings": []\n}}\n'


def loaded(text: str) -> list[Entry]:
    """The entries of a baseline.

    Raises:
        BaselineError: it is no JSON, or no baseline of this version.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"it is no JSON: {error}") from None
    if not isinstance(data, dict) or data.get("version") != _VERSION or not isinstance(data.get("findings"), list):
        raise BaselineError(f"it is no baseline of version {_VERSION}; write it anew with --write-baseline")
    try:
        fields = [[row[name] for name in ("path", "code", "fingerprint", "message")] for row in data["findings"]]
    except (KeyError, TypeError):
        raise BaselineError("one of its findings lacks `path`, `code`, `fingerprint` or `message`") from None
    if not all(isinstance(part, str) for row in fields for part in row):
        raise BaselineError("a part of one of its findings is no text")
    return [Entry(*row) for row in fields]


def compared(findings: Sequence[Finding], lines: Mapping[str, Sequence[str]], entries: Sequence[Entry]) -> Compared:
    """Sort findings by whether the baseline has them."""
    known = {entry.fingerprint for entry in entries}
    new: list[Finding] = []
    old: list[Finding] = []
    seen: set[str] = set()
    for finding, fingerprint in zip(findings, fingerprints(findings, lines)):
        (old if fingerprint in known else new).append(finding)
        seen.add(fingerprint)
    return Compared(tuple(new), tuple(old), tuple(entry for entry in entries if entry.fingerprint not in seen))
