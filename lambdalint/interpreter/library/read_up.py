"""Streams that cannot go back: what is read to its end gives nothing when it is read again.

`StreamingBody` in botocore/response.py, botocore 1.44.8;
https://docs.python.org/3/library/http.client.html#http.client.HTTPResponse.read
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.values import NONE, Const, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_STREAMS = ("botocore.response.StreamingBody", "http.client.HTTPResponse")
#: Their methods that read all that is left, if they are not told how much.
READS = frozenset(f"{stream}.read" for stream in _STREAMS)


def read_up(machine: Machine, value: Value | None) -> bool:
    """Read a stream to its end: whether this path has done so before. Of what is no stream nothing is known."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is not Sym or value.kind not in _STREAMS or value.options:
        return False
    done = machine.child(value, "read up", None, "bool", None)
    before = machine.state.fact(done).truthy is True
    machine.state.learn(done, truthy=True)
    return before


def note_read(machine: Machine, site: CallSite, made: Value) -> Value:
    """What a call gave; of a stream that was read up, nothing."""
    if site.name not in READS or site.open:
        return made
    size = site.argument(0, "amt")
    whole = size is None or machine.state.resolve(size) == NONE
    return Const(b"", site.place, gave=site.name) if whole and read_up(machine, site.receiver) else made
