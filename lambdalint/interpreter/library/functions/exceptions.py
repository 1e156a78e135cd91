"""Builtin exceptions, made by a call of their class."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from lambdalint.interpreter import escape
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: Made of what these are given: an OSError may be a FileNotFoundError, and the others want arguments of their own.
_PARTICULAR = (OSError, UnicodeError, getattr(builtins, "BaseExceptionGroup", OSError))
_CLASSES = {
    name: cls.__name__
    for name, cls in vars(builtins).items()
    if isinstance(cls, type) and issubclass(cls, BaseException) and not issubclass(cls, _PARTICULAR)
}


@models(*_CLASSES)
def exception(machine: Machine, site: CallSite) -> Value:
    """It takes any arguments, and keeps them."""
    for value in site.values():
        escape.leak(machine, value)
    if site.keywords:
        machine.may_raise(("TypeError",))
    return machine.unknown(site.place, _CLASSES[site.name], role="exception")
