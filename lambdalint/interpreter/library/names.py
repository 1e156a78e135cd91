"""Names outside the project: which are builtins, which standard library, and under which name each is known."""

from __future__ import annotations

import builtins
import sys
from functools import lru_cache

_BUILTINS = frozenset(dir(builtins))

#: Names by which the same thing is reached, and the one under which the library knows it.
_ALIASES = {
    "datetime.datetime.utcnow": "datetime.datetime.now",
    "datetime.UTC": "datetime.timezone.utc",
    "collections.abc.Callable": "typing.Callable",
    "json.decoder.JSONDecodeError": "json.JSONDecodeError",
    "asyncio.run": "asyncio.run",
    "botocore.errorfactory.ClientError": "botocore.exceptions.ClientError",
    "builtins.open": "open",
    "io.open": "open",
}
_PREFIXES = (
    ("builtins.", ""),
    ("os.path.", "posixpath."),
    ("uuid.uuid", "uuid.uuid"),
    ("simplejson.encoder.", "simplejson."),
)


@lru_cache(maxsize=8192)
def canonical(name: str) -> str:
    """The name under which the library knows something."""
    found = _ALIASES.get(name)
    if found is not None:
        return found
    for prefix, replacement in _PREFIXES:
        if name.startswith(prefix):
            return replacement + name[len(prefix) :]
    return name


def is_builtin(name: str) -> bool:
    """Whether a bare name is a builtin of Python."""
    return name in _BUILTINS


def is_standard(module: str) -> bool:
    """Whether a top-level module is the standard library's."""
    return module in sys.stdlib_module_names
