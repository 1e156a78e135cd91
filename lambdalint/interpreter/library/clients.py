"""Clients whose answers depend on how they were made: Redis. https://redis.readthedocs.io/en/stable/commands.html"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import FALSE, Const, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: What may make it answer otherwise than its keywords say.
_ELSEWHERE = frozenset({"connection_pool", "encoding_errors", "encoding", "protocol"})


@models("redis.Redis", "redis.StrictRedis")
def redis(machine: Machine, site: CallSite) -> Value:
    """A client: it answers with bytes, or with text where it decodes them. Nothing is sent yet."""
    decodes = machine.state.resolve(site.keywords.get("decode_responses", FALSE))
    if type(decodes) is not Const or _ELSEWHERE & set(site.keywords) or len(site.arguments) > 3:
        return machine.unknown(site.place)
    return machine.unknown(site.place, "redis.Redis[str]" if decodes.value else "redis.Redis")
