"""The rules' pages: where they are, and how they read in a terminal.

A wheel carries them inside the package; in a checkout, and so in an editable install, they stand beside it. Those of a
plug-in stand beside its module.
"""

from __future__ import annotations

import os
import re

from lambdalint.checks.registry import Rule
from lambdalint.finding import letters

#: The project's own page.
HOME = "https://github.com/lambdalint/lambdalint"

_HERE = os.path.dirname(os.path.abspath(__file__))
_FENCE = re.compile(r"^```")


def file_of(rule: Rule) -> str:
    """The name of a rule's page. pyflakes' rules share one."""
    return "F-pyflakes.md" if letters(rule.code) == "F" else f"{rule.code}-{rule.name}.md"


def address(rule: Rule) -> str | None:
    """Where the newest edition of a rule's page is read by the browser; of a plug-in's that is not known."""
    return None if rule.plugin else f"{HOME}/blob/main/rules/{file_of(rule)}"


def page(rule: Rule) -> str | None:
    """The Markdown of a rule's page, or None where the installation has none."""
    own = (os.path.join(_HERE, "rules"), os.path.join(os.path.dirname(_HERE), "rules"))
    for folder in (rule.pages,) if rule.plugin else own:
        try:
            with open(os.path.join(folder, file_of(rule)), encoding="utf-8") as file:
                return file.read()
        except (OSError, UnicodeDecodeError):
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
