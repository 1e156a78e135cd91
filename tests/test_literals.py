"""The text constants of a file: what each is bound to, where it stands, and that no source upsets the walk."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdalint.facts import FileFacts
from lambdalint.literals import HOLE, Literal
from lambdalint.source import Source


def facts(code: str) -> FileFacts:
    found = FileFacts(Source("app.py", code.encode()))
    assert found.error is None, code
    return found


def literal(code: str, value: str = "v") -> Literal:
    (found,) = [one for one in facts(code).literals if one.value == value]
    return found


@pytest.mark.parametrize(
    ("code", "binding", "name"),
    [
        ('x = "v"', "variable", "x"),
        ('x: str = "v"', "variable", "x"),
        ('if (x := "v"): pass', "variable", "x"),
        ('a, x = "u", "v"', "variable", "x"),
        ('(a, [b, x]) = "u", ["t", "v"]', "variable", "x"),
        ('x = b"v"', "variable", "x"),
        ('x = ["u", "v"]', "variable", "x"),
        ('x = "v" if y else None', "variable", "x"),
        ('x = y or "v"', "variable", "x"),
        ('x = "v".encode()', "variable", "x"),
        ('x = SecretStr("v")', "variable", "x"),
        ('x = lambda: "v"', "variable", "x"),
        ('self.x = "v"', "attribute", "x"),
        ('setattr(self, "x", "v")', "attribute", "x"),
        ('c["x"] = "v"', "subscript", "x"),
        ('K = "x"\nc[K] = "v"', "subscript", "x"),
        ('import os\nos.environ["x"] = "v"', "environment", "x"),
        ('import os\nos.putenv("x", "v")', "environment", "x"),
        ('class C:\n    x = "v"', "field", "x"),
        ('class C:\n    x: str = Field(default="v")', "field", "x"),
        ('class C(Enum):\n    x = "v"', "member", "x"),
        ('d = {"x": "v"}', "key", "x"),
        ('d = {X.x: "v"}', "key", "x"),
        ('d = [{"name": "x", "value": "v"}]', "key", "x"),
        ('f(x="v")', "keyword", "x"),
        ('f("v")', "argument", ""),
        ('def f(a, x="v"): pass', "parameter", "x"),
        ('def f(a, *, x="v"): pass', "parameter", "x"),
        ('def f(x="v", /): pass', "parameter", "x"),
        ('f = lambda x="v": 1', "parameter", "x"),
        ('if x == "v": pass', "comparison", "x"),
        ('if "v" != a.x: pass', "comparison", "x"),
        ('if e["h"]["x"].strip() == "v": pass', "comparison", "x"),
        ('if e.get("x") in ("u", "v"): pass', "comparison", "x"),
        ('match x:\n    case "u" | "v": pass', "comparison", "x"),
        ('hmac.compare_digest(x, "v")', "comparison", "x"),
        ('def x():\n    if a:\n        return "v"', "return", "x"),
        ('import os\nos.environ.get("x", "v")', "environment-default", "x"),
        ('import os as o\no.environ.get("x", "v")', "environment-default", "x"),
        ('from os import getenv as g\ng("x", "v")', "environment-default", "x"),
        ('import os\na = os.getenv("x") or "v"', "environment-default", "x"),
        ('import os\nos.environ.setdefault("x", "v")', "environment-default", "x"),
        ('d.get("x", "v")', "key-default", "x"),
        ('p.add_argument("-p", "--x", default="v")', "key-default", "x"),
        ('"v" in y', "", ""),
        ('{"v"}.pop()', "", ""),
    ],
)
def test_each_binding_is_known(code: str, binding: str, name: str) -> None:
    context = literal(code).context
    assert (context.binding, context.name) == (binding, name)


def test_called_function_is_known_by_its_full_name() -> None:
    assert literal('import boto3 as b\nb.client("v")').context.callee == "boto3.client"
    assert literal('from boto3 import client\nclient(x="v")').context.callee == "boto3.client"
    assert literal('boto3.client("a", x, "v")').context.position == 2


def test_collection_around_a_value_is_known() -> None:
    assert literal('keys = {"a": "v"}').context.container == "keys"


def test_parts_of_a_text_are_one_with_holes() -> None:
    assert literal('x = "a" "v"', "av").whole
    assert literal('x = ("a" + "b"\n     + "c")', "abc").whole
    found = literal('x = f"a{y}b"', f"a{HOLE}b")
    assert not found.whole
    assert found.context.name == "x"
    assert literal('x = "a" + y + "b"', f"a{HOLE}b").context.name == "x"
    assert literal('x = f"a"', "a").whole


def test_docstrings_annotations_and_subscripts_are_no_values() -> None:
    module = '"""m"""\nclass C:\n    """c"""\n    a: Literal["t"]\n'
    assert facts(module).literals == ()
    assert facts('def f(a: "t") -> "t":\n    """f"""\n    "note"\n    return a["k"]\n').literals == ()


def test_siblings_are_the_constants_beside() -> None:
    assert literal('f(user="u", x="v", y=z)').siblings == {"user": "u", "x": "v"}
    assert literal('d = {"user": "u", "x": "v", **z}').siblings == {"user": "u", "x": "v"}
    assert literal('def f():\n    user = "u"\n    x = "v"').siblings == {"user": "u", "x": "v"}


def test_constant_comes_once_more_under_the_name_it_is_handed_to() -> None:
    found = [one for one in facts('K = "v"\nf(password=K)').literals if one.value == "v"]
    assert [(one.context.name, one.place.span().start.row) for one in found] == [("K", 1), ("password", 1)]
    twice = facts('K = "v"\nK = "w"\nf(password=K)').literals
    assert "password" not in {one.context.name for one in twice}


@pytest.mark.parametrize(
    "code",
    ["event[K]", "event.get(K)", "os.getenv(K)", "c.get_secret_value(SecretId=K)", "get_secret(K)", "K in event"],
)
def test_name_used_to_look_something_up_is_known(code: str) -> None:
    assert "K" in facts(code).lookups


@pytest.mark.parametrize("code", ["login(K)", "f(password=K)", 'K == "x"', 'K in ("a", "b")', "K.strip()"])
def test_name_used_otherwise_is_no_lookup(code: str) -> None:
    assert "K" not in facts(code).lookups


def test_file_that_does_not_compile_has_no_literals() -> None:
    broken = FileFacts(Source("app.py", b'x = "v" =\n'))
    assert (broken.literals, broken.lookups) == ((), frozenset())


def test_deep_and_long_code_is_walked_without_recursion() -> None:
    value = " + ".join(['"a"'] * 900)
    assert literal(f"x = {value}", "a" * 900).whole
    chain = "y" + ".strip()" * 150
    assert literal(f'if {chain} == "v": pass').context.name == "y"
    assert len(facts("x = [" + ", ".join(['"v"'] * 5000) + "]").literals) == 5000


# -- properties --------------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8", exclude_characters=HOLE), max_size=8)
names = st.sampled_from(["password", "x", "token", "Übung", "os", "environ", "get"])
leaves = st.one_of(
    texts.map(repr),
    texts.map(lambda text: repr(text.encode())),
    names,
    st.sampled_from(["None", "1", "...", "f'{x}é'", "os.environ.get('A', 'b')"]),
)


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: f"({p[0]} + {p[1]})"),
        pair.map(lambda p: f"({p[0]} or {p[1]})"),
        pair.map(lambda p: f"({p[0]} == {p[1]})"),
        pair.map(lambda p: f"({p[0]} in {p[1]})"),
        pair.map(lambda p: f"({p[0]} if {p[1]} else {p[0]})"),
        pair.map(lambda p: f"{{{p[0]}: {p[1]}}}"),
        pair.map(lambda p: f"[{p[0]}, *[{p[1]}]]"),
        pair.map(lambda p: f"f({p[0]}, password={p[1]})"),
        pair.map(lambda p: f"({p[0]}).get({p[1]}, {p[0]})"),
        pair.map(lambda p: f"({p[0]})[{p[1]}]"),
        pair.map(lambda p: f"(lambda token={p[0]}: {p[1]})"),
        pair.map(lambda p: f"[y for y in {p[0]} if {p[1]}]"),
        inner.map(lambda e: f"SecretStr({e}).encode()"),
        inner.map(lambda e: f"(z := {e})"),
        inner.map(lambda e: f"({e}) % ({e},)"),
    )


expressions = st.recursive(leaves, _grow, max_leaves=8)
statements = st.one_of(
    st.tuples(names, expressions).map(lambda p: f"{p[0]} = {p[1]}"),
    st.tuples(names, expressions).map(lambda p: f"({p[0]}, (a, b)) = (1, ({p[1]}, 2))"),
    st.tuples(names, expressions).map(lambda p: f"{p[0]}[{p[1]}] = {p[1]}"),
    st.tuples(names, expressions).map(lambda p: f"class {p[0]}(Enum):\n    token: str = {p[1]}"),
    st.tuples(names, expressions).map(lambda p: f"def {p[0]}(secret={p[1]}):\n    return {p[1]}"),
    st.tuples(names, expressions).map(lambda p: f"match {p[0]}:\n    case 'é' if {p[1]}:\n        {p[0]} = {p[1]}"),
    st.tuples(names, expressions).map(lambda p: f"try:\n    {p[1]}\nexcept {p[0]}:\n    with {p[1]} as w: pass"),
    expressions.map(lambda e: f"async def f():\n    'd'; await {e}"),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(statements, min_size=1, max_size=4).map("\n".join))
def test_every_constant_stands_where_it_says(code: str) -> None:
    source = Source("app.py", code.encode())
    found = FileFacts(source)
    if found.error is not None:
        return
    for one in found.literals:
        assert one.context.binding == one.context.binding.strip()
        node = one.place.node
        if not isinstance(node, ast.Constant):
            continue
        span = one.place.span()
        rows = source.lines[span.start.row - 1 : span.end.row]
        rows[-1] = rows[-1][: span.end.column - 1]
        text = "\n".join([rows[0][span.start.column - 1 :], *rows[1:]])
        assert ast.literal_eval(text) == node.value


@settings(max_examples=100, deadline=None)
@given(st.lists(statements, min_size=1, max_size=4).map("\n".join))
def test_rules_on_literals_never_raise(code: str) -> None:
    from lambdalint.checks.secret_judgement import verdicts

    for verdict in verdicts(FileFacts(Source("app.py", code.encode()))):
        assert verdict.code.startswith("LL50")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["password", "API_KEY", "token", "Authorization", "x", "db_secret"]))
def test_no_text_upsets_the_judgement(text: str, name: str) -> None:
    from lambdalint.checks import RULES

    text += "Zq9"  # so that it is no word of the message
    code = f"{name} = {text!r}\nimport os\nos.environ.get({name!r}, {text!r})\n".encode("utf-8", "replace")
    found = FileFacts(Source("app.py", code))
    for rule in ("LL501", "LL502", "LL503", "LL504", "LL505", "LL506"):
        for report in RULES[rule].judge(found):
            assert len(text) < 8 or text not in report.message
