"""The log of SARIF 2.1.0. That it is one, validators of others say: tests/oracle/test_formats_oracle.py."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from lambdalint.checks import RULES
from lambdalint.cli import main
from lambdalint.finding import Finding
from lambdalint.report import render
from lambdalint.results import LintReport

from .reports import BARE, EVERYTHING, FULL, LINES, ODD, SUPPRESSED, span


def run(report: LintReport) -> dict[str, Any]:
    output = render(report, "sarif")
    assert output.isascii()
    log = json.loads(output)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    assert isinstance(one, dict)
    return one


def results(*findings: Finding) -> list[dict[str, Any]]:
    found = run(LintReport(findings, lines=LINES))["results"]
    assert isinstance(found, list)
    return found


def test_result_has_rule_level_place_and_snippet() -> None:
    (result,) = results(FULL)
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("LL203", 0, "error")
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "src/app.py", "uriBaseId": "SRCROOT"},
        "region": {
            "startLine": 31,
            "startColumn": 24,
            "endLine": 31,
            "endColumn": 40,
            "snippet": {"text": LINES["src/app.py"][30][23:39]},
        },
        "contextRegion": {
            "startLine": 29,
            "endLine": 32,
            "snippet": {"text": "x = 1\nx = 1\n    return respond(20, json.dumps(item))\n# the end"},
        },
    }


def test_message_tells_the_way_with_links_and_what_to_do() -> None:
    (result,) = results(FULL)
    assert result["message"]["text"].split("\n") == [
        "`json.dumps` cannot serialize the Decimal.",
        "[made here](1): a resource gives numbers as Decimal",
        "[returned here](2)",
        "Reached by app.lambda_handler (API Gateway REST).",
        "To do: json.dumps(item, default=str).",
    ]
    assert [
        (one["id"], one["physicalLocation"]["artifactLocation"]["uri"], one["message"]["text"])
        for one in result["relatedLocations"]
    ] == [(1, "src/store.py", "made here: a resource gives numbers as Decimal"), (2, "src/app.py", "returned here")]
    assert result["properties"] == {"function": "app.lambda_handler", "eventSource": "API Gateway REST"}


def test_what_only_looks_like_a_link_is_none() -> None:
    (result,) = results(ODD)
    assert r"\[x](1)" in result["message"]["text"]
    assert results(replace(BARE, message='`a["b"]`'))[0]["message"]["text"] == '`a["b"]`.'


def test_fix_is_in_it() -> None:
    (result,) = results(FULL)
    (fix,) = result["fixes"]
    assert fix["description"]["text"] == "add `default=str`."
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "src/app.py"
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"] == {"text": ", default=str"}
    assert replacement["deletedRegion"] == {"startLine": 31, "startColumn": 39, "endLine": 31, "endColumn": 39}


def test_rule_has_its_page_as_help() -> None:
    (rule,) = run(LintReport((FULL,)))["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("LL203", "dumps-not-serializable")
    assert rule["shortDescription"] == {"text": RULES["LL203"].summary}
    assert rule["fullDescription"] == {"text": "`json.dumps` is given something that it cannot serialize."}
    assert rule["help"]["markdown"].startswith("# LL203 dumps-not-serializable\n")
    assert rule["help"]["text"].startswith("LL203 dumps-not-serializable\n")
    assert rule["helpUri"].endswith("/rules/LL203-dumps-not-serializable.md")
    assert rule["defaultConfiguration"] == {"level": RULES["LL203"].severity.value}
    assert "security-severity" not in rule["properties"]


def test_rule_that_shares_its_page_is_described_by_itself() -> None:
    (rule,) = run(LintReport((BARE,)))["tool"]["driver"]["rules"]
    assert rule["fullDescription"] == rule["shortDescription"] == {"text": RULES["F401"].summary}
    assert rule["helpUri"].endswith("/rules/F-pyflakes.md")


def test_rule_of_secrets_has_a_security_severity() -> None:
    (rule,) = run(LintReport((ODD,)))["tool"]["driver"]["rules"]
    assert float(rule["properties"]["security-severity"]) >= 4
    assert "security" in rule["properties"]["tags"]


def test_rules_are_those_of_the_results_once_each() -> None:
    log = run(LintReport((FULL, BARE, replace(FULL, span=span("src/z.py", 1, 1, 1, 2)))))
    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == ["LL203", "F401"]
    assert [result["ruleIndex"] for result in log["results"]] == [0, 1, 0]


def test_every_rule_can_be_described() -> None:
    all_of_them = tuple(replace(BARE, code=rule.code, name=rule.name) for rule in RULES.values())
    for rule in run(LintReport(all_of_them))["tool"]["driver"]["rules"]:
        assert rule["help"]["markdown"].startswith("# ")
        assert rule["fullDescription"]["text"]


def test_suppressed_finding_is_marked_and_the_others_say_that_they_are_none() -> None:
    marked = {one["ruleId"]: one["suppressions"] for one in run(EVERYTHING)["results"]}
    assert marked == {"LL203": [], "F401": [], "LL503": [], "LL202": [{"kind": "inSource"}]}
    assert all("suppressions" not in one for one in results(FULL, BARE))


def test_what_a_baseline_has_is_suppressed_outside_of_the_source() -> None:
    report = replace(EVERYTHING, findings=(), suppressed=(SUPPRESSED, BARE), known=(BARE,))
    marked = {one["ruleId"]: one["suppressions"] for one in run(report)["results"]}
    assert marked == {"LL202": [{"kind": "inSource"}], "F401": [{"kind": "external"}]}


def test_command_tells_the_baseline_from_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text("import os\nimport re  # noqa: F401\n")
    main(["check", "--write-baseline", "known.json"])
    assert main(["check", "--baseline", "known.json", "--output-format", "sarif"]) == 0
    (log,) = json.loads(capsys.readouterr().out)["runs"]
    assert [one["suppressions"] for one in log["results"]] == [[{"kind": "external"}], [{"kind": "inSource"}]]


def test_fingerprint_leaves_the_key_of_codeql_action_to_it() -> None:
    (result,) = results(FULL)
    assert list(result["partialFingerprints"]) == ["lambdalint/v1"]


def test_fingerprint_survives_inserted_lines_and_a_suppression() -> None:
    moved = replace(FULL, span=span("src/app.py", 33, 24, 33, 40))
    lines = {**LINES, "src/app.py": ["# new", "# new", *LINES["src/app.py"]]}
    first = run(LintReport((FULL,), lines=LINES))["results"]
    second = run(LintReport((moved,), suppressed=(SUPPRESSED,), lines=lines))["results"]
    assert first[0]["partialFingerprints"] == second[0]["partialFingerprints"]


@pytest.mark.parametrize(
    ("path", "uri", "relative"),
    [
        ("src/app.py", "src/app.py", True),
        ("../lib/a b%.py", "../lib/a%20b%25.py", True),
        ("c:d.py", "c%3Ad.py", True),
        ("注/x.py", "%E6%B3%A8/x.py", True),
        ("caf\udce9.py", "caf%E9.py", True),
        ("/srv/app.py", "file:///srv/app.py", False),
        ("D:/srv/a b.py", "file:///D:/srv/a%20b.py", False),
    ],
)
def test_paths_are_uris(path: str, uri: str, relative: bool) -> None:
    (result,) = results(replace(BARE, span=span(path, 1, 1, 1, 2)))
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == uri
    assert ("uriBaseId" in place) is relative
    assert not path.isprintable() or unquote(uri).removeprefix("file://").lstrip("/") == path.lstrip("/")


def test_failure_of_lambdalint_itself_is_a_notification() -> None:
    (invocation,) = run(EVERYTHING)["invocations"]
    assert invocation["executionSuccessful"] is False
    (one,) = invocation["toolExecutionNotifications"]
    assert one["message"]["text"] == "rule LL202 return-not-serializable failed: KeyError: 'x'."
    assert run(LintReport())["invocations"] == [{"executionSuccessful": True}]


def test_worst_five_thousand_are_kept_and_the_rest_counted() -> None:
    warnings = tuple(replace(BARE, span=span("src/b.py", row, 1, row, 2)) for row in range(1, 5002))
    last = replace(FULL, span=span("src/z.py", 1, 1, 1, 2))
    log = run(LintReport((*warnings, last), suppressed=(SUPPRESSED,)))
    assert len(log["results"]) == 5000
    assert log["results"][-1]["ruleId"] == "LL203"
    (note,) = log["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "3 more findings are left out: a log has 5,000 results at most."
