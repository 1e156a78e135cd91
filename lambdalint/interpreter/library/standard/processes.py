"""subprocess: whether what a process writes comes as bytes, and contextvars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import escape
from lambdalint.interpreter.library.calling import hand_over
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import NONE, Const, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: Keywords under which the process writes text. https://docs.python.org/3/library/subprocess.html#frequently-used-arguments
_TEXT = ("text", "universal_newlines", "encoding", "errors")
_RAISES = ("OSError", "ValueError", "subprocess.SubprocessError", "IndexError", "TypeError")


@models("subprocess.run")
def run(machine: Machine, site: CallSite) -> Value:
    """`CompletedProcess[bytes]` is one of which both outputs were captured, as bytes."""
    captured = machine.state.resolve(site.keywords.get("capture_output", NONE))
    hand_over(machine, site)
    machine.may_raise(_RAISES)
    kind = "subprocess.CompletedProcess"
    if not _as_text(machine, site) and type(captured) is Const and captured.value is True:
        kind += "[bytes]"
    return machine.unknown(site.place, kind)


@models("subprocess.check_output")
def check_output(machine: Machine, site: CallSite) -> Value:
    hand_over(machine, site)
    machine.may_raise(_RAISES)
    return machine.unknown(site.place, "bytes" if not _as_text(machine, site) else None)


def _as_text(machine: Machine, site: CallSite) -> bool:
    """Whether the process may write text."""
    given = [machine.state.resolve(site.keywords[name]) for name in _TEXT if name in site.keywords]
    return len(site.arguments) > 1 or any(type(value) is not Const or bool(value.value) for value in given)


@models("contextvars.ContextVar", "contextvars.ContextVar.set")
def context_variable(machine: Machine, site: CallSite) -> Value:
    """It keeps what it is given, and hands it out to anyone."""
    for value in site.values():
        escape.leak(machine, value)
    return machine.unknown(site.place, "contextvars.Token" if site.name.endswith(".set") else "contextvars.ContextVar")
