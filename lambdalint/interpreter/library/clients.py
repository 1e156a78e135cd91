"""Clients whose answers depend on how they were made: Redis. https://redis.readthedocs.io/en/stable/commands.html"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import FALSE, NONE, Const, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: What says how its answers are read elsewhere; with another protocol they have other forms.
_ELSEWHERE = frozenset({"connection_pool", "encoding_errors", "encoding"})
_OTHER = frozenset({"protocol", "legacy_responses", "single_connection_client"})


@models("redis.Redis", "redis.StrictRedis")
def redis(machine: Machine, site: CallSite) -> Value:
    """A client: it answers with bytes, or with text where it decodes them. Nothing is sent yet."""
    decodes = machine.state.resolve(site.keywords.get("decode_responses", FALSE))
    if _OTHER & set(site.keywords) or len(site.arguments) > 3:
        return machine.unknown(site.place)
    if type(decodes) is not Const or _ELSEWHERE & set(site.keywords):
        return machine.unknown(site.place, "redis.Redis[?]")
    return machine.unknown(site.place, "redis.Redis[str]" if decodes.value else "redis.Redis")


@models("redis.from_url", "redis.Redis.from_url", "redis.StrictRedis.from_url")
def redis_from_url(machine: Machine, site: CallSite) -> Value:
    """A client of an address, which may say itself how answers are read: `redis://host?decode_responses=1`."""
    machine.may_raise(None)
    url = text_argument(machine, site, 0, "url")
    if (url is None or "?" in url) and "protocol" not in (url or ""):
        return machine.unknown(site.place, "redis.Redis[?]" if not _OTHER & set(site.keywords) else None)
    return redis(machine, site)


@models(*[f"redis.Redis{kind}.set_response_callback" for kind in ("", "[str]", "[?]")])
def callback(machine: Machine, site: CallSite) -> Value:
    """From now on the code says what becomes of an answer."""
    for value in site.values():
        leak(machine, value)
    machine.patched.add("redis")
    return NONE


_ONE = ("lpop", "rpop", "spop", "srandmember")


@models(*[f"redis.Redis{kind}.{name}" for kind in ("", "[str]") for name in _ONE])
def taken(machine: Machine, site: CallSite) -> Value:
    """One element, or several where a number of them is asked for."""
    machine.may_raise(("redis.exceptions.RedisError",))
    text = "str" if "[str]" in site.name else "bytes"
    one = len(site.arguments) == 1 and not site.keywords
    return make(machine, f"{text} | None" if one else "?", site.place)
