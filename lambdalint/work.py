"""The two units of a run: one file, one function. Each works alone, and what it gives back is plain data.

A rule that crashes is an internal error of that rule on that file; everything else goes on. A rule of a plug-in may be
wrong in more ways: it may end the process, and yield what is no report. It is never lambdalint's fault then.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lambdalint.checks.registry import Rule
from lambdalint.contracts.fields import fields_of, may_fail, validates
from lambdalint.contracts.infer import infer
from lambdalint.directives import Directive, directives
from lambdalint.finding import Finding, Fix, Related, Report, Span, letters
from lambdalint.foreign import NoReport, line_in, reports_of
from lambdalint.looks import Look, looks
from lambdalint.project.deployment import Deployment
from lambdalint.project.function import Function
from lambdalint.source import Source
from lambdalint.tidy.taken import Taken
from lambdalint.understood import Understood, understood, unresolved

if TYPE_CHECKING:
    from lambdalint.interpreter.invocation import Failure, Invocation
    from lambdalint.interpreter.trail import Trail
    from lambdalint.interpreter.world import Finder


@dataclass(frozen=True, slots=True)
class InternalError:
    """lambdalint itself failed: in a rule, or while it followed one function or read one file. The others went on.

    `where` says in what ("rule LL202 return-not-serializable", "running app.handler on paper"), `path` for which file.
    `plugin`: the name of the plug-in whose rule it was. The fault is that plug-in's then.
    """

    where: str
    path: str
    message: str
    traceback: str
    plugin: str = ""

    @property
    def kind(self) -> str:
        """What to call it."""
        return "plug-in error" if self.plugin else "internal error"

    @classmethod
    def of(cls, where: str, path: str, error: BaseException, rule: Rule | None = None) -> InternalError:
        """What to tell of an exception that was caught; in the code of a plug-in with the line."""
        name = type(error).__name__
        said = str(error).strip().split("\n")[0][:500]
        trace = "".join(traceback.format_exception(error))
        message = said if isinstance(error, NoReport) else f"{name}: {said}" if said else name
        if rule is not None and rule.plugin:
            message += line_in(rule, error)
        return cls(where, path, message, trace, rule.plugin if rule is not None else "")


@dataclass(slots=True)
class FileWork:
    """What came of one file. `skipped`: why a part of the work was left out."""

    findings: list[Finding] = field(default_factory=list)
    errors: list[InternalError] = field(default_factory=list)
    directives: tuple[Directive, ...] = ()
    skipped: str | None = None


#: What the finder was asked: "find", "lacks" or "vacant"; the path of who asked, a name, how many dots stood before.
Question = tuple[str, str, str, int]


@dataclass(slots=True)
class FunctionWork:
    """What came of one function. `reached`: the files whose code was followed. `name_span`: where its name is bound,
    where a finding makes it worth knowing. `skipped`: why it was not run. `missing`: the module has no such name; the
    functions that it has. `asked`: what of the project's modules, in order. `looked`: into which functions."""

    findings: list[Finding] = field(default_factory=list)
    errors: list[InternalError] = field(default_factory=list)
    gave_up: tuple[tuple[str, int], ...] = ()
    reached: frozenset[str] = frozenset()
    name_span: Span | None = None
    skipped: str | None = None
    missing: tuple[str, ...] | None = None
    asked: tuple[Question, ...] = ()
    looked: frozenset[Look] = frozenset()


def check_file(
    source: Source,
    rules: Iterable[Rule],
    *,
    deployed: bool = True,
    declared: frozenset[str] = frozenset(),
    called: frozenset[str] = frozenset(),
    tests: bool = False,
    taken: Taken | None = None,
) -> FileWork:
    """Judge one file by file rules, and read its suppression comments. What else is known of it: as of `FileFacts`."""
    from lambdalint.facts import FileFacts

    work = FileWork()
    facts = FileFacts(source, deployed=deployed, declared=declared, called=called, tests=tests, taken=taken)
    rules = list(rules)
    if any(letters(rule.code) == "F" for rule in rules):
        try:
            work.skipped = facts.flakes_skipped
        except Exception as error:  # said once, and not by each of its rules
            work.errors.append(InternalError.of("pyflakes", source.path, error))
            rules = [rule for rule in rules if letters(rule.code) != "F"]
    work.findings = judged(facts, rules, source.path, work.errors)
    try:
        work.directives = directives(source)
    except Exception as error:
        work.errors.append(InternalError.of("reading the suppression comments", source.path, error))
    return work


