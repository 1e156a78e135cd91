"""What arrays, columns and tables come to on paper is what numpy and pandas make of them, where these are installed.

Each expression, or body of a handler, is run by Python and on paper: some path of the record must contain what came.
Where nothing is marked, paper must know the type; `?` before an expression says that silence is right there.
"""

from __future__ import annotations

import warnings
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from lambdalint.interpreter import run
from lambdalint.interpreter.shapes import Anything, Either, Known, Mapping, Opaque, Sequence, Shape
from lambdalint.project.code.modules import Workspace
from lambdalint.project.function import Function

pytest.importorskip("numpy", reason="a session of its own: nox -f scripts/noxfile.py -s libraries")
pd = pytest.importorskip("pandas")

HEAD = """
import datetime
import numpy as np
import pandas as pd
days = ["2026-01-01", "2026-01-02", "2026-01-01"]
ints = pd.Series([3, 1, 2], name="n")
floats = pd.Series([1.5, 2.5, 0.5], name="f")
bools = pd.Series([True, False, True])
dates = pd.to_datetime(pd.Series(days))
texts = pd.Series(["a", "b", "a"])
spans = dates - dates.min()
table = pd.DataFrame({"n": [3, 1, 2], "f": [1.5, 2.5, 0.5], "b": [True, False, True], "s": ["a", "b", "a"]})
table["t"] = pd.to_datetime(days)
table["m"] = table["n"] * 2
whole, parts, flags = np.array([3, 1, 2]), np.array([1.5, 2.5, 0.5]), np.array([True, False, True])
grid, small = np.array([[1, 2], [3, 4]]), np.array([1, 2]).astype("float32")
groups, flat = table.groupby("s"), table.groupby("s", as_index=False)
rng = np.random.default_rng(1)
count, share, flag, now = np.int64(3), np.float64(1.5), np.bool_(True), pd.Timestamp("2026-01-01")
"""


def _name(value: Any) -> str:
    found = f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")
    found = {"numpy.bool_": "numpy.bool"}.get(found, found)
    return "pandas." + found.rpartition(".")[2] if found.startswith("pandas.") else found


def _contains(shape: Shape, value: Any) -> bool:
    """Whether a shape says nothing that is not so of a value."""
    if isinstance(shape, Either):
        return any(_contains(option, value) for option in shape.options)
    if isinstance(shape, Known):
        return type(shape.value) is type(value) and (shape.value == value or value != value)
    if isinstance(shape, Opaque):
        said = {shape.type, "float"} if shape.type == "numpy.float64" else {shape.type}  # pandas' NaN is a float
        index = shape.type == "pandas.Index" and isinstance(value, pd.Index)
        unique = shape.type == "pandas.arrays.ExtensionArray" and hasattr(value, "tolist")
        return _name(value) in said or index or unique or "GroupBy" in shape.type
    if isinstance(shape, Sequence):
        if _name(value) != shape.type or (shape.rest is None and len(value) != len(shape.items)):
            return False
        parts = list(value)
        first = all(_contains(one, other) for one, other in zip(shape.items, parts))
        return first and all(_contains(shape.rest, part) for part in parts[len(shape.items) :] if shape.rest)
    if isinstance(shape, Mapping):
        if _name(value) != shape.type:
            return False
        named = {entry.key.value: entry for entry in shape.entries if isinstance(entry.key, Known)}
        if any(key not in value or not _contains(entry.value, value[key]) for key, entry in named.items()):
            return False
        others = [entry for entry in shape.entries if not isinstance(entry.key, Known)]
        return all(_contains(entry.value, value[key]) for entry in others for key in value if key not in named)
    return True


def _run_both(code: str, folder: Path) -> tuple[Any, list[Shape]]:
    """What Python gives, and what paper says, of every path."""
    body = code if "\n" in code else f"    return {code}\n"
    text = f"{HEAD}\ndef handler(event, context):\n{body}"
    space: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text, "app.py", "exec", dont_inherit=True), space)
        value = space["handler"]({}, None)
    workspace = Workspace(str(folder))
    source = workspace.add(str(folder / "app.py"), text.encode())
    record = run(Function(source, "handler", "app"), workspace.finder(source))
    return value, [returned.value for returned in (*record.returns, *record.possible_returns)]


