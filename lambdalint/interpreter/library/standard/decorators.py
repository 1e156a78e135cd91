"""Decorators that leave a function or a class what it is, and functools.partial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.values import NONE, Const, Function, Outside, Partial, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("functools.lru_cache", "functools.cache")
def cache(machine: Machine, site: CallSite) -> Value:
    """A cached function is the function, with a dict of what it has answered."""
    value = machine.state.resolve(site.arguments[-1]) if site.arguments else NONE
    if isinstance(value, Function):
        memo = DictObject(site.place)
        memo.rest = site.keywords.get("maxsize", Const(128))
        return value.owned(value.owner, machine.new(memo).id)
    if site.arguments and type(value) is not Const:
        return value
    keywords = {"maxsize": value, **site.keywords} if site.arguments else site.keywords
    return Partial(Outside(site.name), (), keywords, site.place)  # `@lru_cache(maxsize=1)`: a decorator again


@models("functools.wraps()", "abc.abstractmethod", "typing.final", "typing.overload",
        "typing.no_type_check", "functools.total_ordering", "typing.runtime_checkable", "atexit.register",
        "typing_extensions.override", "typing.override", "typing.cast", "typing_extensions.final",
        "typing.assert_type", "enum.unique", "warnings.deprecated", "contextlib.ContextDecorator")  # fmt: skip
def identity(machine: Machine, site: CallSite) -> Value:
    if site.arguments:
        return machine.state.resolve(site.arguments[-1])
    return Outside("functools.wraps()", site.place)


@models("functools.wraps", "functools.update_wrapper")
def wraps(machine: Machine, site: CallSite) -> Value:
    if site.name.endswith("update_wrapper"):
        return site.arguments[0] if site.arguments else NONE
    return Outside("functools.wraps()", site.place)


@models("typing.NewType")
def new_type(machine: Machine, site: CallSite) -> Value:
    return Outside("functools.wraps()", site.place)


@models("functools.partial")
def partial(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    return Partial(machine.state.resolve(site.arguments[0]), tuple(site.arguments[1:]), site.keywords, site.place)
