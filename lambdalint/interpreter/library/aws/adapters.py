"""What makes a handler of an application: it answers by itself, and nothing is known of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.values import Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("serverless_wsgi.handle_request", "awsgi.response")
def handled(machine: Machine, site: CallSite) -> Value:
    """What an application answers, as the source wants it: a dict."""
    for value in site.values():
        leak(machine, value)
    machine.state.epoch += 1
    machine.may_raise(None, after_effects=True)
    return make(machine, "dict", site.place)


@models("mangum.Mangum", "chalice.Chalice", "apig_wsgi.make_lambda_handler")
def adapter(machine: Machine, site: CallSite) -> Value:
    for value in site.values():
        leak(machine, value)
    return machine.unknown(site.place, site.name)