def _spread(subjects: str, methods: str) -> list[str]:
    return [f"{one}.{method}" for one, method in product(subjects.split(), methods.split())]


EXPRESSIONS = {
    "columns": [
        *_spread(
            "ints floats", "sum() mean() min() max() median() std() any() quantile(0.5) quantile([0.5]) describe()"
        ),
        *_spread("ints floats bools dates", "max() count() nunique() tolist() to_dict() iloc[0] iat[0] head(1).item()"),
        *_spread(
            "ints dates", "value_counts() value_counts().to_dict() isna() isna().sum() isna().any() dropna().max()"
        ),
        *_spread("ints floats bools", "sum() values values[0] to_numpy() agg('sum') unique()"),
        *("bools.any()", "bools.mean()", "dates.mean()", "spans.sum()", "spans.max()", "ints.at[0]", "ints.loc[0]"),
        *("[x for x in ints]", "[x for x in dates]", "[v for _, v in ints.items()]", "ints.to_frame().to_dict('list')"),
        *("ints.astype(float).sum()", "ints.astype('int32').max()", "ints.fillna(0).sum()", "floats.fillna(0).sum()"),
        *(
            "floats.diff()",
            "ints.rank().sum()",
            "ints.cumsum().tolist()",
            "ints.sort_values().iloc[-1]",
            "ints.map(str)",
        ),
        *("?ints.shift([0, 1])", "?ints.apply(str)", "?texts.sum()", "?ints.rolling(2).mean()"),
        "dates.unique()",
        *("?pd.Series([1, None]).sum()", "?pd.Series([]).sum()", "pd.Series([1, 2], dtype='float64').sum()"),
    ],
    "times and texts": [
        *_spread("dates.dt", "floor('h').iloc[0] normalize().tolist() date.iloc[0] date.tolist() strftime('%Y') time"),
        *("?dates.dt.year.max()", "spans.dt.total_seconds().sum()", "texts.str.upper()", "?texts.str.len().max()"),
        *("pd.to_datetime('2026-01-01')", "pd.to_datetime(days)", "pd.to_datetime(days)[0]", "now.year", "now.date()"),
        *(
            "pd.to_datetime(pd.Series(days), errors='coerce').tolist()",
            "now + pd.Timedelta(days=1)",
            "now - now",
            "now.isoformat()",
        ),
        *("pd.cut(ints, [0, 1, 5]).tolist()", "?pd.cut(ints, [0, 1, 5], labels=['a', 'b']).tolist()"),
        *("pd.date_range('2026-01-01', periods=2).tolist()", "[t for t in pd.to_datetime(days)]"),
    ],
    "tables": [
        *[f"table.to_dict({orient!r})" for orient in ("dict", "list", "series", "records", "index")],
        *(
            "?table.to_dict('split')",
            "table[['t', 'n']].to_dict(orient='records')",
            "table.n.sum()",
            "table['t'].min()",
        ),
        *("table.loc[0, 'n']", "table.at[0, 't']", "table.loc[table['n'] > 1, 'n'].sum()", "table.loc[:, 'n'].sum()"),
        *("table[table['n'] > 1]['n'].sum()", "table.iloc[0]['t']", "[r['t'] for _, r in table.iterrows()]"),
        *("?table.iloc[0]['n']", "table.sum(numeric_only=True)", "table.count()['n']", "table.isna().sum().sum()"),
        *("table.isna().any().any()", "table.sort_values('n')['n'].sum()", "table.dropna()['n'].sum()", "table.shape"),
        *("table.rename(columns={'n': 'k'})['k'].sum()", "table.drop(columns=['f'])['n'].sum()", "table.empty"),
        *("table.assign(z=table['n'] * 1.5)['z'].sum()", "table.astype({'n': float})['n'].sum()", "table.columns"),
        *(
            "table.query('n > 1')['n'].sum()",
            "table.reset_index()['n'].sum()",
            "table.columns.tolist()",
            "table.values",
        ),
        *("(table['n'] * table['m']).sum()", "(table['n'] / table['m']).sum()", "?(table['n'] + ints).sum()"),
        *("pd.DataFrame({'n': [1, 2]})['n'].sum()", "?pd.DataFrame({'n': [1, None]})['n'].sum()", "pd.concat([table])"),
        "?pd.DataFrame({'n': []})['n'].sum()",
    ],
    "groups": [
        *[f"groups['n'].{name}().to_dict()" for name in ("sum", "mean", "max", "count", "first")],
        *[f"groups['n'].{name}().iloc[0]" for name in ("sum", "mean", "max", "nunique", "any")],
        *(
            "groups['n'].sum().loc['a']",
            "groups['n'].sum().reset_index().to_dict('records')",
            "groups.size().to_dict()",
        ),
        *("groups['t'].max().tolist()", "[g['n'].sum() for _, g in groups]", "[v.mean() for _, v in groups['f']]"),
        *(
            "groups[['n', 'f']].sum().to_dict('index')",
            "groups['n'].agg('max').iloc[0]",
            "groups.ngroups",
            "len(groups)",
        ),
        *("?flat['n'].sum()", "?flat.size()", "groups.agg({'n': 'sum'})", "groups.get_group('a')['n'].sum()"),
    ],
    "arrays": [
        *_spread(
            "whole parts flags grid small", "sum() mean() std() min() any() argmax() tolist() item(0) cumsum() size"
        ),
        *_spread("whole parts grid", "astype(float).sum() astype(int).sum() round(1) reshape(-1) shape sum(axis=0)"),
        *[
            f"np.{name}({of})"
            for name in ("sum", "mean", "median", "max", "std", "any", "abs", "sqrt", "isnan", "sort")
            for of in ("whole", "parts", "grid", "[1, 2]", "[1.5, 2]")
        ],
        *[
            f"np.{name}({of})"
            for name in ("sum", "mean", "max", "sqrt", "isnan")
            for of in ("ints", "floats", "2", "2.5")
        ],
        *[f"np.percentile({of}, {q})" for of in ("parts", "[1, 2]", "ints") for q in ("50", "[50, 90]", "(5, 9)")],
        *("np.zeros(3)", "np.zeros((2, 2)).sum()", "np.zeros(3, dtype=int).sum()", "np.ones(3).tolist()"),
        *("np.arange(3).sum()", "np.arange(0, 1, 0.5).sum()", "np.linspace(0, 1, 5)[0]", "np.full(3, 2).sum()"),
        *("rng.random()", "rng.normal(size=3)", "rng.integers(5)", "np.random.rand()", "np.random.rand(3)"),
        *("np.random.randint(5)", "np.random.choice([1, 2])", "rng.choice([1.5, 2.5])", "np.array([]).sum()"),
        *("whole[0]", "whole[1:]", "grid[0]", "grid[0, 1]", "grid[:, 0]", "whole[whole > 1]", "[x for x in parts]"),
        *("np.where(parts > 1, 1, 0)", "np.where(parts > 1, 1, 0).sum()", "np.array(days)", "np.asarray(ints).sum()"),
        *("?np.floor(whole).sum()", "?np.where(flag, 1, 2)", "?parts.clip(ints)"),
    ],
    "operators": [
        *(
            "(parts > 1).any()",
            "(np.abs(parts - parts.mean()) > 3.0 * parts.std()).any()",
            "parts.std() < 1",
            "parts > 1",
        ),
        *("ints > 1", "(ints > 1).sum()", "((ints > 1) & (floats < 3)).any()", "ints.mean() - floats.mean()", "~flags"),
        *("count + 1", "count / 2", "share * 2", "1.5 + share", "share > 1", "count == 3", "count != 3", "not flag"),
        *("-share", "abs(share)", "round(share)", "round(share, 1)", "round(count)", "int(count)", "float(share)"),
        *(
            "bool(flag)",
            "str(now)",
            "share.item()",
            "flag.item()",
            "max(count, 2)",
            "sum([count, count])",
            "f'{share}'",
        ),
        *("[0.1, 0.9, 1] * parts", "[1, 2, 3] + whole", "2 * whole", "whole * 1.5", "whole // 2", "-whole", "-ints"),
        *(
            "isinstance(count, np.integer)",
            "isinstance(share, float)",
            "isinstance(count, int)",
            "isinstance(ints, list)",
        ),
        *("isinstance(now, datetime.datetime)", "isinstance(whole, np.ndarray)", "isinstance(flag, (bool, np.bool_))"),
    ],
}
#: Bodies of handlers that write to what they have; `t`, `s` and `a` are made for them.
BODIES = {
    "a column of another type": "t['n'] = t['n'].astype(float); return t['n'].sum()",
    "a cell of another type": "t['n'] = t['n'].astype('float64'); t.loc[0, 'n'] = 1; return t['n'].sum()",
    "a row more": "t.loc[5, 'f'] = 1.5; return t['n'].sum()",
    "some cells": "t.loc[t['n'] > 1, 'f'] = 0; return t['f'].sum()",
    "a column of some rows": "t['z'] = ints[ints > 1]; return t['z'].sum()",
    "in place": "t.fillna(0, inplace=True); return t['n'].sum()",
    "a column dropped in place": "t.drop(columns=['n'], inplace=True); t['n'] = 1.5; return t['n'].sum()",
    "a column deleted": "del t['n']; t['n'] = 'x'; return t['n'].iloc[0]",
    "columns renamed by hand": "t.columns = ['a', 'n', 'b', 's', 't', 'm']; return t['n'].sum()",
    "two columns at once": "t[['n', 'm']] = t[['n', 'm']] / 2; return t['n'].sum()",
    "an element of a column": "s[0] = 2; return s.sum()",
    "in place by an operator": "r = s; s += 0.5; return r.sum()",
    "a column by an operator": "t['n'] += 0.5; return t['n'].sum()",
    "an element of an array": "a[0] = 2.5; return a.sum()",
    "each column": "\n    for c in ['n', 'm']:\n        t[c] = t[c].astype(str)\n    return t['n'].iloc[0]",
    "each group": "\n    out = []\n    for _, g in groups:\n        out.append(g['n'].iloc[0])\n"
                  "        g['n'] = g['n'].astype(str)\n    return out",
    "a table that grows": "t = pd.DataFrame(); t['n'] = [1, 2]; return t['n'].sum()",
    "handed to a function": "\n    def halve(x):\n        x['n'] = x['n'] / 2\n    halve(t)\n    return t['n'].sum()",
    "an alias": "u = t; u['n'] = u['n'] / 2; return t['n'].sum()",
    "a copy": "u = t.copy(); u['n'] = u['n'] / 2; return t['n'].sum()",
    "rows one by one": "\n    total = 0\n    for r in t.itertuples():\n        total += r.n\n    return total",
}  # fmt: skip


@pytest.mark.parametrize("family", EXPRESSIONS)
def test_an_expression_is_what_the_libraries_make_of_it(family: str, tmp_path: Path) -> None:
    for code in EXPRESSIONS[family]:
        value, said = _run_both(code.removeprefix("?"), tmp_path)
        assert any(_contains(shape, value) for shape in said), (code, value, said)
        known = any(not isinstance(shape, Anything) for shape in said)
        assert known is not code.startswith("?"), code


@pytest.mark.parametrize("name", BODIES)
def test_what_is_written_is_not_forgotten(name: str, tmp_path: Path) -> None:
    made = "    t, s, a = table.copy(), ints.copy(), whole.copy()\n"
    value, said = _run_both(f"{made}    {BODIES[name].lstrip(chr(10)).strip(' ')}\n", tmp_path)
    assert any(_contains(shape, value) for shape in said), (value, said)
