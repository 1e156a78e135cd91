"""Builds the site from README.md, CHANGELOG.md and rules/, with mkdocs-material.

    python scripts/docs.py [FOLDER]

The folder (default: build/docs, which git ignores) gets `source`, what mkdocs reads, and `site`, what it makes of it.
The table of the rules is made from the registry. A link that leads nowhere ends the build.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from posixpath import normpath, relpath
from typing import Any

import yaml

from lambdalint.checks import RULES
from lambdalint.checks.flakes import CODES
from lambdalint.checks.registry import Rule
from lambdalint.pages import HOME, address, page
from lambdalint.tidy.mends import KINDS

ROOT = Path(__file__).parent.parent

#: The front of a code, and what the rules with it are about. A rule of none is an error.
FAMILIES = {
    "LL0": "Deployment and code",
    "LL1": "Entry point",
    "LL2": "The value returned",
    "LL3": "The answer that the caller takes",
    "LL4": "Event and context",
    "LL5": "Secrets",
    "LL9": "Suppressions",
    "F": "pyflakes",
}
#: pyflakes' rules share a page, and with it a place in the navigation.
SHARED = "F"

_BLOB = f"{HOME}/blob/main/"
_RULES = "rules/index.md"
#: Where files of the repository stand in the site, if not where they stood.
_MOVED = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "rules": _RULES}
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<=\]\()([^)\s]+)(?=\))")
_FIXED = {f"[fixable{how}]": shown for how, shown in (("", "--fix"), (" with --unsafe-fixes", "--unsafe-fixes"))}
_FLAKES_FIXED = {code for code, kind, *_ in CODES if kind in KINDS}

_STYLE = """
.md-grid { max-width: 76rem; }
@media (min-width: 60em) { .md-typeset :is(.language-text, .language-console) code { white-space: pre-wrap; } }
.md-typeset .severity { border-radius: .2rem; font-weight: 700; padding: .1rem .35rem; white-space: nowrap; }
.md-typeset .severity.error { background: #c6282822; color: #c62828; }
.md-typeset .severity.warning { background: #b2640022; color: #9a5600; }
.md-typeset .severity.info { background: #1565c022; color: #1565c0; }
[data-md-color-scheme="slate"] .md-typeset .severity.error { color: #ff8a80; }
[data-md-color-scheme="slate"] .md-typeset .severity.warning { color: #ffcc80; }
[data-md-color-scheme="slate"] .md-typeset .severity.info { color: #90caf9; }
.md-typeset .rules table:not([class]) :is(th, td) { min-width: 0; padding: .5em .8em; }
.md-typeset .rules :is(th, td:nth-child(-n+2), td code) { white-space: nowrap; }
.md-typeset .rules td:last-child { min-width: 14rem; }
"""


def family(rule: Rule) -> str:
    """The front of the rule's code that is a family's."""
    (found,) = (front for front in FAMILIES if rule.code.startswith(front))
    return found


def fixed_by(rule: Rule) -> str:
    """The option that mends what the rule finds, or nothing: as its page shows it, or pyflakes' table has it."""
    if rule.code.startswith(SHARED):
        return "--fix" if rule.code in _FLAKES_FIXED else ""
    return next((option for shown, option in _FIXED.items() if shown in (page(rule) or "")), "")


def state(rule: Rule) -> str:
    """What a rule has to be asked by, if it is off until then."""
    return "preview" if rule.preview else "pedantic" if rule.pedantic else ""


def by_family() -> dict[str, list[Rule]]:
    """The rules of each family, by code."""
    ordered = sorted(RULES.values(), key=lambda rule: rule.code)
    return {front: [rule for rule in ordered if family(rule) == front] for front in FAMILIES}


def table() -> str:
    """The page of all rules."""
    text = f"{_without('toc')}# Rules\n\n"
    text += "What is marked `preview` or `pedantic` is off until the option of that name, or its code, asks for it.\n"
    for front, rules in by_family().items():
        text += f'\n## {_heading(front)}\n\n<div class="rules" markdown>\n\n'
        text += "| code | name | severity | mended by | state | what it finds |\n|---|---|---|---|---|---|\n"
        text += "".join(f"| {' | '.join(_row(rule))} |\n" for rule in rules)
        text += "\n</div>\n"
    return text


def _without(part: str) -> str:
    """The head of a page that goes without a column of the site, which would be empty or too near."""
    return f"---\nhide: [{part}]\n---\n\n"


def _row(rule: Rule) -> Iterable[str]:
    fix = fixed_by(rule)
    yield f"[{rule.code}]({_path(rule).name})"
    yield rule.name
    yield _severity(rule)
    yield f"`{fix}`" if fix else ""
    yield state(rule)
    yield rule.summary.replace("|", r"\|")


def _heading(front: str) -> str:
    return f"{front} {FAMILIES[front]}"


def _severity(rule: Rule) -> str:
    return f"**{rule.severity.value}**{{ .severity .{rule.severity.value} }}"


def _path(rule: Rule) -> Path:
    return ROOT / address(rule).removeprefix(_BLOB)


def linked(text: str, name: str) -> str:
    """Markdown of the repository's file `name`, with the links between files as the site has them.

    What the site does not hold is read where the repository is.
    """

    def moved(match: re.Match[str]) -> str:
        target, mark, anchor = match[1].removeprefix(_BLOB).partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return match[1]
        at = normpath(target if match[1].startswith(_BLOB) else f"{Path(name).parent.as_posix()}/{target}")
        if not (ROOT / at).exists():
            raise SystemExit(f"{name} links to {match[1]}, which is not there")
        if at not in _MOVED and not (at.startswith("rules/") and at.endswith(".md")):
            return f"{_BLOB}{at}{mark}{anchor}"
        start = Path(_MOVED.get(name, name)).parent.as_posix()
        return f"{relpath(_MOVED.get(at, at), start)}{mark}{anchor}"

    parts = _FENCE.split(text)
    return "".join(part if part.startswith("```") else _LINK.sub(moved, part) for part in parts)


def _headed(path: Path) -> str:
    """A rule's page, with what the table says of it under its title."""
    title, rest = path.read_text("utf-8").split("\n", 1)
    rule = RULES.get(path.stem.split("-")[0])
    if rule is None:
        return f"{title}\n{rest}"
    fix = fixed_by(rule)
    said = [_severity(rule), *([f"mended by `{fix}`"] if fix else []), *filter(None, [state(rule)])]
    return f"{title}\n\n{' · '.join(said)}\n{rest}"


def sources() -> dict[str, str]:
    """What mkdocs reads: the text of each page, by its place in the site."""
    found = {_MOVED[name]: linked((ROOT / name).read_text("utf-8"), name) for name in ("README.md", "CHANGELOG.md")}
    found["index.md"] = _without("navigation") + found["index.md"]
    found[_RULES] = table()
    for path in sorted((ROOT / "rules").glob("*.md")):
        found[f"rules/{path.name}"] = linked(_headed(path), f"rules/{path.name}")
    return {**found, "style.css": _STYLE}


def _navigation() -> list[dict[str, Any]]:
    rules: list[Any] = [_RULES]
    for front, members in by_family().items():
        pages = {f"{rule.code} {rule.name}": f"rules/{_path(rule).name}" for rule in members}
        shared = next(iter(pages.values()))
        rules.append({_heading(front): shared if front == SHARED else [{name: at} for name, at in pages.items()]})
    # Not mkdocs' `repo_url`: for that the theme has each reader's browser ask GitHub how many stars there are.
    return [{"Home": "index.md"}, {"Rules": rules}, {"Changelog": "changelog.md"}, {"GitHub": HOME}]


def _settings() -> dict[str, Any]:
    def palette(scheme: str, other: str) -> dict[str, Any]:
        toggle = {"icon": "material/theme-light-dark", "name": f"Show it {other}"}
        preferred = "dark" if scheme == "slate" else "light"
        colors = {"scheme": scheme, "primary": "indigo", "accent": "deep orange"}
        return {"media": f"(prefers-color-scheme: {preferred})", **colors, "toggle": toggle}

    ways = ("tabs", "indexes", "sections", "top", "tracking")
    return {
        "site_name": "lambdalint",
        "site_description": "A linter that runs AWS Lambda handlers on paper and reports what fails in production",
        "docs_dir": "source",
        "site_dir": "site",
        "extra_css": ["style.css"],
        "nav": _navigation(),
        "plugins": ["search"],
        "theme": {
            "name": "material",
            "font": False,  # a reader's browser asks nobody for letters
            "icon": {"logo": "material/lambda"},
            "palette": [palette("default", "dark"), palette("slate", "light")],
            "features": [*(f"navigation.{way}" for way in ways), "content.code.copy", "search.highlight"],
        },
        "markdown_extensions": [
            *("attr_list", "md_in_html", "sane_lists", "tables", "pymdownx.superfences"),
            {"pymdownx.highlight": {"pygments_lang_class": True}},
            {"toc": {"permalink": True}},
        ],
        "validation": dict.fromkeys(("anchors", "absolute_links", "unrecognized_links"), "warn"),
    }


def write(folder: Path) -> Path:
    """Write what mkdocs reads into `folder`; the answer is its settings file."""
    for name, text in sources().items():
        (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "source" / name).write_text(text, "utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text(yaml.safe_dump(_settings(), sort_keys=False), "utf-8")
    return settings


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "docs").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--config-file", str(write(folder)))
    # The newest mkdocs-material tells of mkdocs' future at each build unless asked not to.
    return subprocess.run(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}).returncode


if __name__ == "__main__":
    raise SystemExit(main())
