"""Clients whose answers depend on how they were made: Redis. https://redis.readthedocs.io/en/stable/commands.html"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, ListObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.types import make, parse_row
from lambdalint.interpreter.values import FALSE, NONE, Const, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: What says how its answers are read elsewhere; with another protocol they have other forms.
_ELSEWHERE = frozenset({"encoding_errors", "encoding"})
_OTHER = frozenset({"protocol", "legacy_responses", "single_connection_client"})
_CLIENTS = ("redis.Redis", "redis.StrictRedis", "redis.RedisCluster")
_POOLS = ("redis.ConnectionPool", "redis.BlockingConnectionPool")
_KINDS = ("redis.Redis", "redis.Redis[str]", "redis.Redis[?]")


def _decodes(machine: Machine, site: CallSite) -> bool | None:
    """Whether answers are decoded, by the options of a client or a pool; None where that is not known."""
    decodes = machine.state.resolve(site.keywords.get("decode_responses", FALSE))
    if type(decodes) is not Const or _ELSEWHERE & set(site.keywords):
        return None
    return bool(decodes.value)


def _client(machine: Machine, site: CallSite, decodes: bool | None) -> Value:
    return machine.unknown(site.place, _KINDS[2 if decodes is None else decodes])


@models(*_CLIENTS)
def redis(machine: Machine, site: CallSite) -> Value:
    """A client: it answers with bytes, or with text where it decodes them, or its pool does. Nothing is sent yet."""
    if _OTHER & set(site.keywords) or len(site.arguments) > 3:
        return machine.unknown(site.place)
    pool = machine.state.resolve(site.keywords.get("connection_pool", NONE))
    if type(pool) is not Const:
        known = pool.known if type(pool) is Sym and pool.kind in _POOLS else None
        return _client(machine, site, known[1] if isinstance(known, tuple) else None)
    return _client(machine, site, _decodes(machine, site))


@models(*_POOLS)
def pool(machine: Machine, site: CallSite) -> Value:
    """A pool of connections, which says for all clients how answers are read."""
    machine.may_raise(None)
    return _pool(machine, site, _decodes(machine, site))


def _pool(machine: Machine, site: CallSite, decodes: bool | None) -> Value:
    made = machine.unknown(site.place, _POOLS[0])
    known = not (_OTHER | {"connection_class"}) & set(site.keywords) and not site.arguments
    made.known = ("pool", decodes) if known and decodes is not None else None
    return made


def _says(url: str | None) -> bool:
    """Whether an address may say itself how answers are read: `redis://host?decode_responses=1`."""
    return (url is None or "?" in url) and "protocol" not in (url or "")


@models("redis.from_url", *[f"{name}.from_url" for name in _CLIENTS])
def redis_from_url(machine: Machine, site: CallSite) -> Value:
    """A client of an address."""
    machine.may_raise(None)
    if _says(text_argument(machine, site, 0, "url")):
        return machine.unknown(site.place, "redis.Redis[?]" if not _OTHER & set(site.keywords) else None)
    return redis(machine, site)


@models(*[f"{name}.from_url" for name in _POOLS])
def pool_from_url(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    decodes = None if _says(text_argument(machine, site, 0, "url")) else _decodes(machine, site)
    site.arguments = site.arguments[1:]
    return _pool(machine, site, decodes)


@models(*[f"{kind}.set_response_callback" for kind in _KINDS])
def callback(machine: Machine, site: CallSite) -> Value:
    """From now on the code says what becomes of an answer."""
    for value in site.values():
        leak(machine, value)
    machine.patched.add("redis")
    return NONE


_ERROR = ("redis.exceptions.RedisError",)
_ONE = ("lpop", "rpop", "spop", "srandmember")


def _text(site: CallSite) -> str:
    """What a client's texts are, by its type."""
    return "?" if "[?]" in site.name else "str" if "[str]" in site.name else "bytes"


@models(*[f"{kind}.{name}" for kind in _KINDS[:2] for name in _ONE])
def taken(machine: Machine, site: CallSite) -> Value:
    """One element, or several where a number of them is asked for."""
    machine.may_raise(_ERROR)
    one = len(site.arguments) == 1 and not site.keywords
    return make(machine, f"{_text(site)} | None" if one else "?", site.place)


#: How many arguments a range has before those that say what it gives of each member.
_RANGES = ("zrange", "zrevrange", "zrangebyscore", "zrevrangebyscore")


