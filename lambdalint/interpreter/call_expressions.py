"""Call expressions, their arguments spread, and lambdas."""

from __future__ import annotations

from typing import Any

import libcst as cst

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.evaluate import evaluate
from lambdalint.interpreter.functions import make_function
from lambdalint.interpreter.heap import DictObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.presence import unasked
from lambdalint.interpreter.values import Method, Outside, Ref, Super, Sym, Value
from lambdalint.interpreter.walk import EXPRESSIONS, on

#: What goes through an iterator that it is given, at least to its first element.
_CONSUMING = frozenset({
    "sum", "min", "max", "any", "all", "list", "tuple", "set", "frozenset", "sorted", "dict", "next",
})  # fmt: skip
#: Iterators over others, each with the arguments of which it asks the first element for its own first.
_HANDING = {"enumerate": (0,), "iter": (0,), "zip": (0,), "map": (1,), "filter": (1,)}


#: What is given any number of arguments by a star, and has a model for that under this name with a star.
_OF_MANY = frozenset({"asyncio.gather"})


@on(EXPRESSIONS, cst.Call)
def call_expression(machine: Machine, node: cst.Call, frame: Frame) -> Value:
    callee = evaluate(machine, node.func, frame)
    if type(callee) is Outside and callee.name == "super" and not node.args:
        return _super(machine, node, frame)
    arguments: list[Value] = []
    keywords: dict[str, Value] = {}
    open_arguments = False
    _note_consumed(machine, node, callee)
    parsed = False
    if type(callee) is Outside and callee.name in _OF_MANY and _is_of_many(node):
        callee = Outside(f"{callee.name}*", callee.place)
    for arg in node.args:
        value = evaluate(machine, arg.value, frame)
        if arg.star == "*" and type(callee) is Outside and callee.name.endswith("*"):
            arguments.append(value)
        elif arg.star == "*":
            open_arguments |= _spread(machine, value, arguments, arg, frame)
        elif arg.star == "**":
            opened = _spread_keywords(machine, value, keywords, arg, frame)
            parsed = opened and not open_arguments and _is_json(machine, value)
            open_arguments |= opened
        elif arg.keyword is not None:
            keywords[arg.keyword.value] = value
        else:
            arguments.append(value)
    (machine.spread_json.add if parsed else machine.spread_json.discard)(id(node))
    return call(machine, callee, arguments, keywords, node, frame, open_arguments)


def _is_of_many(node: cst.Call) -> bool:
    """Whether a call is given one thing by a star, and nothing else but keywords."""
    return [arg.star for arg in node.args if arg.keyword is None] == ["*"]


def _is_json(machine: Machine, value: Value) -> bool:
    """Whether a value came of JSON: it holds no class and no function."""
    value = machine.state.resolve(value)
    return type(value) is Sym and value.json


def _note_consumed(machine: Machine, node: cst.Call, callee: Value) -> None:
    """Note which of the arguments are gone through there and then, or begun: by the function, by a star, or by what
    goes through the iterator that the function gives."""
    name = callee.name if type(callee) in (Outside, Method) else ""  # type: ignore[attr-defined]
    consumes = name.endswith(".join") if type(callee) is Method else name in _CONSUMING
    handed = id(node) in machine.consumed
    for index, arg in enumerate(node.args):
        lazily = handed and index in _HANDING.get(name, ())
        if arg.star == "*" or (index == 0 and consumes) or lazily:
            machine.consumed.add(id(arg.value))
    if name == "next" and node.args:
        machine.begun.add(id(node.args[0].value))


def _super(machine: Machine, node: Any, frame: Frame) -> Value:
    if frame.function is None or frame.function.owner is None or frame.receiver is None:
        return machine.unknown(machine.place(node, frame))
    return Super(frame.function.owner, frame.receiver, machine.place(node, frame))


def _spread(machine: Machine, value: Value, arguments: list[Value], node: Any, frame: Frame) -> bool:
    found = elements(machine, value, node, frame)
    arguments += found.items
    return found.rest is not None


def _spread_keywords(machine: Machine, value: Value, keywords: dict[str, Value], node: Any, frame: Frame) -> bool:
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        value = choose_option(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, DictObject) and not thing.leaked:
            unsure = thing.open or bool(thing.others)
            for key, item in thing.items.items():
                if isinstance(key, str) and item.sure:
                    keywords[key] = item.value
                elif isinstance(key, (int, float, bytes, tuple)) and item.sure:  # keywords must be strings
                    raise machine.raise_builtin("TypeError", node, frame)
                else:
                    unsure = True
                    leak(machine, item.value)  # whoever is called may have it
            for _, held, _ in thing.others:
                leak(machine, held)
            if unsure:
                machine.may_raise(("TypeError",))
            return unsure
    if type(value) is Sym:
        machine.recorder.event_whole(machine, value, machine.place(node, frame), unasked(machine, value), "mapping")
    machine.may_raise(("TypeError",))
    return True


@on(EXPRESSIONS, cst.Lambda)
def lambda_expression(machine: Machine, node: cst.Lambda, frame: Frame) -> Value:
    return make_function(machine, node, frame)
