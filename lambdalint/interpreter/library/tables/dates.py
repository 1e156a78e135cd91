"""datetime, zoneinfo, time and calendar."""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_DT, _DATE, _TIME, _DELTA = "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta"
_ZONES = "datetime.timezone, zoneinfo.ZoneInfo"
_STAMP = "for int, float refuses TypeError raises ValueError, OSError, OverflowError"

CALLS: dict[str, str] = {
    _DT: f"{_DT} for each int refuses TypeError raises ValueError, OverflowError",
    **each(_DT, _DT, "today utcnow"),
    f"{_DT}.now": f"{_DT} for NoneType, {_ZONES} refuses TypeError",
    **each(_DT, f"{_DT} {_STAMP}", "fromtimestamp utcfromtimestamp"),
    f"{_DT}.fromisoformat": f"{_DT} for str refuses TypeError raises ValueError",
    f"{_DT}.strptime": f"{_DT} for each str refuses TypeError raises ValueError",
    f"{_DT}.combine": f"{_DT} refuses TypeError",
    f"{_DT}.fromordinal": f"{_DT} for int refuses TypeError raises ValueError, OverflowError",
    f"{_DT}.fromisocalendar": f"{_DT} for each int refuses TypeError raises ValueError, OverflowError",
    f"{_DT}.replace": f"{_DT} for each int refuses TypeError raises ValueError, OverflowError",
    f"{_DT}.astimezone": f"{_DT} for NoneType, {_ZONES} refuses TypeError",
    f"{_DT}.isoformat": "str refuses TypeError, ValueError",
    f"{_DT}.strftime": "str for str refuses TypeError, ValueError",
    f"{_DT}.ctime": "str",
    f"{_DT}.timestamp": "float",
    f"{_DT}.date": _DATE,
    **each(_DT, _TIME, "time timetz"),
    **each(_DT, "int", "weekday isoweekday toordinal"),
    **each(_DT, "time.struct_time", "timetuple utctimetuple"),
    **each(_DT, f"{_DELTA} | None", "utcoffset dst"),
    f"{_DT}.tzname": "str | None",
    _DATE: f"{_DATE} for each int refuses TypeError raises ValueError, OverflowError",
    f"{_DATE}.today": _DATE,
    f"{_DATE}.fromisoformat": f"{_DATE} for str refuses TypeError raises ValueError",
    f"{_DATE}.fromtimestamp": f"{_DATE} for int, float refuses TypeError raises ValueError, OSError, OverflowError",
    f"{_DATE}.fromordinal": f"{_DATE} for each int refuses TypeError raises ValueError, OverflowError",
    f"{_DATE}.replace": f"{_DATE} for each int refuses TypeError raises ValueError, OverflowError",
    **each(_DATE, "str", "isoformat ctime"),
    f"{_DATE}.strftime": "str for str refuses TypeError, ValueError",
    **each(_DATE, "int", "weekday isoweekday toordinal"),
    f"{_DATE}.timetuple": "time.struct_time",
    _TIME: f"{_TIME} for each int refuses TypeError raises ValueError, OverflowError",
    f"{_TIME}.fromisoformat": f"{_TIME} for str refuses TypeError raises ValueError",
    f"{_TIME}.isoformat": "str refuses TypeError, ValueError",
    f"{_TIME}.strftime": "str for str refuses TypeError, ValueError",
    f"{_TIME}.replace": f"{_TIME} for each int refuses TypeError raises ValueError, OverflowError",
    _DELTA: f"{_DELTA} for each int refuses TypeError, ValueError raises OverflowError",
    f"{_DELTA}.total_seconds": "float",
    "datetime.timezone": f"datetime.timezone for {_DELTA} refuses TypeError raises ValueError",
    "zoneinfo.ZoneInfo": "zoneinfo.ZoneInfo for str refuses TypeError raises ValueError, KeyError, OSError",
    "zoneinfo.available_timezones": "set[str]",
    # time
    **each("time", "float", "time monotonic perf_counter process_time thread_time"),
    **each("time", "int", "time_ns monotonic_ns perf_counter_ns process_time_ns"),
    "time.sleep": "None for int, float refuses TypeError raises ValueError, OverflowError",
    "time.strftime": "str refuses TypeError, ValueError, OverflowError",
    **each("time", "time.struct_time refuses TypeError, ValueError, OverflowError, OSError", "gmtime localtime"),
    "time.strptime": "time.struct_time for each str refuses TypeError raises ValueError",
    "time.mktime": "float for time.struct_time refuses TypeError raises OverflowError, ValueError",
    "time.ctime": "str refuses TypeError, ValueError, OverflowError, OSError",
    "time.asctime": "str refuses TypeError, ValueError, OverflowError",
    "time.tzset": "None",
    # KeyError: since 3.12 a slice is hashable, and a dict is asked for the first six of its items.
    "calendar.timegm": "int for time.struct_time refuses TypeError, ValueError, OverflowError, KeyError",
    "calendar.monthrange": "tuple[?, int] for each int refuses TypeError raises ValueError, OverflowError",
    "calendar.isleap": "bool for int refuses TypeError, ValueError",
}

ATTRIBUTES: dict[str, str] = {
    **each("datetime", "int", "MINYEAR MAXYEAR"),
    "datetime.timezone.utc": "datetime.timezone",
    "datetime.UTC": "datetime.timezone",
    **each(_DT, _DT, "min max"),
    **each(_DATE, _DATE, "min max"),
    **each(_TIME, _TIME, "min max"),
    **each(_DELTA, _DELTA, "min max resolution"),
    **each("calendar", "?", "day_name month_name day_abbr month_abbr"),
    "zoneinfo.ZoneInfo.key": "?",
}

ELEMENTS: dict[str, str] = {"time.struct_time": "?"}

_NUMBERS = ("int", "float")
OPERATORS: dict[tuple[str, str | None, str | None], str] = {
    ("Subtract", _DT, _DT): _DELTA,
    ("Subtract", _DT, _DELTA): _DT,
    ("Add", _DT, _DELTA): _DT,
    ("Add", _DELTA, _DT): _DT,
    ("Subtract", _DATE, _DATE): _DELTA,
    ("Subtract", _DATE, _DELTA): _DATE,
    ("Add", _DATE, _DELTA): _DATE,
    ("Add", _DELTA, _DATE): _DATE,
    ("Add", _DELTA, _DELTA): _DELTA,
    ("Subtract", _DELTA, _DELTA): _DELTA,
    ("Divide", _DELTA, _DELTA): "float",
    ("FloorDivide", _DELTA, _DELTA): "int",
    ("Modulo", _DELTA, _DELTA): _DELTA,
    ("FloorDivide", _DELTA, "int"): _DELTA,
    **{(op, _DELTA, number): _DELTA for op in ("Multiply", "Divide") for number in _NUMBERS},
    **{("Multiply", number, _DELTA): _DELTA for number in _NUMBERS},
}