def check_function(
    functions: Sequence[Function],
    find: Finder,
    rules: Sequence[Rule],
    pulse: Callable[[], None] | None = None,
    trail: Trail | None = None,
) -> FunctionWork:
    """Run one function on paper and judge the record: for each way in which it is deployed, for callers and settings
    decide what is right. `pulse`: called now and then; what it raises that is no `Exception` ends the work. `trail`: as
    `interpreter.run` has it."""
    function = functions[0]
    work = FunctionWork(skipped=function.source.unfollowed)
    if work.skipped is not None and not function.source.newer:  # what only a newer Python reads has a rule of its own
        return work
    with looks() as looked:
        traced = _Traced(find)
        if trail is not None:
            if trail.onward is not None:
                looked |= trail.onward.looked
                traced.go_on(trail.answers[: trail.onward.asked])
            trail.looked, trail.asked = looked, traced.asked
        _check_function(work, functions, traced, rules, pulse, trail)
    if any(rule.plugin for rule in rules):  # it may read what it likes of a file
        looked |= {(path, "") for path in work.reached}
    work.looked = frozenset(looked)
    return work


def _check_function(
    work: FunctionWork,
    functions: Sequence[Function],
    traced: _Traced,
    rules: Sequence[Rule],
    pulse: Callable[[], None] | None,
    trail: Trail | None,
) -> None:
    function = functions[0]
    path = function.source.path
    try:
        from lambdalint.interpreter import run

        record = run(function, traced, variables=_variables(functions), pulse=pulse, trail=trail)
    except Exception as error:
        work.errors.append(InternalError.of(f"running {function.handler} on paper", path, error))
        return
    finally:
        work.reached = frozenset({path, *traced.found})
        work.asked = tuple(traced.asked)
    for each in functions:
        record.function = each
        try:
            record.event_failures, record.event_refusals = _failures_by_event(record, each, traced, pulse)
        except Exception as error:
            work.errors.append(InternalError.of(f"running {function.handler} on paper", path, error))
        found = judged(record, rules, path, work.errors, function=each)
        source = _source(record) if found else None
        work.findings += [replace(finding, event_source=source) for finding in found]
    work.reached, work.asked = frozenset({path, *traced.found}), tuple(traced.asked)
    work.gave_up = tuple(record.gave_up.most_common())
    if record.handler.kind == "missing":
        work.missing = record.handler.defined
    if work.findings:
        work.name_span = record.handler.place.span()


def _variables(functions: Sequence[Function]) -> dict[str, bool]:
    """The variables that each of some deployments surely sets, with whether the text is surely not empty."""
    sets = [each.deployment.sets() if each.deployment is not None else {} for each in functions]
    return {name: all(one[name] for one in sets) for name in sets[0] if all(name in one for one in sets)}


def _failures_by_event(
    record: Invocation, function: Function, find: Finder, pulse: Callable[[], None] | None
) -> tuple[list[Failure], list[Failure]]:
    """The operations that fail by the types that the event's fields have, and the calls that botocore refuses for them.
    Where it is certain who sends it, and one is read whose type that fixes, the function is run again with them."""
    from lambdalint.interpreter import run

    if record.gave_up["steps"] or record.handler.kind != "function":
        return [], []
    if not record.event_reads and not validates(record):
        return [], []
    if function.deployment is not None and function.deployment.answers_itself:
        return [], []
    fields = fields_of(infer(record))
    if fields is None or not may_fail(record, fields):
        return [], []
    again = run(function, find, fields, _variables([function]), pulse)
    return _further(again.failures, record.failures), _further(again.refusals, record.refusals)


