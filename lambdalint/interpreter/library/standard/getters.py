"""The functions of the module operator: its getters, and those that are operators between two values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import arithmetic, attributes, items
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.library.functions.attributes import chosen_name
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.values import Const, Method, Outside, Partial, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine


@models("operator.itemgetter", "operator.attrgetter")
def getter(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    return Method(f"{site.name}()", Tuple(tuple(site.arguments), site.place), site.place)


@models("operator.itemgetter()", "operator.attrgetter()")
def get_of(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    keys = site.receiver
    assert isinstance(keys, Tuple)
    found: list[Value] = []
    for asked in keys.items:
        if site.name.startswith("operator.itemgetter"):
            asked = machine.state.resolve(asked)
            found.append(items.get_item(machine, site.arguments[0], asked, site.node, site.frame))
            continue
        key = chosen_name(machine, asked, site.arguments[0])
        if type(key) is Const and isinstance(key.value, str):
            value = site.arguments[0]
            for name in key.value.split("."):
                value = attributes.get_attribute(machine, value, name, site.node, site.frame)
            found.append(value)
        else:
            found.append(machine.unknown(site.place))
    return found[0] if len(found) == 1 else Tuple(tuple(found), site.place)


@models("operator.getitem")
def get_item(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2, 2)
    holder, key = site.arguments
    return items.get_item(machine, holder, machine.state.resolve(key), site.node, site.frame)


_CALLER = "operator.methodcaller()"


@models("operator.methodcaller")
def caller(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    return Partial(Outside(_CALLER), tuple(site.arguments), site.keywords, site.place)


@models(_CALLER)
def call_method(machine: Machine, site: CallSite) -> Value:
    """The method of that name, called. What a partial has put first is the name and the arguments, and last stands the
    object."""
    name, *arguments, value = site.arguments
    name = chosen_name(machine, name, value)
    if type(name) is not Const or not isinstance(name.value, str):
        machine.may_raise(None)
        return machine.unknown(site.place)
    method = attributes.get_attribute(machine, value, name.value, site.node, site.frame)
    return call(machine, method, arguments, site.keywords, site.node, site.frame, site.open)


#: By the function, the operator as libcst names it. https://docs.python.org/3/library/operator.html
_BINARY = {
    "add": "Add", "sub": "Subtract", "mul": "Multiply", "truediv": "Divide", "floordiv": "FloorDivide",
    "mod": "Modulo", "pow": "Power", "or_": "BitOr", "and_": "BitAnd", "xor": "BitXor",
}  # fmt: skip


@models(*(f"operator.{name}" for name in _BINARY))
def operate(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 2, 2)
    op, (left, right) = _BINARY[site.name.rpartition(".")[2]], site.arguments
    return arithmetic.binary(machine, op, left, right, site.node, site.frame)
