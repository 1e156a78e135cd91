"""Reports to render: what the tests of the formats, and the validators, have in common."""

from __future__ import annotations

from lambdalint.finding import Edit, Finding, Fix, Position, Related, Severity, Span
from lambdalint.results import GaveUp, LintReport, Skipped
from lambdalint.work import InternalError


def span(path: str, row: int, column: int, end_row: int, end_column: int) -> Span:
    return Span(path, Position(row, column), Position(end_row, end_column))


FULL = Finding(
    code="LL203",
    name="dumps-not-serializable",
    severity=Severity.ERROR,
    message="`json.dumps` cannot serialize the Decimal",
    span=span("src/app.py", 31, 24, 31, 40),
    related=(
        Related(span("src/store.py", 14, 12, 14, 30), "made here", "a resource gives numbers as Decimal"),
        Related(span("src/app.py", 31, 5, 31, 41), "returned here"),
    ),
    advice="json.dumps(item, default=str)",
    function="app.lambda_handler",
    event_source="API Gateway REST",
    fix=Fix("add `default=str`", (Edit(span("src/app.py", 31, 39, 31, 39), ", default=str"),), safe=True),
)
BARE = Finding("F401", "unused-import", Severity.WARNING, "`os` imported but unused", span("src/b.py", 1, 8, 1, 10))
CRASH = InternalError("rule LL202 return-not-serializable", "src/c.py", "KeyError: 'x'", "Traceback ...")

#: What would end an attribute, a property, a line, a script, or the reader's patience, in one format or another.
HOSTILE = (
    "50%\r\n]; a:b,c::error::x ]]> </script><script>alert(1)</script> <!-- & \"'> \x1b[2J \u202e %0A %AZP25 [x](1) 注🚀"
)
ODD = Finding(
    "LL503",
    "hardcoded-secret",
    Severity.INFO,
    HOSTILE,
    span("src/a b;]%0A<注>.py", 2, 7, 3, 2),
    related=(Related(span("src/a b;]%0A<注>.py", 1, 1, 1, 3), "made here", HOSTILE),),
    advice=HOSTILE,
    function="app.<b>",
    deployed="template.yaml:12, python3.13",
    fix=Fix(HOSTILE, (Edit(span("src/a b;]%0A<注>.py", 2, 7, 3, 2), HOSTILE),), safe=False),
)
SUPPRESSED = Finding("LL202", "return-not-serializable", Severity.ERROR, "it fails", span("src/b.py", 2, 1, 2, 5))

LINES = {
    "src/app.py": ["x = 1"] * 30 + ["    return respond(20, json.dumps(item))", "# the end"],
    "src/store.py": [""] * 13 + ["    item = table.get_item(Key=key)"],
    "src/b.py": ["import os", "return datetime.now()"],
    ODD.span.path: ["注 = 1", "注注注 = [\t# </script>", ")]", ""],
}
#: Everything that a report can hold.
EVERYTHING = LintReport(
    findings=(FULL, BARE, ODD),
    suppressed=(SUPPRESSED,),
    errors=(CRASH,),
    skipped=(Skipped("src/vendored/six", "an installed package"),),
    gave_up=(GaveUp("worker.main", "src/worker.py", (("recursion", 528),)),),
    files=4,
    functions=3,
    affected=2,
    seconds=0.25,
    lines=LINES,
)
