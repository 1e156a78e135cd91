"""What can be done about what was found: code actions, and the edits that they make."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types

from lambdalint.finding import Edit, Finding
from lambdalint.fixes.apply import line_end
from lambdalint.fixes.silencing import comments
from lambdalint.pages import address
from lambdalint.project.code.files import may_describe
from lambdalint.server.project import Checked, Project, source_of
from lambdalint.server.texts import Buffer, range_of, units, with_ends
from lambdalint.source import Source
from lambdalint.text import Text

FIX_ALL = "source.fixAll.lambdalint"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)
#: Commands that the server executes.
OPEN_PAGE, FIX_FILE = "lambdalint.server.openPage", "lambdalint.server.fixAll"


@dataclass(frozen=True, slots=True)
class Able:
    """What the client can do: take edits with the version that they are for, ask for an edit when it is wanted, show a
    page."""

    versions: bool = False
    resolves: bool = False
    shows: bool = False

    @classmethod
    def of(cls, able: types.ClientCapabilities) -> Able:
        """What it says of itself."""
        edit = able.workspace.workspace_edit if able.workspace is not None else None
        action = able.text_document.code_action if able.text_document is not None else None
        support = action.resolve_support if action is not None and action.data_support else None
        return cls(
            versions=edit is not None and bool(edit.document_changes),
            resolves=support is not None and "edit" in support.properties,
            shows=able.window is not None and able.window.show_document is not None,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What actions are wanted for: an open text, as a check has seen it, and a stretch of it."""

    checked: Checked
    buffer: Buffer
    range: types.Range
    context: types.CodeActionContext
    encoding: str
    able: Able

    def wants(self, kind: str) -> bool:
        """Whether actions of a kind are asked for."""
        only = self.context.only
        return only is None or any(kind == one or kind.startswith(f"{_word(one)}.") for one in map(_word, only))


def actions(asked: Asked) -> Iterator[types.CodeAction]:
    """All that can be done there. What takes long to compute has no edit yet: see `edits_of`."""
    findings = asked.checked.findings(asked.buffer.path)
    if asked.wants("quickfix"):
        fixable = Counter(one.code for one in findings if one.fix is not None and one.fix.safe)
        here = [one for one in findings if _meets(asked, one)]
        for finding in here:
            yield from _of_one(asked, finding)
        for code in dict.fromkeys(one.code for one in here if fixable[one.code] > 1):
            yield _later(asked, f"lambdalint: fix all of {code} in this file", "quickfix", {"code": code})
    if asked.wants(FIX_ALL) and any(one.fix is not None and one.fix.safe for one in findings):
        yield _later(asked, "lambdalint: fix all that is safe in this file", FIX_ALL, {})


def _of_one(asked: Asked, finding: Finding) -> Iterator[types.CodeAction]:
    diagnostics = [one for one in asked.context.diagnostics if one.code == finding.code and one.source == "lambdalint"]
    where = range_of(finding.span, asked.buffer.lines, asked.encoding)
    shown = [one for one in diagnostics if one.range == where] or None
    if finding.fix is not None:
        unsure = "" if finding.fix.safe else " (may change what it does)"
        yield types.CodeAction(
            title=f"{finding.fix.message}{unsure}",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=shown,
            is_preferred=finding.fix.safe,
            edit=_edit(asked, _of_fix(asked, finding.fix.edits)),
        )
    silence = _silence(asked, finding)
    if silence:
        yield types.CodeAction(
            title=f"Silence {finding.code} on this line",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=shown,
            edit=_edit(asked, silence),
        )
    rule = asked.checked.report.rules.get(finding.code)
    page = address(rule) if rule is not None else None
    if asked.able.shows and page is not None:
        yield types.CodeAction(
            title=f"Open the page of {finding.code} {finding.name}",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=shown,
            command=types.Command("Open the page", OPEN_PAGE, arguments=[page]),
        )


def _later(asked: Asked, title: str, kind: str, more: dict[str, str]) -> types.CodeAction:
    return types.CodeAction(title=title, kind=kind, data={"uri": asked.buffer.uri, **more})


def edits_of(
    project: Project, texts: Mapping[str, bytes], buffer: Buffer, data: Any, encoding: str
) -> list[types.TextEdit]:
    """The edits of an action that had none yet: the file is mended and checked, round after round. To be called where
    checks run."""
    code = data.get("code") if isinstance(data, dict) else None
    wanted: Callable[[Finding], bool] | None = (lambda finding: finding.code == code) if code else None
    new = project.mended(buffer.path, texts, unsafe=False, wanted=wanted).after.get(buffer.path)
    if new is None:
        return []
    read = Text if may_describe(os.path.basename(buffer.path)) else Source
    return list(changed(buffer.text, read(buffer.path, new).text, encoding))


def changed(old: str, new: str, encoding: str) -> Iterator[types.TextEdit]:
    """The edits that make one text of another, by lines."""
    before, after = with_ends(old), with_ends(new)
    end = types.Position(len(before) - 1, units(before[-1], encoding))
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            start, stop = (types.Position(row, 0) if row < len(before) else end for row in (i1, i2))
            yield types.TextEdit(types.Range(start, stop), "".join(after[j1:j2]))


def _of_fix(asked: Asked, edits: Iterable[Edit]) -> list[types.TextEdit]:
    newline = line_end(asked.buffer.text)
    rows = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end, edit.content))
    return [
        types.TextEdit(range_of(one.span, asked.buffer.lines, asked.encoding), one.content.replace("\n", newline))
        for one in rows
    ]


def _silence(asked: Asked, finding: Finding) -> list[types.TextEdit]:
    """A comment that silences a finding, where one can stand."""
    path = asked.buffer.path
    workspace = asked.checked.run.workspace
    text = workspace.text(path) if may_describe(os.path.basename(path)) else source_of(asked.checked, path)
    if text is None or finding.code.startswith("LL9"):
        return []
    fixes, _ = comments(text, [finding])
    return [edit for fix in fixes for edit in _of_fix(asked, fix.edits)]


def _edit(asked: Asked, edits: Sequence[types.TextEdit]) -> types.WorkspaceEdit:
    return workspace_edit(asked.buffer, edits, asked.able)


def workspace_edit(buffer: Buffer, edits: Sequence[types.TextEdit], able: Able) -> types.WorkspaceEdit:
    """Edits of one open text; with its version, where the client can refuse what came too late."""
    if able.versions:
        named = types.OptionalVersionedTextDocumentIdentifier(uri=buffer.uri, version=buffer.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(named, list(edits))])
    return types.WorkspaceEdit(changes={buffer.uri: list(edits)})


def _meets(asked: Asked, finding: Finding) -> bool:
    """Whether a finding stands on one of the lines that are asked about."""
    start, end = finding.span.start.row - 1, finding.span.end.row - 1
    return start <= asked.range.end.line and asked.range.start.line <= end


def _word(kind: object) -> str:
    return str(getattr(kind, "value", kind))
