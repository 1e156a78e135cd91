"""How many findings there are, of what and where; and the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lambdalint.finding import Finding, Severity
from lambdalint.report.html.card import WORDS, function_of
from lambdalint.report.html.escape import plain
from lambdalint.report.summary import count
from lambdalint.results import LintReport

#: Of more rows in a table, the rest is behind a title of its own.
_ROWS = 12


def counts(report: LintReport) -> Iterator[str]:
    """A row of numbers; of what there is none, nothing is said."""
    kinds = Counter(finding.severity for finding in report.findings)
    numbers = [(severity.value, kinds[severity], f"{WORDS[severity]}s") for severity in Severity]
    numbers += [
        ("", report.affected, f"of {count(report.functions, 'function')} with a finding"),
        ("", report.files, "files"),
        ("", sum(finding.fix is not None and finding.fix.safe for finding in report.findings), "fixable"),
        ("", len(report.suppressed), "suppressed"),
    ]
    yield '<ul class="counts">'
    for kind, number, noun in numbers:
        if number:
            noun = noun if number != 1 or " " in noun else noun.removesuffix("s")
            yield f'<li class="{kind}"><b>{number:,}</b> {noun}</li>'
    yield "</ul>"


def filters(findings: Sequence[Finding]) -> Iterator[str]:
    """A form that the script shows: without it, it could do nothing. On a narrow screen it is folded."""
    if not findings:
        return
    kinds = Counter(finding.severity for finding in findings)
    yield '<details class="folds filters" open hidden><summary>Filters <span class="number" hidden></span></summary>'
    yield '<form id="filters" role="search" aria-label="Filters">'
    yield "<fieldset><legend>Severity</legend>"
    for severity in Severity:
        if kinds[severity]:
            yield (
                f'<label class="{severity.value}"><input type="checkbox" name="severity" value="{severity.value}" '
                f"checked> {WORDS[severity]} <b>{kinds[severity]:,}</b></label>"
            )
    yield "</fieldset>"
    yield from _choice("rule", "Rule", "all rules", _rules(findings))
    yield from _choice("function", "Function", "all functions", _functions(findings))
    yield '<label>Text <input type="search" name="text" autocomplete="off" placeholder="message, path, code"></label>'
    yield '<label>Group by <select name="group"><option>function</option><option>rule</option><option>file</option>'
    yield "</select></label>"
    yield '<span class="buttons"><button type="button" id="clear">Clear</button>'
    yield '<button type="button" id="fold">Close all</button>'
    yield f'<output aria-live="polite">{len(findings):,} of {len(findings):,}</output></span>'
    yield "</form></details>"


def tables(findings: Sequence[Finding]) -> Iterator[str]:
    """Findings by rule, by function and by file; the script makes each row a filter, and folds all on a phone."""
    if not findings:
        return
    yield '<nav aria-label="Overview"><details class="folds" open><summary>Rules, functions and files</summary>'
    yield from _table("rule", "Rules", _rules(findings))
    yield from _table("function", "Functions", _functions(findings))
    yield from _table("file", "Files", Counter(finding.span.path for finding in findings).most_common())
    yield "</details></nav>"


_Counted = list[tuple[str, int]]


def _rules(findings: Sequence[Finding]) -> _Counted:
    return Counter(f"{finding.code} {finding.name}" for finding in findings).most_common()


def _functions(findings: Sequence[Finding]) -> _Counted:
    named = ("  ".join(part for part in function_of(finding) if part) for finding in findings)
    return Counter(named).most_common()


def _choice(name: str, label: str, every: str, counted: _Counted) -> Iterator[str]:
    yield f'<label>{label} <select name="{name}"><option value="*">{every}</option>'
    for value, number in counted:
        yield f'<option value="{plain(value)}">{plain(value) or "outside of any"} ({number:,})</option>'
    yield "</select></label>"


def _table(name: str, title: str, counted: _Counted) -> Iterator[str]:
    most = max(number for _, number in counted)
    rows = [_row(name, value, number, most) for value, number in counted]
    yield f'<table class="overview"><caption>{title} <span class="number">{len(rows):,}</span></caption><tbody>'
    yield from rows[:_ROWS]
    yield "</tbody></table>"
    if len(rows) > _ROWS:
        yield f'<details class="overview"><summary>{len(rows) - _ROWS:,} more</summary><table class="overview"><tbody>'
        yield from rows[_ROWS:]
        yield "</tbody></table></details>"


def _row(name: str, value: str, number: int, most: int) -> str:
    first, _, rest = value.partition({"function": "  ", "rule": " "}.get(name, "\n"))
    shown = f"<b>{plain(first)}</b> <small>{plain(rest)}</small>" if first else "outside of any"
    return (
        f'<tr><th scope="row" data-filter="{name}" data-value="{plain(value)}">{shown}</th>'
        f'<td><meter max="{most}" value="{number}" aria-hidden="true"></meter></td><td>{number:,}</td></tr>'
    )
