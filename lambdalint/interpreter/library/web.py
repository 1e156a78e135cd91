"""Files and answers of HTTP clients: what is more than a type in the table."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from lambdalint.interpreter.library.models import models, text_argument
from lambdalint.interpreter.state import DictObject
from lambdalint.interpreter.values import Const, Method, Outside, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library import CallSite
    from lambdalint.interpreter.machine import Machine

_BUFFERED = {"r": "io.BufferedReader", "w": "io.BufferedWriter", "a": "io.BufferedWriter", "x": "io.BufferedWriter"}


@models("open", "pathlib.PosixPath.open")
def open_file(machine: Machine, site: CallSite) -> Value:
    position = 1 if site.name == "open" else 0
    mode = text_argument(machine, site, position, "mode")
    machine.may_raise(("OSError", "ValueError", "TypeError", "LookupError"))
    if site.argument(position, "mode") is None:
        mode = "r"
    if mode is None or "buffering" in site.keywords:
        return machine.unknown(site.place)
    if "b" not in mode:
        return machine.unknown(site.place, "io.TextIOWrapper")
    return machine.unknown(site.place, _BUFFERED.get(mode[:1]) if "+" not in mode else None)


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


@models("contextlib.closing", "contextlib.nullcontext")
def handing_on(machine: Machine, site: CallSite) -> Value:
    """A context manager that gives what it was made of."""
    if not site.arguments and site.name == "contextlib.nullcontext":
        return Method(f"{site.name}()", Const(None), site.place)
    if not site.arguments:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    return Method(f"{site.name}()", site.arguments[0], site.place)


@models("contextlib.ExitStack.enter_context")
def enter_context(machine: Machine, site: CallSite) -> Value:
    from lambdalint.interpreter.managers import enter

    if not site.arguments:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    return enter(machine, site.arguments[0], site.node, site.frame)


@models("json.JSONEncoder.default", "simplejson.JSONEncoder.default")
def encoder_default(machine: Machine, site: CallSite) -> Value:
    raise machine.raise_builtin("TypeError", site.node, site.frame)


@models("os.environ.copy")
def environment_copy(machine: Machine, site: CallSite) -> Value:
    made = DictObject(site.place)
    made.open, made.rest = True, machine.unknown(site.place, "str")
    return machine.new(made)


@models("typing.NewType")
def new_type(machine: Machine, site: CallSite) -> Value:
    return Outside("functools.wraps()", site.place)


@models("logging.getLogger")
def get_logger(machine: Machine, site: CallSite) -> Value:
    """The root logger too is called `logging.Logger` here: the same methods do nothing."""
    return machine.unknown(site.place, "logging.Logger")
