"""Arrays and columns: what numpy and pandas give whatever the data are.

A sum or a mean is of the type of the numbers that it is made of, and stands nowhere here: `numpy.float64` is a float to
json, `numpy.int64` is no int. Where the answer depends on how much is asked for, a model has it (library/arrays.py).
Sources: https://numpy.org/doc/stable/reference/ ; https://pandas.pydata.org/docs/reference/.
tests/test_arrays.py asks the libraries.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_ARRAY, _WHOLE = "numpy.ndarray", "numpy.int64"
_FAILS = "raises Exception"
_TIMES = "pandas.Series[datetime]"

CALLS: dict[str, str] = {
    **each("numpy", f"{_ARRAY} {_FAILS}", "argsort concatenate cumsum diff empty eye full hstack sort stack vstack"),
    "numpy.histogram": f"tuple[{_ARRAY}, {_ARRAY}] {_FAILS}",
    **each(_ARRAY, f"{_ARRAY} {_FAILS}", "argsort astype copy cumsum flatten ravel reshape transpose"),
    "pandas.Series": f"pandas.Series {_FAILS}",
    **each("pandas.Series", f"{_WHOLE} {_FAILS}", "argmax argmin count"),
    "pandas.Series.nunique": f"int {_FAILS}",
    **each("pandas.Series", f"pandas.Series {_FAILS}", "head tail value_counts"),
    "pandas.DataFrame.__getitem__[str]": f"pandas.Series {_FAILS}",
    "pandas.date_range": f"pandas.DatetimeIndex {_FAILS}",
    # A NaT, which comes where nothing else does, is refused as these are.
    **each(_TIMES, f"pandas.Timestamp {_FAILS}", "min max"),
    **each("pandas.Timestamp", "str", "isoformat strftime"),
    "pandas.Timestamp.to_pydatetime": "datetime.datetime",
    "pandas.Timestamp.date": "datetime.date",
}

ATTRIBUTES: dict[str, str] = {
    f"{_ARRAY}.T": _ARRAY,
    f"{_ARRAY}.size": "int",
    "pandas.Timedelta.days": "int",
}

ELEMENTS: dict[str, str] = {
    _TIMES: "pandas.Timestamp",
    "pandas.DatetimeIndex": "pandas.Timestamp",
}

OPERATORS: dict[tuple[str, str | None, str | None], str] = {
    ("Subtract", "pandas.Timestamp", "pandas.Timestamp"): "pandas.Timedelta",
    **{
        (op, one, other): _WHOLE
        for op in ("Add", "Subtract", "Multiply", "FloorDivide", "Modulo")
        for one, other in ((_WHOLE, _WHOLE), (_WHOLE, "int"), ("int", _WHOLE))
    },
}
