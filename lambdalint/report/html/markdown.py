"""A rule's page in HTML: as much of Markdown as the pages use, and everything else as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lambdalint.report.html.escape import code, plain

_CODE = re.compile(r"`([^`]+)`")
#: An address may not hold what would end the attribute or make it something else than an address.
_LINK = re.compile(r"\[([^\[\]]+)\]\((https://[^()\s\"'<>]+)\)")


def page(text: str, level: int) -> str:
    """`level`: that of a heading with two `#`. The first heading, with one, is left out."""
    return "\n".join(_blocks(text.rstrip("\n").split("\n"), level))


def _blocks(lines: list[str], level: int) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line, begin = lines[at], at
        at += 1
        if line.startswith("```"):
            while at < len(lines) and not lines[at].startswith("```"):
                at += 1
            shown = "\n".join(map(code, lines[begin + 1 : at]))
            yield f'<pre tabindex="0">{shown}</pre>'
            at += 1
        elif line.startswith("#"):
            depth = len(line) - len(line.lstrip("#"))
            if depth > 1:
                number = min(level + depth - 2, 6)
                yield f"<h{number}>{inline(line.lstrip('#').strip())}</h{number}>"
        elif line.startswith(("- ", "|")):
            while at < len(lines) and lines[at].startswith((line[0], "  ")):
                at += 1
            yield from _list(lines[begin:at]) if line[0] == "-" else _table(lines[begin:at])
        elif line.strip():
            while at < len(lines) and lines[at].strip() and not lines[at].startswith(("```", "#", "- ", "|")):
                at += 1
            yield f"<p>{inline(' '.join(lines[begin:at]))}</p>"


def _list(lines: list[str]) -> Iterator[str]:
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        else:
            items[-1] += f" {line.strip()}"
    yield f"<ul>{''.join(f'<li>{inline(item)}</li>' for item in items)}</ul>"


def _table(lines: list[str]) -> Iterator[str]:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    yield '<div class="wide" tabindex="0"><table>'
    for number, row in enumerate(rows):
        kind = "th" if number == 0 else "td"
        yield f"<tr>{''.join(f'<{kind}>{inline(cell)}</{kind}>' for cell in row)}</tr>"
    yield "</table></div>"


def inline(text: str) -> str:
    """A line of prose: code between backticks, and links to addresses of the web."""
    parts = _CODE.split(text)
    return "".join(f"<code>{plain(part)}</code>" if index % 2 else _linked(part) for index, part in enumerate(parts))


def _linked(text: str) -> str:
    parts = _LINK.split(text)
    shown = [plain(parts[0])]
    for label, address, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        shown += [f'<a href="{plain(address)}" rel="noreferrer">{plain(label)}</a>', plain(after)]
    return "".join(shown)
