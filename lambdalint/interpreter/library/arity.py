"""How many arguments a builtin function takes, a method of a builtin type, or a function of the standard library that
has taken the same in every version."""

from __future__ import annotations

import builtins
import importlib
import inspect
from functools import lru_cache

_TYPES = frozenset({"dict", "list", "str", "bytes", "set", "frozenset", "tuple", "int", "float"})
#: Those that have no signature to ask: the fewest and the most arguments, the receiver not counted.
_COUNTS = {
    **dict.fromkeys(("bool", "list", "tuple", "set", "frozenset", "float"), (0, 1)),
    **dict.fromkeys(("dict.values", "dict.keys", "dict.items", "set.copy", "frozenset.copy", "dict.copy"), (0, 0)),
    **dict.fromkeys(
        ("dict.clear", "set.clear", "list.copy", "list.clear", "list.reverse", "dict.popitem", "set.pop"), (0, 0)
    ),
    **dict.fromkeys(("set.add", "set.discard", "set.remove", "set.symmetric_difference", "set.issubset"), (1, 1)),
    **dict.fromkeys(("set.issuperset", "set.isdisjoint", "set.symmetric_difference_update"), (1, 1)),
    **dict.fromkeys(("dict.get", "dict.setdefault", "dict.pop", "dict.fromkeys"), (1, 2)),
    **dict.fromkeys(("getattr", "min", "max"), (1, 99)),
    "list.pop": (0, 1),
    "dict.update": (0, 1),
}


#: Functions written in Python whose signature has stood for longer than any runtime.
_STANDARD: dict[str, str] = {
    "json": "dumps dump loads load",
    "base64": "b64encode b64decode standard_b64encode standard_b64decode urlsafe_b64encode urlsafe_b64decode",
    "urllib.parse": "quote quote_plus unquote unquote_plus urlencode urlparse urlsplit urlunparse urljoin parse_qs",
    "uuid": "uuid4",
    "secrets": "token_hex token_urlsafe token_bytes randbelow compare_digest",
    "random": "choice randint uniform",
    "os": "getenv",
    "re": "compile match fullmatch search findall finditer escape",
    "copy": "copy deepcopy",
    "textwrap": "dedent",
    "statistics": "mean median stdev",
}


@lru_cache(maxsize=1024)
def _signature(name: str) -> inspect.Signature | None:
    owner, _, method = name.rpartition(".")
    if method in _STANDARD.get(owner, "").split():
        found = getattr(importlib.import_module(owner), method, None)
    elif owner and owner not in _TYPES:
        return None
    else:
        found = getattr(getattr(builtins, owner), method, None) if owner else getattr(builtins, name, None)
    if not callable(found) or isinstance(found, type):
        return None
    try:
        return inspect.signature(found)
    except ValueError:
        return None


#: Methods of classes: they take no instance.
_STATIC = frozenset({"str.maketrans", "bytes.maketrans", "bytes.fromhex", "float.fromhex", "int.from_bytes"})


@lru_cache(maxsize=4096)
def refuses(name: str, bound: bool, count: int, keywords: tuple[str, ...]) -> bool:
    """Whether a call with so many positional arguments and these keywords is surely a TypeError. `bound`: the receiver
    is not among the arguments."""
    known = _COUNTS.get(name)
    if known is not None:
        if "." in name and not bound and name != "dict.fromkeys":
            count -= 1
        return not known[0] <= count <= known[1]
    signature = _signature(name)
    if signature is None:
        return False
    instance = bound and "." in name and name not in _STATIC
    try:
        signature.bind(*[None] * (count + instance), **dict.fromkeys(keywords))
    except TypeError:
        return True
    return False
