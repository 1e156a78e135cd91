"""HTTP: statuses, and the answers of clients."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import Const, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("requests.Response.json", "httpx.Response.json")
def response_json(machine: Machine, site: CallSite) -> Value:
    library = site.name.partition(".")[0]
    errors = ("ValueError", "requests.exceptions.JSONDecodeError") if library == "requests" else ("ValueError",)
    machine.may_raise(errors)
    return machine.unknown(site.place, json=not site.keywords)


@models("http.HTTPStatus")
def status(machine: Machine, site: CallSite) -> Value:
    value = machine.state.resolve(site.arguments[0]) if site.arguments else None
    if type(value) is Const:
        try:
            return Const(HTTPStatus(value.value), site.place)  # type: ignore[arg-type]
        except ValueError:
            raise machine.raise_builtin("ValueError", site.node, site.frame) from None
    machine.may_raise(("ValueError",))
    return machine.unknown(site.place, "http.HTTPStatus")
