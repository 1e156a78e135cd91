"""What was mended, for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lambdalint.finding import Finding
from lambdalint.report.terminal import clean


def told(done: Iterable[Finding], *, listed: bool) -> str:
    """How many findings were mended; with `listed`, which, by file."""
    by_path: dict[str, list[Finding]] = {}
    for finding in done:
        by_path.setdefault(finding.span.path, []).append(finding)
    number, files = sum(map(len, by_path.values())), len(by_path)
    lines = [f"Mended {number} finding{'s' * (number != 1)} in {files} file{'s' * (files != 1)}."]
    if listed:
        for path, findings in sorted(by_path.items()):
            lines.append(f"  {clean(path)}")
            counts = Counter((one.code, one.name, one.fix.message if one.fix else "") for one in findings)
            lines += [f"    {times} x {code} {name}: {clean(how)}" for (code, name, how), times in counts.items()]
    return "\n".join(lines)
