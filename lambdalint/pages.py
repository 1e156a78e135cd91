"""The rules' pages: where they are, and how they read in a terminal.

A wheel carries them inside the package; in a checkout, and so in an editable install, they stand beside it.
"""

from __future__ import annotations

import os
import re

from lambdalint.checks.registry import Rule

#: The project's own page.
HOME = "https://github.com/lambdalint/lambdalint"

_HERE = os.path.dirname(os.path.abspath(__file__))
_FENCE = re.compile(r"^```")


def _file(rule: Rule) -> str:
    """pyflakes' rules share one page."""
    return "F-pyflakes.md" if rule.code.startswith("F") else f"{rule.code}-{rule.name}.md"


def address(rule: Rule) -> str:
    """Where the newest edition of a rule's page is read by the browser."""
    return f"{HOME}/blob/main/rules/{_file(rule)}"


def page(rule: Rule) -> str | None:
    """The Markdown of a rule's page, or None where the installation has none."""
    for folder in (os.path.join(_HERE, "rules"), os.path.join(os.path.dirname(_HERE), "rules")):
        try:
            with open(os.path.join(folder, _file(rule)), encoding="utf-8") as file:
                return file.read()
        except OSError:
            continue
    return None


def for_terminal(text: str, *, color: bool) -> str:
    """Markdown as a person reads it in a terminal: headings stand out, code is indented, links show their address."""
    strong, faint, end = ("\x1b[1m", "\x1b[36m", "\x1b[0m") if color else ("", "", "")
    shown = []
    code = False
    for line in text.rstrip("\n").split("\n"):
        if _FENCE.match(line):
            code = not code
        elif code:
            shown.append(f"    {faint}{line}{end}" if line else "")
        elif line.startswith("#"):
            shown.append(f"{strong}{line.lstrip('#').strip()}{end}")
        else:
            line = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"\1 <\2>", line)
            shown.append(re.sub(r"`([^`]+)`", rf"`{strong}\1{end}`", line) if color else line)
    return "\n".join(shown) + "\n"
