"""The tables of numpy and pandas agree with the libraries, where they are installed: each call gives what its row says,
whether the numbers are whole or not, and no serializer takes it."""

from __future__ import annotations

import datetime
import json
import math
import operator
from typing import Any

import pytest

from lambdalint.interpreter.library.tables.arrays import ATTRIBUTES, CALLS, OPERATORS
from lambdalint.interpreter.library.types import parse_row

np = pytest.importorskip("numpy", reason="a session of its own: nox -f scripts/noxfile.py -s libraries")
pd = pytest.importorskip("pandas")

DATES = ["2026-01-01", "2026-01-02"]


def _made(kind: str, numbers: list[float]) -> Any:
    """An object of a kind of the tables."""
    scalar = getattr(np, kind.removeprefix("numpy."), None) if kind != "bool" else None
    if isinstance(scalar, type) and issubclass(scalar, np.generic):
        return scalar(3)
    return {
        "numpy": lambda: np,
        "numpy.random": lambda: np.random,
        "numpy.random.Generator": lambda: np.random.default_rng(1),
        "pandas": lambda: pd,
        "numpy.ndarray": lambda: np.array(numbers),
        "int": lambda: 3,
        "float": lambda: 1.5,
        "bool": lambda: True,
        "datetime.timedelta": lambda: datetime.timedelta(1),
        "pandas.Series": lambda: pd.Series(numbers),
        "pandas.DataFrame": lambda: pd.DataFrame({"n": numbers}),
        "pandas.Index": lambda: pd.Index(numbers),
        "pandas.DatetimeIndex": lambda: pd.to_datetime(DATES),
        "pandas.DataFrameGroupBy": lambda: pd.DataFrame({"n": numbers}).groupby("n"),
        "pandas.Timestamp": lambda: pd.Timestamp(DATES[0]),
        "pandas.Timedelta": lambda: pd.Timedelta(1),
    }[kind]()


def _arguments(row: str, numbers: list[float]) -> list[Any]:
    method = row.rpartition(".")[2]
    given: dict[str, list[Any]] = {
        "concatenate": [[numbers, numbers]], "hstack": [[numbers]], "vstack": [[numbers]], "stack": [[numbers]],
        "column_stack": [[numbers, numbers]], "tile": [numbers, 2], "outer": [numbers, numbers],
        "polyfit": [[1, 2, 3], [1, 2, 4], 1],
        "convolve": [numbers, numbers], "append": [numbers, 1], "delete": [numbers, 0], "insert": [numbers, 0, 1],
        "triu": [[numbers]], "tril": [[numbers]], "allclose": [numbers, numbers], "array_equal": [numbers, numbers],
        "isscalar": [1], "seed": [1], "permutation": [numbers], "multivariate_normal": [[0, 0], [[1, 0], [0, 1]]],
        "default_rng": [1], "datetime64": ["2026-01-01"], "timedelta64": [1], "fill": [1], "compress": [[True, False]],
        "strftime": ["%Y"], "date_range": DATES, "equals": [1], "Timestamp": DATES[:1], "Timedelta": [1],
        "fromtimestamp": [0], "floor": ["D"], "ceil": ["D"], "round": ["D"], "tz_localize": ["UTC"], "bool_": [1],
    }  # fmt: skip
    if row.startswith("numpy.float64.") or method in ("diagonal", "to_markdown"):
        return []
    if row in CALLS and row.removeprefix("numpy.") in parse_row(CALLS[row]).type and row.startswith("numpy."):
        return given.get(method, [1])
    return given.get(method, [numbers] if row.count(".") == 1 else [])


def _name(value: Any) -> str:
    if value is None:
        return "None"
    found = f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")
    found = {"numpy.bool_": "numpy.bool", "numpy.random._generator.Generator": "numpy.random.Generator"}.get(
        found, found
    )
    if not found.startswith("pandas."):
        return found
    last = found.rpartition(".")[2]
    return "pandas." + ("Index" if last == "RangeIndex" else last)


def _subject(owner: str, method: str, numbers: list[float]) -> Any:
    if method == "tz_convert":
        return _made(owner, numbers).tz_localize("UTC")
    if method == "diagonal":
        return np.eye(2)
    return pd.Timestamp if (owner, method) == ("pandas.Timestamp", "fromtimestamp") else _made(owner, numbers)


@pytest.mark.parametrize("numbers", [[3, 1], [1.5, 2.5]], ids=["whole", "not whole"])
@pytest.mark.parametrize("row", [row for row in CALLS if not row.endswith((".to_markdown", ".utcnow"))])
def test_a_call_gives_what_its_row_says(row: str, numbers: list[float]) -> None:
    owner, _, method = row.rpartition(".")
    arguments = ["UTC"] if method == "tz_convert" else _arguments(row, numbers)
    found = getattr(_subject(owner, method, numbers), method)(*arguments)
    kind = parse_row(CALLS[row]).type
    if kind == "tuple[numpy.ndarray, numpy.ndarray]" or kind == "tuple[numpy.ndarray, ...]":
        assert {_name(part) for part in found} == {"numpy.ndarray"}
    elif kind.startswith("list["):
        assert isinstance(found, list)
        assert kind == "list[?]" or _name(found[0]) == kind[5:-1]
    else:
        assert _name(found) in kind.split(" | ")
    if kind.startswith(("numpy.", "pandas.")) and kind != "numpy.float64":
        with pytest.raises(TypeError):
            json.dumps(found)


@pytest.mark.parametrize("row", [row for row in ATTRIBUTES if ATTRIBUTES[row] != "?" and not row.endswith(".week")])
def test_an_attribute_is_what_its_row_says(row: str) -> None:
    owner, _, name = row.rpartition(".")
    found = getattr(_made(owner, [3, 1]), name)
    if row in ("pandas.NaT", "pandas.NA"):
        assert type(found).__name__ == ATTRIBUTES[row].rpartition(".")[2]
    else:
        assert _name(found) == ATTRIBUTES[row].partition("[")[0] or isinstance(found, pd.Index)


_SIGNS = {"Add": "add", "Subtract": "sub", "Multiply": "mul", "FloorDivide": "floordiv", "Modulo": "mod",
          "Divide": "truediv", "BitAnd": "and_", "BitOr": "or_", "BitXor": "xor"}  # fmt: skip


@pytest.mark.parametrize(("op", "one", "other"), OPERATORS)
def test_an_operator_gives_what_its_row_says(op: str, one: str, other: str) -> None:
    found = getattr(operator, _SIGNS[op])(_made(one, []), _made(other, []))
    assert _name(found) == OPERATORS[op, one, other]


def test_the_constants_of_numpy_are_those_of_python() -> None:
    assert (np.pi, np.e, np.inf) == (math.pi, math.e, math.inf)
    assert {type(value) for value in (np.pi, np.e, np.inf, np.nan)} == {float}