def _further(found: list[Failure], known: list[Failure]) -> list[Failure]:
    told = {id(failure.place.node) for failure in known}
    return [failure for failure in found if id(failure.place.node) not in told]


def understand(functions: Sequence[Function], find: Finder) -> list[Understood]:
    """Run one function on paper and tell what was understood of it, in each deployment."""
    why = functions[0].source.unfollowed
    if why is None:
        try:
            from lambdalint.interpreter import run

            record = run(functions[0], find, variables=_variables(functions))
            return [understood(record, function) for function in functions]
        except Exception as error:
            why = f"lambdalint failed: {error}"
    return [
        unresolved(function.deployment, why, function.source.path)
        if function.deployment is not None
        else Understood(function.handler, function.source.path, unknown=why)
        for function in functions
    ]


class _Traced:
    """A finder that remembers what it was asked, and what it found."""

    def __init__(self, find: Finder) -> None:
        self._find = find
        self.found: set[str] = set()
        self.asked: dict[Question, None] = {}

    def go_on(self, answers: Sequence[tuple[Question, object]]) -> None:
        """Be where one was that was asked this, and answered so."""
        self.asked.update((question, None) for question, _ in answers)
        self.found |= {answer.path for _, answer in answers if isinstance(answer, Source)}

    def find(self, importer: Source, dotted: str, level: int) -> Source | None:
        self.asked["find", importer.path, dotted, level] = None
        source = self._find.find(importer, dotted, level)
        if source is not None:
            self.found.add(source.path)
        return source

    def lacks(self, package: Source, name: str) -> bool:
        self.asked["lacks", package.path, name, 0] = None
        return self._find.lacks(package, name)

    def vacant(self, dotted: str) -> bool:
        self.asked["vacant", "", dotted, 0] = None
        return self._find.vacant(dotted)


def judged(
    facts: Any, rules: Iterable[Rule], path: str, errors: list[InternalError], *, function: Function | None = None
) -> list[Finding]:
    """What the rules say of some facts, located. A rule that crashes is entered into `errors`, and counts for what it
    had said before."""
    reports: list[tuple[Rule, Report]] = []
    for rule in rules:
        try:
            for report in reports_of(rule, facts) if rule.plugin else rule.judge(facts):
                reports.append((rule, report))
        except KeyboardInterrupt:  # a person's, whatever was at work
            raise
        except BaseException as error:  # a plug-in may end the process, `sys.exit()`, and this run goes on
            errors.append(InternalError.of(_named(rule), path, error, rule))
    try:
        return _located(reports, function)
    except Exception:  # what one rule reports where nothing is must not cost what the others have found
        return _located_apart(reports, path, errors, function)


def _named(rule: Rule) -> str:
    """A rule, for a person who is told that it failed. A fault of a plug-in is none of lambdalint."""
    return f"rule {rule.code} {rule.name}" + (f" of the plug-in {rule.plugin}" if rule.plugin else "")


def _located(reports: Sequence[tuple[Rule, Report]], function: Function | None) -> list[Finding]:
    _locate(reports)
    return [_finding(rule, report, function) for rule, report in reports]


def _located_apart(
    reports: Iterable[tuple[Rule, Report]], path: str, errors: list[InternalError], function: Function | None
) -> list[Finding]:
    """One report after the other; a rule of which one cannot be located is entered into `errors`, once."""
    found: list[Finding] = []
    failed: set[str] = set()
    for rule, report in reports:
        try:
            found += _located([(rule, report)], function)
        except Exception as error:
            if rule.code not in failed:
                failed.add(rule.code)
                errors.append(InternalError.of(f"locating what {_named(rule)} found", path, error, rule))
    return found


