"""email: what is parsed is a message of the old kind, unless a policy says otherwise.

https://docs.python.org/3/library/email.parser.html#email.message_from_bytes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.calling import from_row
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.types import parse_row
from lambdalint.interpreter.values import Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models(*[f"email.message_from_{kind}" for kind in ("string", "bytes", "file", "binary_file")])
def parsed(machine: Machine, site: CallSite) -> Value:
    row = parse_row(CALLS[site.name])
    if not site.open and not site.keywords and len(site.arguments) == 1:
        row = row._replace(type="email.message.Message")
    return from_row(machine, site, row)
