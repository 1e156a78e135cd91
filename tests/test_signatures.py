"""How libraries' functions are called: what the table says, and what the libraries that are installed say."""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
from typing import Any

import pytest

from lambdalint.interpreter.library.signatures import _LIBRARIES, _signature, _table, refusal


@pytest.mark.parametrize(
    ("name", "count", "keywords", "why"),
    [
        ("requests.get", 1, ("retries",), "`requests.get()` takes no `retries`"),
        ("requests.get", 0, (), "`requests.get()` is not given `url`"),
        ("requests.Session.get", 1, ("timeout", "verify"), None),
        ("requests.get", 3, (), "`requests.get()` is given 3 arguments by position, and takes 2"),
        ("httpx.get", 1, ("proxies",), "`httpx.get()` takes no `proxies`"),
        ("httpx.Client.get", 1, ("json",), "`Client.get()` takes no `json`"),
        ("redis.Redis[str].hset", 2, (), None),
        ("redis.Redis[?].setex", 2, (), "`Redis.setex()` is not given `value`"),
        ("yaml.load", 1, (), "`yaml.load()` is not given `Loader`"),
        ("yaml.safe_load", 1, ("Loader",), "`yaml.safe_load()` takes no `Loader`"),
        ("orjson.dumps", 1, ("indent",), "`orjson.dumps()` takes no `indent`"),
        ("jwt.decode", 2, ("algorithms", "whatever"), None),
        ("pandas.DataFrame.append", 1, (), "`DataFrame.append` is gone"),
        ("somewhere.else", 9, ("a",), None),
    ],
)
def test_what_is_refused(name: str, count: int, keywords: tuple[str, ...], why: str | None) -> None:
    found = refusal(name, count, keywords)
    assert (found.why if found is not None else None) == why


@pytest.mark.parametrize(("name", "version"), [("yaml.load", "PyYAML"), ("pandas.DataFrame.append", "pandas")])
def test_what_older_versions_took_is_told_with_the_version(name: str, version: str) -> None:
    found = refusal(name, 1, ())
    assert found is not None
    assert found.version.startswith(f"{version} ")


def _names() -> list[str]:
    """The functions of libraries that are installed here in the newest version of the table."""
    found = []
    for name in _table():
        library = _LIBRARIES.get(name.partition(".")[0])
        if library is not None and not name.startswith(("#", "psycopg2.", "orjson.", "pymysql.cursors")):
            try:
                version = importlib.metadata.version(library)
            except importlib.metadata.PackageNotFoundError:
                continue
            if version == _table()[f"# {library}"].split()[-1]:
                found.append(name)
    return found


def _found(name: str) -> Any:
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            thing: Any = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for part in parts[end:]:
            thing = getattr(thing, part, None)
        return thing
    return None


@pytest.mark.parametrize("name", _names())
def test_the_library_agrees(name: str) -> None:
    """What the library takes, the table has: it may have more, of versions before."""
    thing, text = _found(name), _table()[name].split(" |")[0]
    if thing is None or "!" in text or not text.strip():
        return
    parameters = inspect.signature(thing).parameters.values()
    own = {one.name for one in parameters if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)} - {"self"}
    signature = _signature(text.strip())
    named = set(signature.named) | set(signature.positional)
    assert own <= named
