"""How functions of third-party libraries are called: whether a call is a TypeError in every version that is known.

scripts/library_signatures.py wrote the table down, of the libraries that were installed and older versions of them. In
it `= owner` begins a module or class; a line is a name and its signatures, `a b=` taken by position or keyword, `/a` by
position, `-a` by keyword, `*` and `**` for any; `=` says that it may be left out. The newest version's comes first: it
is `!` where that has the function no more. A line `@ type a b` has all attributes of a type or module.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lambdalint.interpreter.plain import HIDDEN, PERHAPS


class Refusal(NamedTuple):
    """Why a call fails, as a person is told. `version`: where it is one that older versions took, the version that was
    seen to refuse it; "" where all do."""

    why: str
    version: str = ""


class Signature(NamedTuple):
    """The parameters of one version of a function."""

    positional: tuple[str, ...]
    named: frozenset[str]
    needed: tuple[str, ...]
    rest: bool
    open: bool
    gone: bool


#: The libraries in the table, by the first part of their names, and what they are called where they are installed.
_LIBRARIES = {
    **{name: name for name in ("requests", "httpx", "urllib3", "pydantic", "attrs", "redis", "numpy", "pandas")},
    **{name: name for name in ("crhelper", "mangum", "fastapi", "orjson", "psycopg2", "boto3")},
    "sqlalchemy": "SQLAlchemy",
    "pymysql": "PyMySQL",
    "jwt": "PyJWT",
    "yaml": "PyYAML",
    "aws_lambda_powertools": "aws-lambda-powertools",
    "aws_xray_sdk": "aws-xray-sdk",
}
#: The library's types that stand for one: a client of Redis that decodes its answers.
_SAME = (
    ("redis.Redis[str].", "redis.Redis."),
    ("redis.Redis[?].", "redis.Redis."),
    ("redis.Pipeline[str].", "redis.Pipeline."),
    ("redis.Pipeline[?].", "redis.Pipeline."),
    ("redis.StrictRedis", "redis.Redis"),
)


def refusal(name: str, count: int, keywords: tuple[str, ...]) -> Refusal | None:
    """Why a call with so many positional arguments (the receiver not counted) and these keywords is surely refused."""
    library = name.partition(".")[0]
    if library not in _LIBRARIES:
        return None
    for other, same in _SAME:
        if name.startswith(other):
            name = same + name[len(other) :]
    return _refusal(name, count, keywords)


@lru_cache(maxsize=4096)
def _refusal(name: str, count: int, keywords: tuple[str, ...]) -> Refusal | None:
    known = _table().get(name)
    if known is None:
        return None
    parts = name.split(".")
    first = next((index for index, part in enumerate(parts) if part[:1].isupper()), len(parts) - 2)
    said = ".".join(parts[max(first, 0) :])
    answers = [_refused(_signature(text.strip()), said, count, keywords) for text in known.split(" |")]
    if all(answers):
        return Refusal(answers[0])
    return Refusal(answers[0], _version(name)) if answers[0] else None


def _refused(signature: Signature, name: str, count: int, keywords: tuple[str, ...]) -> str:
    if signature.gone:
        return f"`{name}` is gone"
    if count > len(signature.positional) and not signature.rest:
        most = len(signature.positional)
        return f"`{name}()` is given {count} argument{'s' * (count != 1)} by position, and takes {most or 'none'}"
    for keyword in keywords:
        if keyword in signature.positional[:count] and not signature.open:
            return f"`{name}()` is given `{keyword}` twice"
        if keyword not in signature.named and not signature.open:
            return f"`{name}()` takes no `{keyword}`"
    given = {*signature.positional[:count], *keywords}
    missing = next((one for one in signature.needed if one not in given), None)
    return f"`{name}()` is not given `{missing}`" if missing is not None else ""


@lru_cache(maxsize=1024)
def _signature(text: str) -> Signature:
    words = text.split()
    plain = [word for word in words if word[0] not in "*!"]
    return Signature(
        tuple(word.strip("/=") for word in plain if word[0] != "-"),
        frozenset(word.strip("-=") for word in plain if word[0] != "/"),
        tuple(word.strip("/-") for word in plain if not word.endswith("=")),
        "*" in words,
        "**" in words,
        "!" in words,
    )


def _version(name: str) -> str:
    """The newest version in the table of the library that has a name."""
    library = _LIBRARIES[name.partition(".")[0]]
    return f"{library} {_table()[f'# {library}'].split()[-1]}"


@lru_cache(maxsize=1024)
def lacks(kind: str, name: str) -> bool:
    """Whether what is of a library's type, or a module of one, has no such attribute in any version that is known."""
    if kind.partition(".")[0] not in _LIBRARIES or name.startswith("_"):
        return False
    if kind in HIDDEN or kind.startswith(PERHAPS):  # they are no texts
        return hasattr(str, name)
    known = _table().get(f"@ {kind}")
    return known is not None and name not in known.split()


@lru_cache(maxsize=256)
def written(owner: str) -> frozenset[str]:
    """The methods of a type of which the table has signatures."""
    return frozenset(name[len(owner) + 1 :] for name in _table() if name.startswith(f"{owner}."))


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    from importlib.resources import files

    found: dict[str, str] = {}
    owner = ""
    for line in files(__package__).joinpath("tables/signatures.txt").read_text("utf-8").splitlines():
        sign, _, rest = line.partition(" ")
        if sign == "=":
            owner = rest
        elif sign == "@":
            name, _, names = rest.partition(" ")
            found[f"@ {name}"] = names
        elif sign == "#":
            library, _, versions = rest.partition(" ")
            found[f"# {library}"] = versions
        else:
            found[f"{owner}.{sign}"] = rest
    return found
