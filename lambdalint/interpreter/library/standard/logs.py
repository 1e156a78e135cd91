"""logging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("logging.getLogger")
def get_logger(machine: Machine, site: CallSite) -> Value:
    """The root logger too is called `logging.Logger` here: the same methods do nothing."""
    return machine.unknown(site.place, "logging.Logger")