@models(*[f"{kind}.{name}" for kind in _KINDS for name in _RANGES])
def ranged(machine: Machine, site: CallSite) -> Value:
    """The members of a sorted set, or pairs of a member and its score."""
    machine.may_raise(_ERROR)
    scores = machine.state.resolve(site.keywords.get("withscores", FALSE))
    text = _text(site)
    if len(site.arguments) > 3 or "score_cast_func" in site.keywords or type(scores) is not Const or text == "?":
        return make(machine, "?", site.place)
    return make(machine, f"list[tuple[{text}, float]]" if scores.value else f"list[{text}]", site.place)


@models(*[f"{kind}.hgetall" for kind in _KINDS])
def whole_hash(machine: Machine, site: CallSite) -> Value:
    """A dict of texts, or bytes, of which the keys are as the values are."""
    machine.may_raise(_ERROR)
    text = _text(site)
    if text == "?":
        return make(machine, "dict[?, ?]", site.place)
    made = DictObject(site.place)
    made.others = ((machine.unknown(site.place, text), machine.unknown(site.place, text), False),)
    return machine.new(made)


# -- pipelines: https://redis.readthedocs.io/en/stable/advanced_features.html#pipelines --

#: A pipeline remembers what its commands will answer. After `watch` its commands are sent at once.
_PIPELINE, _COMMANDS = "redis.Pipeline", "redis commands"
_ANSWERED = frozenset({
    *(name.rpartition(".")[2] for name in CALLS if name.startswith("redis.Redis.")), *_ONE, *_RANGES, "hgetall",
})  # fmt: skip
_NO_COMMANDS = frozenset({"lock", "pubsub", "close", "register_script", "scan_iter", "sscan_iter", "hscan_iter",
                          "zscan_iter", "scan", "sscan", "hscan", "zscan", "info", "pipeline"})  # fmt: skip


def _pipes(name: str) -> list[str]:
    return [f"{_PIPELINE}{kind}.{name}" for kind in ("", "[str]", "[?]")]


@models(*[f"{kind}.pipeline" for kind in _KINDS])
def pipeline(machine: Machine, site: CallSite) -> Value:
    """Commands that are gathered, and sent together."""
    made = machine.unknown(site.place, site.name.replace("redis.Redis", _PIPELINE).removesuffix(".pipeline"))
    made.given = machine.new(ListObject([], site.place, _COMMANDS))
    return made


def _gathered(machine: Machine, value: Value | None) -> ListObject | None:
    value = machine.state.resolve(value) if value is not None else None
    given = value.given if type(value) is Sym else None
    thing = machine.object(given) if given is not None and machine.state.holds(given.id) else None
    return thing if isinstance(thing, ListObject) and thing.type == _COMMANDS and not thing.leaked else None


@models(*[full for name in sorted(_ANSWERED - _NO_COMMANDS) for full in _pipes(name)])
def gathered(machine: Machine, site: CallSite) -> Value:
    """A command of a pipeline gives the pipeline: its answer comes with those of the others."""
    machine.may_raise(None)
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    held = _gathered(machine, receiver)
    if held is None or type(receiver) is not Sym or receiver.given is None:
        return machine.unknown(site.place)
    answer = _answer(machine, site)
    writable = machine.state.write(receiver.given.id)
    if writable.rest is None:
        writable.items.append(answer)
    return receiver


def _answer(machine: Machine, site: CallSite) -> Value:
    """What a command will answer."""
    name = site.name.replace(_PIPELINE, "redis.Redis")
    own = {"hgetall": whole_hash, **dict.fromkeys(_RANGES, ranged), **dict.fromkeys(_ONE, taken)}
    model = own.get(name.rpartition(".")[2])
    same = replace(site, name=name)
    if model is not None:
        return model(machine, same)
    return make(machine, parse_row(CALLS[name]).type, site.place)


@models(*_pipes("execute"))
def executed(machine: Machine, site: CallSite) -> Value:
    """The answers, in the order of the commands."""
    machine.may_raise(_ERROR)
    held = _gathered(machine, site.receiver)
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    if held is None or held.rest is not None or site.values() or type(receiver) is not Sym or receiver.given is None:
        return make(machine, "list[?]", site.place)
    items = list(held.items)
    machine.state.write(receiver.given.id).items = []
    return machine.new(ListObject(items, site.place))


@models(*[full for name in ("watch", "unwatch", "multi", "reset") for full in _pipes(name)])
def watched(machine: Machine, site: CallSite) -> Value:
    """From now on commands may be sent at once, and nothing is known of what they give."""
    machine.may_raise(_ERROR)
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    if type(receiver) is Sym and receiver.given is not None:
        leak(machine, receiver.given)
    return machine.unknown(site.place)
