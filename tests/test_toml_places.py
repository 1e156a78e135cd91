"""Every key and value of a TOML text is found where it stands."""

import tomli
from hypothesis import given
from hypothesis import strategies as st

from lambdalint.toml_places import Where, places


def key(text: str, *path: "str | int") -> "tuple[int, int, int]":
    where = places(text).keys[path]
    return where.row, where.column, where.end_column


def value(text: str, *path: "str | int") -> "tuple[int, int, int]":
    where = places(text).values[path]
    return where.row, where.column, where.end_column


def test_bare_keys_and_tables():
    text = '# head\ntitle = "x"\n\n[tool.lambdalint]  # here\n  select = ["LL2"]\n'
    assert key(text, "title") == (2, 1, 6)
    assert key(text, "tool") == (4, 2, 6)
    assert key(text, "tool", "lambdalint") == (4, 7, 17)
    assert key(text, "tool", "lambdalint", "select") == (5, 3, 9)
    assert value(text, "tool", "lambdalint", "select") == (5, 12, 19)
    assert value(text, "tool", "lambdalint", "select", 0) == (5, 13, 18)


def test_dotted_and_quoted_keys():
    text = "tool . \"lambda\\u006Cint\".'per.file' = true\n"
    assert key(text, "tool", "lambdalint") == (1, 8, 25)
    assert key(text, "tool", "lambdalint", "per.file") == (1, 26, 36)
    assert value(text, "tool", "lambdalint", "per.file") == (1, 39, 43)


def test_brackets_and_hashes_inside_strings_are_text():
    text = 'a = "]# [x] \\" "\nb = \'#\'\nc = 1 # d = 2\n[t]\ne = 1\n'
    assert set(places(text).keys) == {("a",), ("b",), ("c",), ("t",), ("t", "e")}
    assert value(text, "c") == (3, 5, 6)


def test_multi_line_strings_of_both_kinds():
    text = 'a = """\n[no]\nkey = "1" \\"""\n"""""\nb = \'\'\'\n"""\nx = 1\n\'\'\'\nc = 3\n'
    assert tomli.loads(text)["c"] == 3
    assert set(places(text).keys) == {("a",), ("b",), ("c",)}
    assert key(text, "c") == (9, 1, 2)
    assert value(text, "a") == (1, 5, 8)


def test_arrays_over_lines_with_comments_and_trailing_commas():
    text = 'select = [\n  "LL2", # "LL9",\n  [1, 2],\n  "nope",\n]\nignore = []\n'
    assert value(text, "select", 0) == (2, 3, 8)
    assert value(text, "select", 1, 1) == (3, 7, 8)
    assert value(text, "select", 2) == (4, 3, 9)
    assert key(text, "ignore") == (6, 1, 7)


def test_inline_tables():
    text = 'per = { "tests/*" = ["F401"], a.b = 1979-05-27T07:32:00Z }\nlast = inf\n'
    assert key(text, "per", "tests/*") == (1, 9, 18)
    assert value(text, "per", "tests/*", 0) == (1, 22, 28)
    assert value(text, "per", "a", "b") == (1, 37, 57)
    assert value(text, "last") == (2, 8, 11)


def test_arrays_of_tables_and_tables_inside_them():
    text = "[[f]]\na = 1\n[f.sub]\nb = 1\n[[f]]\na = 2\n[[f.deep]]\nc = 1\n"
    assert key(text, "f", 0, "a") == (2, 1, 2)
    assert key(text, "f", 0, "sub", "b") == (4, 1, 2)
    assert key(text, "f", 1, "a") == (6, 1, 2)
    assert key(text, "f", 1, "deep", 0, "c") == (8, 1, 2)


def test_carriage_returns_and_no_last_newline():
    assert key("a = 1\r\nb = 2", "b") == (2, 1, 2)
    assert value("a = 1\r\nb = 2", "a") == (1, 5, 6)


def test_columns_count_code_points():
    assert key('"é𝒳" = "ü"\n', "é𝒳") == (1, 1, 5)
    assert value('"é𝒳" = "ü"\n', "é𝒳") == (1, 8, 11)


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
scalars = st.one_of(st.booleans(), st.integers(-5, 5), names)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3))


def write(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{write(k)} = {write(v)}" for k, v in value.items()) + " }"
    return str(value)


def paths(value: object, at: "tuple[str | int, ...]" = ()) -> "set[tuple[str | int, ...]]":
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {at} | {path for name, part in inner for path in paths(part, (*at, name))}


@given(st.dictionaries(names, values, max_size=4))
def test_every_path_that_tomli_reads_has_a_place_that_holds_it(document):
    text = "".join(f"{write(name)} = {write(part)}\n" for name, part in document.items())
    assert tomli.loads(text) == document
    found = places(text)
    assert set(found.values) == paths(document) - {()}
    lines = text.split("\n")
    for path, where in found.keys.items():
        assert isinstance(where, Where)
        assert lines[where.row - 1][where.column - 1 : where.end_column - 1] == write(path[-1])
