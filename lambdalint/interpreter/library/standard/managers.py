"""contextlib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.managers import enter
from lambdalint.interpreter.values import Const, Method, Partial, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("contextlib.contextmanager", "contextlib.asynccontextmanager")
def contextmanager(machine: Machine, site: CallSite) -> Value:
    if not site.arguments:
        return machine.unknown(site.place)
    return Method("contextlib.contextmanager[]", site.arguments[0], site.place)


@models("contextlib.contextmanager[]")
def managed(machine: Machine, site: CallSite) -> Value:
    assert site.receiver is not None
    return Method(
        "contextlib.contextmanager()",
        Partial(site.receiver, tuple(site.arguments), site.keywords, site.place),
        site.place,
    )


@models("contextlib.closing", "contextlib.nullcontext")
def handing_on(machine: Machine, site: CallSite) -> Value:
    """A context manager that gives what it was made of."""
    if not site.arguments and site.name == "contextlib.nullcontext":
        return Method(f"{site.name}()", Const(None), site.place)
    need(machine, site, 1)
    return Method(f"{site.name}()", site.arguments[0], site.place)


@models("contextlib.ExitStack.enter_context")
def enter_context(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    return enter(machine, site.arguments[0], site.node, site.frame)
