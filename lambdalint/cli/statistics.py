"""`lambdalint check --statistics`: how many findings there are of each rule."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from lambdalint.formats import IN_A_TERMINAL

if TYPE_CHECKING:
    from lambdalint.config import Settings
    from lambdalint.results import LintReport

#: The formats that can count. The others say where something is, which a count does not.
_FOR_PROGRAMS = ("json", "json-lines")


def form_of(options: argparse.Namespace, settings: Settings) -> str:
    """The format: that of the option, of the settings if it can count, or text.

    Raises:
        ConfigError: the option names one that cannot.
    """
    if settings.output_format in _FOR_PROGRAMS:
        return settings.output_format
    if options.output_format is not None and settings.output_format not in IN_A_TERMINAL:
        from lambdalint.config import ConfigError

        choices = ", ".join((IN_A_TERMINAL[0], *_FOR_PROGRAMS))
        raise ConfigError(f"--statistics has no form in {settings.output_format}; give one of {choices}")
    return IN_A_TERMINAL[0]


def statistics(report: LintReport, form: str) -> str:
    """The counts, the most frequent rule first, with the names that ruff has."""
    counts = Counter((finding.code, finding.name) for finding in report.findings)
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    if form not in _FOR_PROGRAMS:
        width = len(str(max(counts.values(), default=0)))
        return "".join(f"{count:>{width}}  {code}  {name}\n" for (code, name), count in ranked)
    import json

    mended = Counter(finding.code for finding in report.findings if finding.fix is not None)
    rows = [
        {"code": code, "name": name, "count": count, "fixable": mended[code] == count, "fixable_count": mended[code]}
        for (code, name), count in ranked
    ]
    if form == "json-lines":
        return "".join(f"{json.dumps(row)}\n" for row in rows)
    return json.dumps(rows, indent=2) + "\n"
