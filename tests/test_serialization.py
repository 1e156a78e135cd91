"""The serializers' tables agree with the serializers: asked value by value, and with random values built of them."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import hashlib
import hmac
import http
import importlib
import io
import ipaddress
import itertools
import json
import logging
import os
import pathlib
import random
import re
import subprocess
import threading
import types
import urllib.error
import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any

import pytest
import simplejson
from awslambdaric.lambda_runtime_marshaller import to_json
from hypothesis import given
from hypothesis import strategies as st

from lambdalint.checks.serialization import faults, non_finite
from lambdalint.checks.serializers import _OBJECTS, _TOOLS, ADVICE, JSON, ORJSON, RUNTIME, SIMPLEJSON, UJSON, Table
from lambdalint.interpreter.shapes import Anything, Either, Entry, Instance, Known, Mapping, Opaque, Sequence

from .picture import draw, entry, place, type_name


class Text(str):
    pass


class Octets(bytes):
    pass


class Bag(dict[str, Any]):
    pass


class Row(list[Any]):
    pass


class Plain:
    pass


class AsDict:
    def _asdict(self) -> dict[str, int]:
        return {"a": 1}


class BagAsDict(dict[str, Any]):
    def _asdict(self) -> dict[str, int]:
        return {"a": 1}


class ForJson:
    def for_json(self) -> dict[str, int]:
        return {"a": 1}


class Problem(Exception):
    pass


class Color(enum.Enum):
    RED = "red"


class Word(str, enum.Enum):
    YES = "yes"


class Level(enum.IntEnum):
    LOW = 1


class Bits(enum.Flag):
    ONE = 1


class IntBits(enum.IntFlag):
    ONE = 1


@dataclasses.dataclass
class Order:
    id: int = 1


class Point(collections.namedtuple("Point", "x y")):
    pass


async def _coroutine() -> None: ...


async def _async_generator():  # type: ignore[no-untyped-def]
    yield 1


def _closed(coroutine: Any) -> Any:
    coroutine.close()
    return coroutine


def _values() -> list[object]:
    """A value of each type that the tables name and the standard library has."""
    return [
        *(
            {1},
            frozenset({1}),
            bytearray(b"x"),
            memoryview(b"x"),
            1j,
            ...,
            NotImplemented,
            object(),
            range(3),
            slice(1),
        ),
        *(map(str, [1]), filter(None, [1]), zip([1]), enumerate([1]), reversed((1,)), reversed([1])),
        *(iter([1]), iter((1,)), iter({1}), iter("é"), iter("a"), iter({"a": 1}), iter({}.values()), iter({}.items())),
        *(iter(int, 0), iter(range(3)), {}.keys(), {}.values(), {}.items()),
        *(collections.OrderedDict().keys(), collections.OrderedDict().values(), collections.OrderedDict().items()),
        types.MappingProxyType({}),
        *(_closed(_coroutine()), (x for x in ()), _async_generator()),
        *(_values, [].append, len, ForJson().for_json, int, json),
        *(property(), functools.partial(print)),
        *(datetime.timedelta(1), datetime.timezone.utc, zoneinfo.ZoneInfo("UTC"), fractions.Fraction(1, 2)),
        *(pathlib.Path("x"), pathlib.PurePath("x"), ipaddress.ip_address("1.1.1.1")),
        *(ipaddress.ip_address("::1"), ipaddress.ip_network("1.1.1.0/24"), ipaddress.ip_network("::/64")),
        *(collections.deque(), collections.ChainMap(), collections.UserDict(), collections.UserList()),
        *(collections.UserString(""), types.SimpleNamespace(), array.array("i"), re.match("", ""), re.compile("")),
        *(io.BytesIO(), io.StringIO(), os.environ, subprocess.CompletedProcess([], 0), logging.getLogger("x")),
        *(threading.Thread(), hashlib.md5(b""), hashlib.blake2b(b""), hmac.new(b"", b"", "md5"), random.Random(1)),
        *(
            itertools.accumulate([1]),
            itertools.chain([1]),
            itertools.combinations([1], 1),
            itertools.compress([1], [1]),
        ),
        *(itertools.combinations_with_replacement([1], 1), itertools.count(), itertools.cycle([1])),
        *(itertools.dropwhile(bool, [1]), itertools.filterfalse(bool, [1]), itertools.groupby([1])),
        *(itertools.islice([1], 1), itertools.pairwise([1]), itertools.permutations([1]), itertools.product([1])),
        *(
            itertools.repeat(1),
            itertools.starmap(len, [[1]]),
            itertools.takewhile(bool, [1]),
            itertools.zip_longest([1]),
        ),
        *(ValueError("x"), KeyError("x"), SystemExit(1), urllib.error.URLError("x")),
        *(datetime.datetime(2026, 1, 1), datetime.date(2026, 1, 1), datetime.time(1), uuid.UUID(int=1)),
        *(decimal.Decimal(1), None, True, 1, 1.5, "x", b"x", [1], (1,), {"a": 1}),
        *(collections.OrderedDict(a=1), collections.defaultdict(int), collections.Counter("a"), http.HTTPStatus.OK),
        *(Color.RED, Word.YES, Level.LOW, Bits.ONE, IntBits.ONE),
        *(Text("x"), Octets(b"x"), Bag(a=1), Bag(a={1}), Row([1]), Row([{1}]), Plain(), AsDict(), ForJson()),
        *(BagAsDict(a={1}), Problem(), Order(), Point(1, 2), Point(1, {2}), Plain),
    ]


VALUES = _values()
#: Named in the tables and not made here: other libraries', other Pythons', files, and names for what has another type.
NOT_MADE = re.compile(
    r"^(requests|urllib3|botocore|boto3|numpy|pandas|sqlalchemy|http\.client|bson|pymongo|redis)\.|^json\.|^urllib\.error\.HTTPError"
    r"|^pathlib\.(Pure)?Path$|^types\.MappingProxyType$|^builtin_function$|^io\.(TextIO|Buffered)|^subprocess\.Popen"
    r"|^iterator$|^itertools\.batched$|^_?hashlib\.|^blake2\.|^threading\.Lock$"
    r"|^enum\.|^os\._Environ|^re\.|^odict|^mappingproxy|iterator$|^(method|function)$"
)


SERIALIZERS = [(RUNTIME, to_json), (JSON, json.dumps), (SIMPLEJSON, simplejson.dumps)]


def accepts(serialize: Callable[[Any], Any], value: object) -> bool:
    try:
        serialize(value)
    except Exception:
        return False
    return True


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type_name(value))
@pytest.mark.parametrize(
    ("table", "serialize"), [(RUNTIME, to_json), (JSON, json.dumps), (SIMPLEJSON, simplejson.dumps)]
)
def test_the_tables_say_what_the_serializer_does(table: Table, serialize: Callable[[Any], Any], value: object) -> None:
    assert (not faults(draw({"key": value}), table)) == accepts(serialize, {"key": value})


@pytest.mark.parametrize("name", ["orjson", "ujson"])
def test_other_serializers_take_what_is_not_refused_by_their_table(name: str) -> None:
    serialize = pytest.importorskip(name).dumps
    table = {"orjson": ORJSON, "ujson": UJSON}[name]
    wrong = [value for value in VALUES if faults(draw([value]), table) and accepts(serialize, [value])]
    assert wrong == []


def test_each_type_of_the_tables_is_asked_of_the_serializers() -> None:
    made = {type_name(value) for value in VALUES} | {type(value).__name__ for value in VALUES}
    exceptions = {name for name in RUNTIME.refuses if name.endswith(("Error", "Exception", "Warning", "Group", "Exit"))}
    exceptions |= {"KeyboardInterrupt", "StopIteration", "StopAsyncIteration"}
    named = RUNTIME.refuses | JSON.refuses
    assert sorted(name for name in named - made - exceptions - _TOOLS - _OBJECTS if not NOT_MADE.search(name)) == []


def test_the_one_thing_to_do_is_known_by_a_type_that_is_refused() -> None:
    assert set(ADVICE) <= RUNTIME.refuses | JSON.refuses | {"bytes", "async_generator"}


KEYS = [None, True, 1, 1.5, "x", b"x", b"\xff", (1,), decimal.Decimal(1), Word.YES, Level.LOW, Color.RED, Text("x")]
KEYS += [uuid.UUID(int=1), datetime.date(2026, 1, 1), frozenset({1}), Plain(), Order, len, Point(1, 2), Octets(b"x")]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: type_name(key))
@pytest.mark.parametrize(
    ("table", "serialize"), [(RUNTIME, to_json), (JSON, json.dumps), (SIMPLEJSON, simplejson.dumps)]
)
def test_keys_are_judged_as_the_serializer_does(table: Table, serialize: Callable[[Any], Any], key: object) -> None:
    assert (not faults(draw({key: 1}), table)) == accepts(serialize, {key: 1})


def nested() -> st.SearchStrategy[Any]:
    repeatable = [value for value in VALUES if not isinstance(value, collections.abc.Iterator)]
    leaves = st.sampled_from([*repeatable, b"\xff", float("nan"), float("inf")])
    keys = st.sampled_from([key for key in KEYS if not isinstance(key, Octets)])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(keys, inner, max_size=3),
            st.tuples(inner, inner),
            st.builds(Bag, st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2)),
            st.builds(Point, inner, inner),
        ),
        max_leaves=8,
    )


@given(nested())
def test_a_random_value_is_refused_exactly_when_the_runtime_refuses_it(value: Any) -> None:
    assume_text = isinstance(value, bytes)  # bytes at the top are passed on raw, and to_json is not asked
    assert (not faults(draw(value), RUNTIME)) == (assume_text or accepts(to_json, value))


@given(nested())
def test_a_random_value_is_refused_exactly_when_json_refuses_it(value: Any) -> None:
    assert (not faults(draw(value), JSON)) == accepts(json.dumps, value)


def test_a_reference_back_is_a_cycle() -> None:
    loop: dict[str, Any] = {}
    loop["self"] = [loop]
    (fault,) = faults(draw(loop), RUNTIME)
    assert (fault.kind, fault.path) == ("cycle", '["self"][0]')
    assert not accepts(to_json, loop)


def test_a_path_is_written_as_one_would_write_it() -> None:
    value = draw({"body": {"items": [1, {2}]}, 7: [datetime.date(2026, 1, 1)]})
    assert [fault.path for fault in faults(value, RUNTIME)] == ['["body"]["items"][1]', "[7][0]"]


def test_the_place_is_the_entry_s_before_the_value_s() -> None:
    value = Mapping("dict", (Entry(Known("a"), Opaque("set", place(3)), place=place(5)),), place=place(1))
    (fault,) = faults(value, RUNTIME)
    assert fault.place is not None
    assert fault.place.span().start.row == 5


def test_what_a_library_made_is_reported_where_it_is_handed_on() -> None:
    made = Mapping("dict", (Entry(Known("at"), Opaque("datetime.datetime", place(3)), place=place(3)),), place=place(3))
    (fault,) = faults(Mapping("dict", (Entry(Known("object"), made, place=place(5)),), place=place(4)), RUNTIME)
    assert (fault.path, fault.place) == ('["object"]["at"]', place(5))


def test_the_elements_of_an_unbounded_list_are_judged() -> None:
    (fault,) = faults(Sequence("list", rest=Opaque("datetime.datetime", place(4))), RUNTIME)
    assert fault.path == "[...]"
    assert not fault.condition


def test_a_key_that_may_not_be_there_makes_a_fault_that_is_not_sure() -> None:
    (fault,) = faults(Mapping("dict", (entry("a", Opaque("set"), sure=False),)), RUNTIME)
    assert fault.condition == "where that key is set"


def test_one_of_several_is_wrong_only_if_all_are() -> None:
    wrong, right = Opaque("set"), Known("x")
    assert faults(Either((wrong, right)), JSON) == []
    assert [fault.why for fault in faults(Either((wrong, Opaque("complex"))), JSON)] == ["a `set`"]
    assert faults(Either((wrong, Anything())), JSON) == []


@pytest.mark.parametrize(
    "silent",
    [
        Anything(),
        Opaque("somelib.Thing"),
        Instance("app.Thing", unseen_base=True),
        Instance("app.Thing", bases=("somelib.Base",)),
        Instance("app.Thing", methods=("__getattr__",)),
        Instance("app.Thing", attributes=(("_asdict", Anything()),)),
        Opaque("bytes"),
    ],
    ids=repr,
)
def test_what_is_not_known_is_silent(silent: Any) -> None:
    assert faults(Mapping("dict", (entry("a", silent),), open=True), RUNTIME) == []


def test_json_asks_no_object_how_to_convert_it() -> None:
    assert [fault.why for fault in faults(draw(AsDict()), JSON)] == ["an object of class `AsDict`"]


def test_numbers_that_json_has_no_text_for() -> None:
    value = draw({"a": float("nan"), "b": [float("-inf")], "c": 1.5, "d": {1}})
    assert [(fault.path, fault.why) for fault in non_finite(value)] == [('["a"]', "`nan`"), ('["b"][0]', "`-inf`")]
    assert faults(draw([float("nan")]), RUNTIME) == []


def test_an_aws_client_is_refused_whatever_its_service() -> None:
    for name in ("boto3.client.kms", "boto3.resource.dynamodb"):
        assert [fault.kind for fault in faults(Opaque(name), JSON)] == ["type"]
        assert faults(Opaque(name), JSON.with_default()) == []
    assert faults(Opaque("boto3.dynamodb.attribute"), RUNTIME) == []


@pytest.mark.parametrize("name", sorted(_OBJECTS))
def test_an_object_of_the_library_is_nothing_that_a_serializer_converts(name: str) -> None:
    module, _, own = name.rpartition(".")
    cls = getattr(importlib.import_module(module), own)
    assert isinstance(cls, type)
    assert not issubclass(cls, (str, int, float, list, tuple, dict, bytes))
    assert not any(hasattr(cls, hook) for hook in ("_asdict", "for_json", "__json__", "toDict"))
