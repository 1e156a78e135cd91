"""The tables of numpy and pandas agree with the libraries, where they are installed: each call gives what its row says,
whether the numbers are whole or not, and no serializer takes it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lambdalint.interpreter.library.tables.arrays import ATTRIBUTES, CALLS, ELEMENTS, OPERATORS
from lambdalint.interpreter.library.types import parse_row

np = pytest.importorskip("numpy", reason="a session of its own: nox -f scripts/noxfile.py -s libraries")
pd = pytest.importorskip("pandas")

DATES = ["2026-01-01", "2026-01-02"]


def _made(kind: str, numbers: list[float]) -> Any:
    """An object of a kind of the tables."""
    return {
        "numpy": lambda: np,
        "pandas": lambda: pd,
        "numpy.ndarray": lambda: np.array(numbers),
        "numpy.int64": lambda: np.int64(3),
        "int": lambda: 3,
        "pandas.Series": lambda: pd.Series(numbers),
        "pandas.Series[datetime]": lambda: pd.to_datetime(pd.Series(DATES)),
        "pandas.DataFrame": lambda: pd.DataFrame({"n": numbers}),
        "pandas.DatetimeIndex": lambda: pd.to_datetime(DATES),
        "pandas.Timestamp": lambda: pd.Timestamp(DATES[0]),
        "pandas.Timedelta": lambda: pd.Timedelta(1),
    }[kind]()


def _arguments(row: str, numbers: list[float]) -> list[Any]:
    method = row.rpartition(".")[2]
    given: dict[str, list[Any]] = {
        "__getitem__[str]": ["n"], "astype": [float], "reshape": [-1], "empty": [2], "eye": [2], "full": [2, 1.5],
        "concatenate": [[numbers, numbers]], "hstack": [[numbers]], "vstack": [[numbers]], "stack": [[numbers]],
        "strftime": ["%Y"], "date_range": DATES, "histogram": [numbers], "Series": [numbers],
    }  # fmt: skip
    return given.get(method, [numbers] if row.count(".") == 1 else [])


def _name(value: Any) -> str:
    found = f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")
    return "pandas." + found.rpartition(".")[2] if found.startswith("pandas.") else found


@pytest.mark.parametrize("numbers", [[3, 1], [1.5, 2.5]], ids=["whole", "not whole"])
@pytest.mark.parametrize("row", CALLS)
def test_a_call_gives_what_its_row_says(row: str, numbers: list[float]) -> None:
    owner, _, method = row.rpartition(".")
    found = getattr(_made(owner, numbers), method.partition("[")[0])(*_arguments(row, numbers))
    kind = parse_row(CALLS[row]).type
    if kind.startswith("tuple["):
        assert [_name(part) for part in found] == kind[len("tuple[") : -1].split(", ")
    else:
        assert _name(found) == kind
    if kind not in ("str", "int"):
        with pytest.raises(TypeError):
            json.dumps(found)


@pytest.mark.parametrize("row", ATTRIBUTES)
def test_an_attribute_is_what_its_row_says(row: str) -> None:
    owner, _, name = row.rpartition(".")
    assert _name(getattr(_made(owner, [3, 1]), name)) == ATTRIBUTES[row]


@pytest.mark.parametrize("kind", ELEMENTS)
def test_an_element_is_what_its_row_says(kind: str) -> None:
    assert {_name(part) for part in _made(kind, [3, 1])} == {ELEMENTS[kind]}


_SIGNS = {"Add": "add", "Subtract": "sub", "Multiply": "mul", "FloorDivide": "floordiv", "Modulo": "mod"}


@pytest.mark.parametrize(("op", "one", "other"), OPERATORS)
def test_an_operator_gives_what_its_row_says(op: str, one: str, other: str) -> None:
    left, right = _made(one, []), _made(other, [])
    found = getattr(left, f"__{_SIGNS[op]}__")(right)
    if found is NotImplemented:
        found = getattr(right, f"__r{_SIGNS[op]}__")(left)
    assert _name(found) == OPERATORS[op, one, other]
