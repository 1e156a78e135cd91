"""What the runtime oracle's handlers are made of: values, ways to build an answer, ways to hand a value on."""

HEAD = """\
import asyncio, base64, collections, contextlib, copy, dataclasses, datetime, decimal, enum, functools, hashlib
import fractions, io, ipaddress, itertools, json, math, os, pathlib, re, time, types, typing, uuid, http
import array as arrays
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, Flag, IntEnum, auto
from typing import NamedTuple, TypedDict
from uuid import uuid4
class Colour(Enum):
    RED = "red"
class Level(IntEnum):
    LOW = 1
class Word(str, Enum):
    HI = "hi"
class Bits(Flag):
    ONE = auto()
Point = namedtuple("Point", "x y")
class Pair(NamedTuple):
    a: object
    b: object = 2
@dataclass
class Data:
    a: object = 1
    items: list = field(default_factory=list)
class Plain:
    def __init__(self, a=1):
        self.a = a
class Tuplish:
    def _asdict(self):
        return {"a": 1}
class Mine(dict):
    pass
class Own(list):
    pass
class Text(str):
    pass
class Number(int):
    pass
class Typed(TypedDict):
    a: int
class Bad(Exception):
    pass
def helper():
    return 1
async def later():
    return 1
def numbers():
    yield 1
"""

#: The values, apart by ` | ` and line ends.
VALUES = """\
None | True | 1 | 1.5 | -2 | float("nan") | math.inf | "text" | "é" | (1, 2) | [1, "a"] | {"a": 1} | {1: "a"}
{True: 1} | {None: 1} | {1.5: 1} | Decimal("1.5") | Decimal(1) + 1 | decimal.Decimal("NaN") | [Decimal("1.5")]
b"x" | b"\\xff" | {"k": b"x"} | {"k": b"\\xff"} | [b"\\xff\\xfe"] | datetime.datetime.now()
datetime.datetime.utcnow() | date.today() | datetime.time(1) | timedelta(days=1) | datetime.timezone.utc
datetime.datetime.now().isoformat() | str(datetime.datetime.now()) | date(2020, 1, 2)
datetime.datetime(2020, 1, 2) | datetime.datetime.now() - timedelta(1)
datetime.datetime.now() - datetime.datetime(2020, 1, 1) | datetime.datetime.now().date()
datetime.datetime.now().strftime("%Y") | (datetime.datetime.now() - datetime.datetime(2020, 1, 1)).total_seconds()
datetime.datetime.now().timestamp() | datetime.datetime.now().year | f"{datetime.datetime.now()}" | {1, 2}
frozenset([1]) | set() | sorted({2, 1}) | list({1}) | set([1]).union({2}) | bytearray(b"x") | memoryview(b"x") | 1j
fractions.Fraction(1, 2) | uuid4() | str(uuid4()) | uuid.uuid4().hex | uuid.uuid1() | pathlib.Path("x")
str(pathlib.Path("x")) | ipaddress.ip_address("1.1.1.1") | (i for i in [1]) | list(i for i in [1]) | range(3)
list(range(3)) | map(str, [1]) | list(map(str, [1])) | filter(None, [1]) | zip([1], [2]) | list(zip([1], [2]))
dict(zip(["a"], [2])) | enumerate([1]) | reversed([1]) | iter([1]) | {"a": 1}.keys() | {"a": 1}.values()
{"a": 1}.items() | list({"a": 1}.items()) | dict({"a": 1}.items()) | list({"a": 1}.values()) | [*{"a": 1}.keys()]
next(iter([1])) | sum([1, 2]) | deque([1]) | collections.ChainMap({}) | collections.UserDict()
types.SimpleNamespace(a=1) | arrays.array("i", [1]) | re.match("a", "a") | re.compile("a")
re.match("a", "a").group() | re.sub("a", "b", "a") | re.findall("a", "aa") | io.StringIO("x") | io.BytesIO(b"x")
io.BytesIO(b"x").read() | io.StringIO("x").getvalue() | object() | Exception("x") | ValueError("x")
str(ValueError("x")) | len | lambda: 1 | helper | helper() | json | Plain | int | OrderedDict(a=1)
defaultdict(list) | Counter("ab") | Counter("ab").most_common(1) | Point(1, 2) | Point(x={1}, y=2)
Point(1, 2)._asdict() | Point(1, 2).x | Pair(1) | Pair(a=object()) | Pair(1).b | Colour.RED | Colour.RED.value
Colour.RED.name | Colour("red") | list(Colour) | [c.value for c in Colour] | {Colour.RED: 1} | Level.LOW
{Level.LOW: 1} | Word.HI | {Word.HI: 1} | Bits.ONE | Data() | asdict(Data()) | Data().a | Data({1}).a | Data().items
dataclasses.replace(Data(), a=2) | Data().__dict__ | vars(Data({1})) | vars(Data()) | Plain() | Plain().a
Plain({1}).a | Plain().__dict__ | Tuplish() | Mine(a=1) | Mine(a={1}) | Own([1]) | Text("x") | Number(1)
Typed(a=1) | Bad("x") | later() | asyncio.run(later()) | numbers() | list(numbers()) | next(numbers())
sum(numbers()) | ... | NotImplemented | http.HTTPStatus.OK | time.time() | time.localtime() | os.environ
dict(os.environ) | os.environ.get("X") | os.getenv("X", "d") | base64.b64encode(b"x")
base64.b64encode(b"x").decode() | base64.b64decode("/w==") | hashlib.md5(b"x").hexdigest()
hashlib.md5(b"x").digest() | hashlib.md5(b"x") | copy.copy([1]) | copy.deepcopy({"a": {1}}) | copy.deepcopy([1])
json.loads("[1]") | json.dumps({"a": 1}) | "a".encode() | "a,b".split(",") | "a".join(["b"]) | int("1") | round(1.5)
abs(-1) | max(1, 2) | min([1, 2]) | len("x") | bool(1) | not 1 | 1 == 1 | 1 if {1} else {2} | [] or {1} | {1} or []
{1} and "x" | itertools.chain([1], [2]) | list(itertools.chain([1], [2])) | functools.partial(helper)
functools.partial(helper)() | functools.reduce(max, [1, 2]) | type(1) | type(1).__name__ | {(1, 2): 1}
{date(2020, 1, 1): 1} | {b"k": 1} | {Decimal(1): 1} | {uuid4(): 1} | {str(uuid4()): 1} | {frozenset(): 1}
{Plain(): 1} | {**{"a": {1}}, "a": 1} | {**{"a": 1}, "a": {1}} | [*[{1}]] | (1, [2, ({3},)])
{"a": [{"b": {"c": {1}}}]} | [[[]]] | {} | "" | b"" | 0 | () | {"a": None}"""