def _locate(reports: Iterable[tuple[Rule, Report]]) -> None:
    """Have each source compute all the spans that are wanted of it at once."""
    wanted: dict[int, tuple[Source, list[object]]] = {}
    for _, report in reports:
        changed = (change.place for change in report.mend.changes) if report.mend is not None else ()
        for place in (report.place, *(note.place for note in report.notes), *changed):
            if isinstance(place.source, Source):
                wanted.setdefault(id(place.source), (place.source, []))[1].append(place.node)
    for source, nodes in wanted.values():
        source.locate(nodes)


def _finding(rule: Rule, report: Report, function: Function | None) -> Finding:
    return Finding(
        rule.code,
        rule.name,
        report.severity or rule.severity,
        report.message,
        report.place.span(),
        tuple(Related(note.place.span(), note.label, note.text) for note in report.notes),
        report.advice,
        function.handler if function is not None else None,
        _deployed(function.deployment) if function is not None and function.deployment is not None else None,
        fix=_fix(report),
    )


def _fix(report: Report) -> Fix | None:
    if report.mend is None:
        return None
    from lambdalint.fixes.locate import fix_of

    return fix_of(report.mend)


def _source(run: Invocation) -> str | None:
    """Who calls the function, where a descriptor or the code names it."""
    callers = infer(run)
    if not callers.certain:
        return None
    return ", ".join(dict.fromkeys(source.name for source in callers.possible)) or None


def _deployed(deployment: Deployment) -> str:
    span = deployment.place.span()
    runtime = f", {deployment.runtime.value}" if deployment.runtime is not None else ""
    return f"{span.path}:{span.start.row}{runtime}"


@dataclass(frozen=True, slots=True)
class Runner:
    """A function that a finding was made in: its handler string, its file, and where its name is bound."""

    handler: str
    path: str
    name_span: Span | None


@dataclass(slots=True)
class Merged:
    """Findings with one code at one place, and every function that reaches it, in order."""

    finding: Finding
    runners: dict[tuple[str, str], Runner]


#: Ways are put together up to this many places.
_MOST_RELATED = 12
#: Of the functions that reach one fault, this many are named besides the first.
_NAMED_RUNNERS = 3


def merge(found: Iterable[tuple[Finding, Runner | None]]) -> list[Merged]:
    """One finding for each code and place, sorted, the ways that lead there put together.

    Of what several functions do at one place the gravest speaks, and the function that comes first is the one that it
    names; the others are related places. What a file says by itself is told apart by its message: `import os, sys`
    has two unused imports at one place.
    """
    merged: dict[tuple[str, Span, str], Merged] = {}
    for finding, runner in sorted(found, key=lambda pair: (pair[0].sort_key, pair[1].path if pair[1] else "")):
        key = (finding.code, finding.span, "" if runner else finding.message)
        one = merged.get(key)
        if one is None:
            one = merged[key] = Merged(finding, {})
        else:
            one.finding = _joined(one.finding, finding)
        if runner is not None:
            one.runners.setdefault((runner.handler, runner.path), runner)
    return [Merged(_with_runners(one), one.runners) for one in merged.values()]


def _joined(first: Finding, other: Finding) -> Finding:
    speaks, listens = (other, first) if other.severity.rank < first.severity.rank else (first, other)
    related = speaks.related if len(speaks.related) > _MOST_RELATED else (*speaks.related, *listens.related)
    return replace(
        speaks,
        related=tuple(dict.fromkeys(related)),
        function=first.function,
        deployed=first.deployed,
        event_source=first.event_source,
    )


def _with_runners(one: Merged) -> Finding:
    others = [runner for runner in list(one.runners.values())[1:] if runner.name_span is not None]
    if not others:
        return one.finding
    more = len(others) - _NAMED_RUNNERS
    related = [
        Related(runner.name_span, "reached by", f"`{runner.handler}` too")
        for runner in others[:_NAMED_RUNNERS]
        if runner.name_span is not None
    ]
    if more > 0:
        related[-1] = replace(related[-1], text=f"{related[-1].text}, and {more} more")
    return replace(one.finding, related=(*one.finding.related, *related))
