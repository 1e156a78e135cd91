"""What HTTP clients demand of a request: headers that are texts, a time to wait that is a number.

What a request has as JSON is written by the client: LL203 asks of that. Sources, of the versions that the table of
signatures has: `check_header_validity` in requests/utils.py, `Timeout._validate_timeout` in urllib3/util/timeout.py,
`encode_content` in httpx/_content.py and `Headers` in httpx/_models.py. tests/library_handlers/requested.txt asks them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.plain import HIDDEN, URLS
from lambdalint.interpreter.values import Const, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
_REQUESTS = tuple(f"{owner}.{verb}" for owner in ("requests", "requests.Session") for verb in _VERBS)
_HTTPX = tuple(f"{owner}.{verb}" for owner in ("httpx", "httpx.Client", "httpx.AsyncClient") for verb in _VERBS)
_URLLIB3 = ("urllib3.PoolManager.request", "urllib3.request")
#: All of them; each takes `json`.
SENDING = frozenset({*_REQUESTS, *_HTTPX, *_URLLIB3})
_NO_TEXTS = frozenset({
    "int", "float", "bool", "list", "dict", "tuple", "set", "datetime.datetime", "datetime.date", "datetime.timedelta",
    "decimal.Decimal", "uuid.UUID", *URLS, *HIDDEN,
})  # fmt: skip
#: Values that are true, whatever they are, and no body.
_NO_BODIES = frozenset({"datetime.datetime", "datetime.date", "uuid.UUID"})


@demands(*SENDING)
def _request(machine: Machine, site: CallSite) -> None:
    library = site.name.partition(".")[0]
    _url(machine, site, library)
    _timeout(machine, site, library)
    _headers(machine, site, library)
    _credentials(machine, site, library)
    _body(machine, site, library)


def _url(machine: Machine, site: CallSite, library: str) -> None:
    """requests makes a text of whatever it is given, the others ask for one."""
    first = site.name.endswith((".request",))
    value = site.argument(1 if first else 0, "url")
    if library != "requests" and value is not None and kind_of(machine, value) in URLS:
        why = f"{library} takes the URL as a `str`, and this is {said(machine, value)}"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)


def _timeout(machine: Machine, site: CallSite, library: str) -> None:
    value = site.keywords.get("timeout")
    if value is None:
        return
    kind = kind_of(machine, value)
    if kind == "str" or (kind == "datetime.timedelta" and library != "httpx"):
        error = "TypeError" if library == "httpx" else "ValueError"
        why = f"`timeout` is a number of seconds, and this is {said(machine, value)}"
        raise machine.raise_builtin(error, site.node, site.frame, why, value)


def _headers(machine: Machine, site: CallSite, library: str) -> None:
    given = machine.state.resolve(site.keywords["headers"]) if "headers" in site.keywords else None
    thing = machine.object(given) if type(given) is Ref else None
    if not isinstance(thing, DictObject) or thing.leaked:
        return
    for name, item in thing.items.items():
        kind = kind_of(machine, item.value)
        refused = kind in _NO_TEXTS if library != "urllib3" else False
        if item.sure and (refused or (kind == "NoneType" and library != "requests")):
            error = "requests.exceptions.InvalidHeader" if library == "requests" else "TypeError"
            why = f"the header `{name}` is {said(machine, item.value)}, and {library} takes a `str`"
            raise machine.raise_builtin(error, site.node, site.frame, why, item.value)


def _credentials(machine: Machine, site: CallSite, library: str) -> None:
    value = site.keywords.get("auth")
    if value is None:
        return
    kind = kind_of(machine, value)
    if kind == "str" or (kind == "list" and library == "requests"):
        why = f"`auth` is a tuple of a name and a password, and this is {said(machine, value)}"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)


def _body(machine: Machine, site: CallSite, library: str) -> None:
    value = site.keywords.get("content" if library == "httpx" else "data")
    if value is None or library == "urllib3":
        return
    kind = kind_of(machine, value)
    resolved: Value = machine.state.resolve(value)
    number = type(resolved) is Const and isinstance(resolved.value, (int, float)) and bool(resolved.value)
    refused = kind in ("dict", "int", "float") if library == "httpx" else number
    if refused or kind in _NO_BODIES:
        why = f"{said(machine, value)} is no body of a request"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)
