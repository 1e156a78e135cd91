"""The rules' pages as tests: their code blocks as small projects, what is marked in them, and what a run prints.

A python block is a file, `app.py` unless it begins with `# file: name.py`. A block in another language is one if it
begins so: a template, a list of requirements. Blocks that follow each other with other
names are one project; a ```text block ends it, and a name that is there already begins the next one. In a line
`# settings: handlers = ["app.Orders"]` at the top stand the settings of the project, as in lambdalint.toml. A line that
is to be flagged ends in the codes: `# LL101`. The marks are taken away before the project is checked.

lambdalint's own tests read the pages of its rules so, and `lambdalint test` those of plug-ins.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from lambdalint.checks import Rule
from lambdalint.config import Settings, load
from lambdalint.engine import lint
from lambdalint.finding import letters
from lambdalint.fixes.mending import mended
from lambdalint.report import render
from lambdalint.results import LintReport

FIXED = "## Fixed\n"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^# file: (\S+)$", re.MULTILINE)
_SETTINGS = re.compile(r"^# settings: (.+)$", re.MULTILINE)
_MARK = re.compile(r"\s*#((?: [A-Z]+\d{3},?)+)$")


@dataclass
class Project:
    """One or more blocks that are checked together. `files`: their text, marks and all, by name. `output`: where in
    the page the block of output stands that follows, and what is in it; `end`: where the last file's block ends.
    `plugins` are loaded; their rules are asked beside lambdalint's."""

    line: int
    files: dict[str, str] = field(default_factory=dict)
    output: tuple[int, int] | None = None
    printed: str = ""
    end: int = 0
    plugins: tuple[str, ...] = ()

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
        """Check it in a folder of its own. Settings are those of the blocks alone.

        Raises:
            ConfigError: the settings in the blocks cannot be obeyed.
        """
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
                only = (one if _is_of(one.code, code) else replace(one, fix=None) for one in report.findings)
                return replace(report, findings=tuple(only))

            found = mended(check, unsafe=True)
            return {os.path.relpath(path).replace(os.sep, "/"): data.decode() for path, data in found.after.items()}

    def _settings(self, root: Path) -> Settings:
        """Write the files, without their marks, and read the settings in them."""
        given: list[str] = []
        for name, text in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(_MARK.sub("", line) for line in text.split("\n")), "utf-8")
            given += _SETTINGS.findall(text)
        named = [f"rules = {list(self.plugins)}"] if self.plugins else []
        return replace(load(config=[*named, *given], isolated=True), root=str(root))


@dataclass(frozen=True)
class Page:
    """A rule's page. `bad` and `good` are the projects under these headings. `plugins`: as a project has them."""

    path: Path
    text: str
    plugins: tuple[str, ...] = ()

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
                name = named[1] if (named := _FILE.search(text)) else "app.py"
                if project is not None and name in project.files:
                    yield project
                    project = None
                if project is None:
                    project = Project(self.text.count("\n", 0, block.start()) + 1, plugins=self.plugins)
                project.files[name], project.end = text, block.end()
        if project is not None:
            yield project

    def updated(self) -> str:
        """The page with every block of output as a run prints it now, and what the fixes make now."""
        text = self.text
        for project in reversed(self.bad):
            output = printed(project.run())
            if project.output is not None:
                start, end = project.output
                text = text[:start] + output + text[end:]
            elif output:
                text = f"{text[: project.end]}\n\n```text\n{output}```{text[project.end :]}"
        before, heading, after = text.partition(FIXED)
        if heading:
            rest = after[_section(after) :]
            blocks = "".join(f"\n```python\n{block}```\n" for block in self.mended())
            text = f"{before}{heading}{blocks}" + (f"\n{rest}" if rest else "")
        return text

    def mended(self) -> list[str]:
        """What the rule's fixes make of the files of the bad projects, those that they change, in order."""
        return [text for project in self.bad for text in project.mended(self.code).values()]

    @property
    def fixed(self) -> list[str]:
        """The code under "Fixed"."""
        _, _, after = self.text.partition(FIXED)
        return [block[2] for block in _FENCE.finditer(after[: _section(after)])]


def printed(report: LintReport) -> str:
    """What the text report prints, without colour and without the summary."""
    return render(report, "text", quiet=True)


def found(report: LintReport) -> set[tuple[str, int, str]]:
    """What was found: file, row, code."""
    return {(finding.span.path, finding.span.start.row, finding.code) for finding in report.findings}


@dataclass(frozen=True)
class Fault:
    """What is not true of a page: where in it, why, and what a run gives in place of it, as lines of a diff."""

    line: int
    message: str
    diff: tuple[str, ...] = ()


def faults(page: Page, rule: Rule) -> Iterator[Fault]:
    """What is not true of the page of one rule.

    Raises:
        ConfigError: the settings in a block cannot be obeyed.
    """
    head = page.text.split("\n")[:3]
    if head != [f"# {rule.code} {rule.name}", "", rule.summary]:
        begins = (f"# {rule.code} {rule.name}", "", rule.summary or "(what the docstring of the function says)")
        yield Fault(1, "it does not begin with the rule and the first line of its docstring", _diff(head, begins))
    for heading, projects in (("Bad", page.bad), ("Good", page.good)):
        if not projects:
            yield Fault(1, f"it has no code under `## {heading}`")
    for project in page.bad:
        yield from _faults_of_bad(project, rule)
    for project in page.good:
        report = project.run()
        yield from _failures(project, report)
        if report.findings:
            yield Fault(project.line, "this is good, and a run finds", tuple(printed(report).splitlines()))
    fixed, mended = page.fixed, page.mended()
    if fixed != mended:
        line = page.text[: page.text.find(FIXED)].count("\n") + 1 if FIXED in page.text else 1
        yield Fault(
            line,
            "the fixes make something else" if fixed else "its fixes make this, and it has no code under `## Fixed`",
            _diff("".join(fixed).splitlines(), "".join(mended).splitlines()),
        )


def _faults_of_bad(project: Project, rule: Rule) -> Iterator[Fault]:
    report = project.run()
    yield from _failures(project, report)
    marked, there = project.marks, found(report)
    if not any(code == rule.code for _, _, code in marked):
        yield Fault(project.line, f"no line is marked `# {rule.code}`")
    for file, row, code in sorted(marked - there):
        yield Fault(project.line, f"line {row} of {file} is marked {code}, and a run does not find it there")
    for file, row, code in sorted(there - marked):
        yield Fault(project.line, f"line {row} of {file} is not marked {code}, and a run finds it there")
    now = printed(report)
    if project.printed != now:
        yield Fault(project.line, "a run prints something else", _diff(project.printed.splitlines(), now.splitlines()))


def _failures(project: Project, report: LintReport) -> Iterator[Fault]:
    for error in report.errors:
        yield Fault(project.line, f"{error.where} failed: {error.message}", tuple(error.traceback.splitlines()))


def _diff(page: Sequence[str], run: Sequence[str]) -> tuple[str, ...]:
    import difflib

    return tuple(difflib.unified_diff(page, run, "the page", "a run", lineterm=""))


def _is_of(code: str, page: str) -> bool:
    """Whether a finding is of the rule of a page, or of its family: pyflakes' rules share the page F."""
    return letters(code) == letters(page) and code.startswith(page)


def _section(after: str) -> int:
    """Where the section ends that a text begins with: at the next heading of its kind."""
    heading = after.find("\n## ")
    return len(after) if heading < 0 else heading + 1


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
