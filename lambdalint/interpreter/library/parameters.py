"""Powertools' parameters: what is fetched of the stores, and as what.

Sources: aws_lambda_powertools/utilities/parameters 3.37.0, ssm.py, secrets.py and base.py;
https://docs.powertools.aws.dev/lambda/python/latest/utilities/parameters/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, Item
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.types import make
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.values import NONE, TRUE, Const, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_PARAMETERS_OF = "aws_lambda_powertools.utilities.parameters"
_PROVIDERS = ("SSMProvider", "SecretsProvider", "AppConfigProvider", "DynamoDBProvider")
#: What `parameters` gives of one name, and the position at which each function takes `transform`.
#: https://docs.powertools.aws.dev/lambda/python/latest/utilities/parameters/
_PARAMETERS = {
    "get_parameter": ("str", 1),
    "get_secret": ("str | bytes", 1),  # one that was stored as a binary is bytes
    "get_parameters": ("dict[str, str]", 1),
    "get_app_config": ("bytes", 3),
    "SSMProvider.get": ("str", 2),
    "SSMProvider.get_multiple": ("dict[str, str]", 2),
    "SecretsProvider.get": ("str | bytes", 2),
    "AppConfigProvider.get": ("bytes", 2),
}
_TRANSFORMED = {"json": "json", "binary": "bytes"}


@models(*[f"{_PARAMETERS_OF}.{name}" for name in _PARAMETERS])
def parameter(machine: Machine, site: CallSite) -> Value:
    """A parameter, secret or configuration, as it is stored or as `transform` makes of it."""
    machine.may_raise(None)
    kind, position = _PARAMETERS[site.name.removeprefix(f"{_PARAMETERS_OF}.")]
    given = site.argument(position, "transform")
    given = machine.state.resolve(given) if given is not None else NONE
    several = kind.startswith("dict")
    if type(given) is not Const:
        return machine.unknown(site.place)
    text = kind if given.value is None else _TRANSFORMED.get(str(given.value), "?")
    if several and given.value is not None:
        # One that cannot be transformed is None, unless that is to raise.
        lenient = site.keywords.get("raise_on_transform_error", NONE) is not TRUE
        text = f"dict[str, {text} | None]" if lenient and text != "json" else f"dict[str, {text}]"
    made = make(machine, text, site.place)
    if several and type(made) is Ref:
        thing = machine.state.write(made.id)
        assert isinstance(thing, DictObject)
        thing.answered = _whole_name
    return made


def _whole_name(key: str) -> str:
    """Why there is no such key among the parameters below a path: each has what follows the path for its name."""
    if not key.startswith("/"):
        return ""
    return f"`get_parameters()` gives each by what follows the path, without a `/` before it, and has no {key!r}"


_BY_NAME = (f"{_PARAMETERS_OF}.get_parameters_by_name", f"{_PARAMETERS_OF}.SSMProvider.get_parameters_by_name")


@models(*_BY_NAME)
def by_name(machine: Machine, site: CallSite) -> Value:
    """Those that a dict names, each as its own `transform` or that of the call makes of it."""
    machine.may_raise(None)
    given = site.argument(0, "parameters")
    given = machine.state.resolve(given) if given is not None else None
    thing = machine.object(given) if type(given) is Ref else None
    whole = site.argument(1, "transform") or NONE
    if not isinstance(thing, DictObject) or thing.leaked or thing.open or thing.others or site.open:
        return machine.unknown(site.place)
    fails = is_const(machine.state.resolve(site.keywords.get("raise_on_error", TRUE)), True)
    made = DictObject(site.place)
    for name, item in thing.items.items():
        own = machine.state.resolve(item.value)
        options = machine.object(own) if type(own) is Ref else None
        transform = options.items.get("transform") if isinstance(options, DictObject) else None
        kind = _transformed(machine, transform.value if transform is not None else whole)
        if transform is not None and not transform.sure:
            kind = "?"
        made.items[name] = Item(make(machine, kind, site.place), site.place, item.sure and fails)
    made.open = not fails
    return machine.new(made)


def _transformed(machine: Machine, transform: Value) -> str:
    transform = machine.state.resolve(transform)
    if type(transform) is not Const:
        return "?"
    return "str" if transform.value is None else _TRANSFORMED.get(str(transform.value), "?")


@demands(*_BY_NAME)
def _names(machine: Machine, site: CallSite) -> None:
    value = site.argument(0, "parameters")
    if value is not None and kind_of(machine, value) in ("list", "tuple", "set", "str"):
        why = f"`get_parameters_by_name()` takes a dict of names and options, and this is {said(machine, value)}"
        raise machine.raise_builtin("AttributeError", site.node, site.frame, why, value)


_STORING = (f"{_PARAMETERS_OF}.set_parameter", f"{_PARAMETERS_OF}.SSMProvider.set")
_NO_VALUES = frozenset({"int", "float", "bool", "dict", "list", "bytes", "NoneType", "decimal.Decimal",
                        "datetime.datetime", "uuid.UUID"})  # fmt: skip


@demands(*_STORING)
def _stored(machine: Machine, site: CallSite) -> None:
    """What botocore refuses of the value is told as an error of the library's own."""
    value = site.argument(1, "value")
    if value is not None and kind_of(machine, value) in _NO_VALUES:
        why = f"a parameter is a `str`, and this is {said(machine, value)}"
        error = f"{_PARAMETERS_OF}.exceptions.SetParameterError"
        raise machine.raise_builtin(error, site.node, site.frame, why, value)


@models(*[f"{_PARAMETERS_OF}.{name}" for name in _PROVIDERS])
def provider(machine: Machine, site: CallSite) -> Value:
    """Who fetches parameters, by a client of its own."""
    return machine.unknown(site.place, site.name)
