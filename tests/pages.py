"""The rules' pages as tests: their code blocks as small projects, what is marked in them, and what a run prints.

A python block is a file, `app.py` unless it begins with `# file: name.py`. A block in another language is one if it
begins so: a template, a list of requirements. Blocks that follow each other with other
names are one project; a ```text block ends it, and a name that is there already begins the next one. In a line
`# settings: handlers = ["app.Orders"]` at the top stand the settings of the project, as in lambdalint.toml. A line that
is to be flagged ends in the codes: `# LL101`. The marks are taken away before the project is checked.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import tomli

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.fixes.mending import mended
from lambdalint.report import render
from lambdalint.results import LintReport

RULES = Path(__file__).parent.parent / "rules"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^# file: (\S+)$", re.MULTILINE)
_SETTINGS = re.compile(r"^# settings: (.+)$", re.MULTILINE)
_MARK = re.compile(r"\s*#((?: (?:LL|F)\d{3},?)+)$")


@dataclass
class Project:
    """One or more blocks that are checked together. `files`: their text, marks and all, by name. `output`: where in
    the page the block of output stands that follows, and what is in it."""

    line: int
    files: dict[str, str] = field(default_factory=dict)
    output: tuple[int, int] | None = None
    printed: str = ""

    @property
    def marks(self) -> set[tuple[str, int, str]]:
        """What is marked: file, row, code."""
        return {
            (name, row, code)
            for name, text in self.files.items()
            for row, line in enumerate(text.split("\n"), start=1)
            if (mark := _MARK.search(line))
            for code in re.findall(r"\w+", mark[1])
        }

    def run(self) -> LintReport:
        """Check it in a folder of its own. Settings are those of the blocks alone."""
        with _folder() as root:
            return lint(["."], self._settings(root))

    def mended(self, code: str) -> dict[str, str]:
        """The files that the fixes of one rule change, safe or not, as they are then. No other rule is asked, but where
        the rule judges what the others leave."""
        with _folder() as root:
            alone = None if code.startswith("LL9") else (code,)
            settings = replace(self._settings(root), preview=True, select=alone)

            def check(held: Mapping[str, bytes]) -> LintReport:
                report = lint(["."], settings, held=held)
                only = (one if one.code.startswith(code) else replace(one, fix=None) for one in report.findings)
                return replace(report, findings=tuple(only))

            found = mended(check, unsafe=True)
            return {os.path.relpath(path).replace(os.sep, "/"): data.decode() for path, data in found.after.items()}

    def _settings(self, root: Path) -> Settings:
        """Write the files, without their marks, and read the settings in them."""
        given = {}
        for name, text in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(_MARK.sub("", line) for line in text.split("\n")), "utf-8")
            for written in _SETTINGS.findall(text):
                given.update({key.replace("-", "_"): _tuples(v) for key, v in tomli.loads(written).items()})
        return Settings(root=str(root), **given)


@dataclass(frozen=True)
class Page:
    """A rule's page. `bad` and `good` are the projects under these headings."""

    path: Path
    text: str

    @property
    def code(self) -> str:
        return self.path.stem.split("-")[0]

    @property
    def name(self) -> str:
        return self.path.stem.split("-", 1)[1]

    @property
    def headings(self) -> list[str]:
        return re.findall(r"^#+ .+$", _FENCE.sub("", self.text), re.MULTILINE)

    @property
    def bad(self) -> list[Project]:
        return list(self._projects("Bad"))

    @property
    def good(self) -> list[Project]:
        return list(self._projects("Good"))

    def _projects(self, heading: str) -> Iterator[Project]:
        section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", self.text, re.MULTILINE | re.DOTALL)
        if section is None:
            return
        project: Project | None = None
        for block in _FENCE.finditer(self.text, section.start(), section.end()):
            language, text = block.groups()
            if language == "text" and project is not None:
                project.output, project.printed = block.span(2), text
                yield project
                project = None
            elif language == "python" or _FILE.match(text):
                name = found[1] if (found := _FILE.search(text)) else "app.py"
                if project is not None and name in project.files:
                    yield project
                    project = None
                if project is None:
                    project = Project(self.text.count("\n", 0, block.start()) + 1)
                project.files[name] = text
        if project is not None:
            yield project

    def updated(self) -> str:
        """The page with every block of output as a run prints it now."""
        text = self.text
        for project in reversed(self.bad):
            if project.output is not None:
                start, end = project.output
                text = text[:start] + printed(project.run()) + text[end:]
        before, heading, after = text.partition("## Fixed\n")
        if heading:
            rest = after[after.index("\n## ") + 1 :]
            blocks = "".join(f"\n```python\n{block}```\n" for block in self.mended())
            text = f"{before}{heading}{blocks}\n{rest}"
        return text

    def mended(self) -> list[str]:
        """What the rule's fixes make of the files of the bad projects, those that they change, in order."""
        return [text for project in self.bad for text in project.mended(self.code).values()]

    @property
    def fixed(self) -> list[str]:
        """The code under "Fixed"."""
        _, _, after = self.text.partition("## Fixed\n")
        section = after[: after.index("\n## ")] if after else ""
        return [block[2] for block in _FENCE.finditer(section)]


def pages() -> list[Page]:
    """Every page, by name."""
    return [Page(path, path.read_text("utf-8")) for path in sorted(RULES.glob("*.md"))]


def printed(report: LintReport) -> str:
    """What the text report prints, without colour and without the summary."""
    return render(report, "text", quiet=True)


def found(report: LintReport) -> set[tuple[str, int, str]]:
    """What was found: file, row, code."""
    return {(finding.span.path, finding.span.start.row, finding.code) for finding in report.findings}


def _tuples(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


@contextmanager
def _folder() -> Iterator[Path]:
    """An empty folder as the current one: paths are shown relative to it."""
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        try:
            yield Path(name).resolve()
        finally:
            os.chdir(before)
