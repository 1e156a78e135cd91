"""Arrays, columns and tables: what numpy and pandas give whatever the data are.

A sum or a mean is of the type of the numbers that it is made of, and stands nowhere here: models have it
(library/arrays). `numpy.float64` is a float to json, `numpy.int64` is no int.
Sources: https://numpy.org/doc/stable/reference/ ; https://pandas.pydata.org/docs/reference/.
tests/test_arrays.py asks the libraries.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_ARRAY, _WHOLE, _FLOAT, _BOOL = "numpy.ndarray", "numpy.int64", "numpy.float64", "numpy.bool"
_FAILS = "raises Exception"
_COLUMN, _TABLE, _INDEX, _TIMES = "pandas.Series", "pandas.DataFrame", "pandas.Index", "pandas.DatetimeIndex"
_TIME, _SPAN = "pandas.Timestamp", "pandas.Timedelta"

CALLS: dict[str, str] = {
    **each("numpy", f"{_ARRAY} {_FAILS}", "concatenate hstack stack vstack column_stack tile outer"),
    **each("numpy", f"{_ARRAY} {_FAILS}", "convolve polyfit append triu tril vander"),
    **each("numpy", f"bool {_FAILS}", "allclose array_equal isscalar"),
    **each("numpy", f"int {_FAILS}", "ndim size"),
    "numpy.histogram": f"tuple[{_ARRAY}, {_ARRAY}] {_FAILS}",
    "numpy.random.seed": f"None {_FAILS}",
    **each("numpy.random", f"{_ARRAY} {_FAILS}", "permutation Generator.permutation multivariate_normal"),
    "numpy.random.default_rng": f"numpy.random.Generator {_FAILS}",
    "numpy.datetime64": f"numpy.datetime64 {_FAILS}",
    "numpy.timedelta64": f"numpy.timedelta64 {_FAILS}",
    **each(_ARRAY, f"None {_FAILS}", "fill sort"),
    **each(_ARRAY, f"{_ARRAY} {_FAILS}", "diagonal compress"),
    f"{_ARRAY}.nonzero": f"tuple[{_ARRAY}, ...] {_FAILS}",
    f"{_ARRAY}.tobytes": f"bytes {_FAILS}",
    # Numbers of numpy's; the others are as these.
    **each("numpy", f"int {_FAILS}", "int64.item int32.item int64.tolist int32.tolist uint8.item uint64.item"),
    **each("numpy", f"float {_FAILS}", "float64.item float32.item float64.tolist float32.tolist"),
    **each(_BOOL, f"bool {_FAILS}", "item tolist"),
    "numpy.float64.round": f"{_FLOAT} {_FAILS}",
    "numpy.float64.is_integer": "bool",
    # pandas
    **each(_COLUMN, f"{_WHOLE} {_FAILS}", "argmax argmin count"),
    f"{_COLUMN}.nunique": f"int {_FAILS}",
    f"{_COLUMN}.to_string": f"str | None {_FAILS}",
    **each(_COLUMN, f"str | None {_FAILS}", "to_json to_csv"),
    **each(_TABLE, f"str | None {_FAILS}", "to_json to_csv to_string to_html to_markdown"),
    f"{_TABLE}.info": f"None {_FAILS}",
    f"{_TABLE}.equals": f"bool {_FAILS}",
    **each(_TABLE, f"{_COLUMN} {_FAILS}", "memory_usage"),
    **each(_INDEX, f"list[?] {_FAILS}", "tolist to_list"),
    f"{_INDEX}.nunique": f"int {_FAILS}",
    **each(_TIMES, f"list[{_TIME}] {_FAILS}", "tolist to_list"),
    # A NaT, which comes where nothing else does, is refused as these are.
    **each(_TIMES, f"{_TIME} {_FAILS}", "min max"),
    **each(_TIMES, f"{_TIMES} {_FAILS}", "floor ceil round normalize tz_localize tz_convert sort_values"),
    "pandas.date_range": f"{_TIMES} {_FAILS}",
    **each("pandas", f"{_TIME} {_FAILS}", "Timestamp Timestamp.now Timestamp.today Timestamp.utcnow"),
    **each("pandas.Timestamp", f"{_TIME} {_FAILS}", "fromtimestamp floor ceil round normalize replace tz_localize tz_convert"),
    **each(_TIME, f"str {_FAILS}", "isoformat strftime day_name month_name ctime"),
    **each(_TIME, f"int {_FAILS}", "weekday isoweekday toordinal"),
    f"{_TIME}.timestamp": f"float {_FAILS}",
    f"{_TIME}.to_pydatetime": "datetime.datetime",
    f"{_TIME}.date": "datetime.date",
    f"{_TIME}.time": "datetime.time",
    _SPAN: f"{_SPAN} {_FAILS}",
    f"{_SPAN}.total_seconds": "float",
    f"{_SPAN}.to_pytimedelta": "datetime.timedelta",
    f"{_SPAN}.isoformat": "str",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    f"{_ARRAY}.shape": "tuple[int, ...]",
    **each(_ARRAY, "int", "size ndim nbytes itemsize"),
    f"{_COLUMN}.shape": "tuple[int]",
    **each(_COLUMN, "int", "size ndim nbytes"),
    **each(_COLUMN, "bool", "empty hasnans is_unique is_monotonic_increasing is_monotonic_decreasing"),
    f"{_COLUMN}.index": _INDEX,
    **each(_COLUMN, "?", "dtype dtypes name array attrs"),
    f"{_TABLE}.empty": "bool",
    f"{_TABLE}.shape": "tuple[int, int]",
    **each(_TABLE, "int", "size ndim"),
    f"{_TABLE}.values": _ARRAY,
    **each(_TABLE, _INDEX, "columns index"),
    f"{_TABLE}.dtypes": _COLUMN,
    f"{_TABLE}.T": _TABLE,
    **each(_INDEX, "int", "size ndim"),
    **each(_INDEX, "bool", "empty hasnans is_unique"),
    **each(_TIMES, "int", "size ndim"),
    **each(_TIMES, "bool", "empty hasnans is_unique"),
    **each(
        _TIME, "int", "year month day hour minute second microsecond dayofweek day_of_week day_of_year quarter week"
    ),
    **each(_SPAN, "int", "days seconds microseconds"),
    **each("pandas.DataFrameGroupBy", "int", "ngroups ndim"),
    "pandas.NaT": "pandas.NaTType",
    "pandas.NA": "pandas.NAType",
}

ELEMENTS: dict[str, str] = {}

_NUMBERS = ("Add", "Subtract", "Multiply", "FloorDivide", "Modulo")
_PLAIN = ("int", "float", "bool")
OPERATORS: dict[tuple[str, str | None, str | None], str] = {
    ("Subtract", _TIME, _TIME): _SPAN,
    **{("Subtract", _TIME, span): _TIME for span in (_SPAN, "datetime.timedelta")},
    **{
        ("Add", one, other): _TIME
        for span in (_SPAN, "datetime.timedelta")
        for one, other in ((_TIME, span), (span, _TIME))
    },
    **{
        (op, one, other): _WHOLE
        for op in _NUMBERS
        for one, other in ((_WHOLE, _WHOLE), (_WHOLE, "int"), ("int", _WHOLE))
    },
    **{
        (op, one, other): _FLOAT
        for op in (*_NUMBERS, "Divide")
        for other_kind in (*_PLAIN, _WHOLE, _FLOAT)
        for one, other in ((_FLOAT, other_kind), (other_kind, _FLOAT))
    },
    **{
        (op, one, other): _FLOAT
        for op in (*_NUMBERS, "Divide")
        for one, other in ((_WHOLE, "float"), ("float", _WHOLE))
    },
    **{("Divide", one, other): _FLOAT for one, other in ((_WHOLE, _WHOLE), (_WHOLE, "int"), ("int", _WHOLE))},
    **{
        (op, one, other): _BOOL
        for op in ("BitAnd", "BitOr", "BitXor")
        for one, other in ((_BOOL, _BOOL), (_BOOL, "bool"), ("bool", _BOOL))
    },
}