#: `V` stands for the value; each block leaves the answer in `out`.
BUILDERS = """\
out = V
---
out = {"statusCode": 200, "data": V}
---
out = [V]
---
out = (1, V)
---
out = {"a": {"b": [V]}}
---
out = {}
out["x"] = V
---
out = dict(x=V)
---
out = dict([("x", V)])
---
out = {}
out.update(x=V)
---
out = {"y": 1}
out.update({"x": V})
---
out = {}
out.setdefault("x", V)
---
out = {}
out.setdefault("x", []).append(V)
---
base = {"x": V}
out = {**base, "y": 1}
---
out = {"y": 1} | {"x": V}
---
out = {"y": 1}
out |= {"x": V}
---
out = []
out.append(V)
---
out = []
out.extend([V, 1])
---
out = [1]
out.insert(0, V)
---
out = [1]
out += [V]
---
out = [V for _ in range(2)]
---
out = [V for _ in []]
---
out = {k: V for k in "ab"}
---
out = {}
for key in ["a", "b"]:
    out[key] = V
---
out = []
for _ in range(3):
    out.append(V)
---
inner = {}
out = {"inner": inner}
inner["x"] = V
---
inner = []
out = [inner, inner]
out[0].append(V)
---
out = {"x": V}
del out["x"]
---
out = {"x": V, "y": 1}
out.pop("x")
---
out = {"x": V}
out["x"] = 1
---
out = [V]
out.clear()
---
out = [V, 2]
out = out[1:]
---
out = {"x": V}
out = out.get("x")
---
out = [1, V][-1]
---
first, *rest = [1, V]
out = rest
---
out = {"x": V}
out = {k: v for k, v in out.items() if k != "x"}
---
out = 1 if event.get("a") else V
---
out = {}
if "a" in event:
    out["x"] = V
---
out = V if event is not None else 1
---
out = {"x": V}
if event.get("kind") == "x":
    out = {"y": 1}
---
flag = bool(event)
out = "fine"
if flag:
    out = {"x": V}
if not flag:
    out = [out]
---
out = {"x": V}
if isinstance(out["x"], (str, int, float, list, dict, tuple, type(None))):
    out = "plain"
---
out = V
out = out if isinstance(out, (dict, list)) else str(out)
---
out = {"x": V}
out = {k: str(v) for k, v in out.items()}
---
held = V
out = f"{held}"
---
out = Data(a=V)
out = asdict(out)
---
out = Data()
out.items.append(V)
out = {"items": out.items}
---
out = Plain(V).__dict__
---
out = Plain()
out.a = V
out = {"a": out.a}
---
out = Point(1, V)
---
out = Mine()
out["x"] = V
---
out = Own()
out.append(V)
---
out = OrderedDict()
out["x"] = V
---
out = defaultdict(list)
out["x"].append(V)
---
out = list(map(lambda _: V, [1]))
---
out = sorted([1, 2], key=lambda n: -n) + [V]
---
out = {"a": 1}
copied = copy.copy(out)
copied["x"] = V
---
out = {"a": {}}
copied = dict(out)
copied["a"]["x"] = V
---
out = {"a": {}}
copied = copy.deepcopy(out)
copied["a"]["x"] = V
---
out = tuple([V])
---
out = list((V, 1))
---
out = {"a": V}.values()
out = list(out)
---
out = [V] * 2
---
out = [[V]][0][0]
---
match event:
    case {"a": 1}:
        out = "one"
    case _:
        out = [V]
---
try:
    out = {"x": V}
finally:
    event = None
---
try:
    raise Bad("x")
except Bad as error:
    out = {"error": str(error), "x": V}
---
try:
    raise Bad("x")
except (KeyError, ValueError):
    out = "never"
except Exception:
    out = V
---
try:
    out = {}["x"]
except KeyError:
    out = [V]
else:
    out = "never"
---
with contextlib.suppress(KeyError):
    out = {"x": V}
---
with contextlib.nullcontext(V) as held:
    out = [held]
---
count = 0
while True:
    count += 1
    if count > 2:
        out = {"n": count, "x": V}
        break
---
if (held := V) is not None:
    out = {"x": held}
else:
    out = "nothing"
---
out = {}
def fill(into):
    into["x"] = V
fill(out)
---
out = []
def add():
    out.append(V)
add()
---
out = None
def put():
    nonlocal out
    out = V
put()
---
def each():
    yield 1
    yield V
out = list(each())
---
def depth(n):
    return V if n == 0 else [depth(n - 1)]
out = depth(2)
---
async def fetch():
    return {"x": V}
out = asyncio.run(fetch())
---
def collect(*args, **keywords):
    return {"args": args, **keywords}
out = collect(1, x=V)
---
def respond(body, status=200):
    return {"statusCode": status, "data": body}
out = respond(body=V)
---
out = functools.partial(lambda a, b: [a, b], 1)(V)
---
class Local:
    held = V
out = {"x": Local.held}
---
class Local:
    def __init__(self):
        self.made = V
    @property
    def answer(self):
        return {"made": self.made}
out = Local().answer
---
class Local:
    @staticmethod
    def make():
        return [V]
out = Local.make()
---
class Local:
    def __call__(self, x):
        return {"x": V, "y": x}
out = Local()(1)
---
class Base:
    def get(self):
        return {"a": 1}
class Child(Base):
    def get(self):
        return {**super().get(), "x": V}
out = Child().get()
---
class Local:
    def __enter__(self):
        return V
    def __exit__(self, *args):
        return False
with Local() as held:
    out = {"held": held}
---
out = {"x": 1}
out["self"] = out
---
out = {"x": V}
out = [out, out]"""

#: The value handed over: `E` stands for its expression; the text left of `=>` goes to the module's top.
WAYS = """\
=> E
=> (E)
HELD = E => HELD
def make():
    return E => make()
def make(x=E):
    return x => make()
def same(x):
    return x => same(E)
def same(*, x):
    return x => same(x=E)
class Box:
    held = E => Box.held
class Box:
    def get(self):
        return E => Box().get()
class Box:
    def __init__(self, x):
        self.x = x => Box(E).x
@dataclass
class Box:
    x: object => Box(E).x
make = lambda: E => make()
def outer():
    held = E
    def inner():
        return held
    return inner => outer()()
def tag(function):
    @functools.wraps(function)
    def wrapper(*args, **keywords):
        return function(*args, **keywords)
    return wrapper
@tag
def make():
    return E => make()
def make():
    try:
        return E
    finally:
        pass => make()
def make():
    for _ in range(2):
        return E => make()
TABLE = {"v": E} => TABLE["v"]
TABLE = {"v": lambda: E} => TABLE["v"]()"""
