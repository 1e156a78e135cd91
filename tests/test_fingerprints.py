"""What a finding is known by from one run to the next."""

from hypothesis import given
from hypothesis import strategies as st

from lambdalint.finding import Finding, Position, Severity, Span
from lambdalint.fingerprints import fingerprints

CODE = ["def f(x):", "    return x", "", "def g(x):", "    return x"]


def finding(row: int, end_row: int | None = None, *, code: str = "LL202", path: str = "app.py") -> Finding:
    span = Span(path, Position(row, 5), Position(end_row or row, 13))
    return Finding(code, "return-not-serializable", Severity.ERROR, f"said of line {row}", span)


def of(*findings: Finding, lines: list[str] = CODE) -> list[str]:
    return fingerprints(findings, {"app.py": lines, "other.py": lines})


def test_lines_inserted_above_change_nothing() -> None:
    assert of(finding(2), finding(5)) == of(finding(4), finding(8), lines=["# a", "", *CODE[:3], "# b", *CODE[3:]])


def test_indentation_changes_nothing() -> None:
    assert of(finding(2)) == of(finding(2), lines=["if y:", "        return x"])


def test_rule_file_and_text_each_count() -> None:
    known = of(finding(1), finding(2), finding(2, code="LL203"), finding(2, path="other.py"), finding(1, 2))
    assert len(set(known)) == 5


def test_findings_that_look_alike_are_numbered_from_the_top() -> None:
    first, second = of(finding(2), finding(5))
    assert first != second
    assert of(finding(5)) == [first]


def test_file_without_text_has_fingerprints_too() -> None:
    first, second = fingerprints([finding(1), finding(7)], {})
    assert first != second


def test_what_is_known_of_one_run_is_known_in_the_next() -> None:
    assert of(finding(2)) == ["e3f422a6046a99277e1464fd086c0400"]


@given(
    st.lists(
        st.builds(
            finding, st.integers(0, 9), st.integers(0, 60), code=st.sampled_from(["F1", "F2"]), path=st.text(max_size=2)
        ),
        max_size=8,
    ),
    st.dictionaries(st.text(max_size=2), st.lists(st.text(st.characters(), max_size=4), max_size=60), max_size=2),
)
def test_each_is_different_whatever_the_files_hold(found: list[Finding], lines: dict[str, list[str]]) -> None:
    known = fingerprints(found, lines)
    assert len(set(known)) == len(known) == len(found)
    assert all(len(one) == 32 for one in known)
