"""Operators and the text of f-strings."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.interpreter.bounds import MAX_TEXT
from lambdalint.interpreter.calls import call_special
from lambdalint.interpreter.certain import are_mixed, refuses, refuses_to_write, told
from lambdalint.interpreter.container_operators import of_containers
from lambdalint.interpreter.enums import FLAGS
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.mixins import as_held
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.parsed_operands import is_parsed, of_parsed
from lambdalint.interpreter.plain import PERHAPS
from lambdalint.interpreter.values import Const, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

Operation = Callable[[Any, Any], Any]

#: By the CST's operator class: the operation and the names of its special methods (of `x op y`, `y op x`, `x op= y`).
_OPERATORS: dict[str, tuple[Operation, str, str, str]] = {
    "Add": (operator.add, "__add__", "__radd__", "__iadd__"),
    "Subtract": (operator.sub, "__sub__", "__rsub__", "__isub__"),
    "Multiply": (operator.mul, "__mul__", "__rmul__", "__imul__"),
    "Divide": (operator.truediv, "__truediv__", "__rtruediv__", "__itruediv__"),
    "FloorDivide": (operator.floordiv, "__floordiv__", "__rfloordiv__", "__ifloordiv__"),
    "Modulo": (operator.mod, "__mod__", "__rmod__", "__imod__"),
    "Power": (operator.pow, "__pow__", "__rpow__", "__ipow__"),
    "LeftShift": (operator.lshift, "__lshift__", "__rlshift__", "__ilshift__"),
    "RightShift": (operator.rshift, "__rshift__", "__rrshift__", "__irshift__"),
    "BitOr": (operator.or_, "__or__", "__ror__", "__ior__"),
    "BitAnd": (operator.and_, "__and__", "__rand__", "__iand__"),
    "BitXor": (operator.xor, "__xor__", "__rxor__", "__ixor__"),
    "MatrixMultiply": (operator.matmul, "__matmul__", "__rmatmul__", "__imatmul__"),
}

_INTS = frozenset({"int", "bool"})
_REALS = frozenset({"int", "bool", "float"})


def binary(
    machine: Machine, op: str, left: Value, right: Value, node: Any, frame: Frame, inplace: bool = False
) -> Value:
    """`left op right`; with `inplace`, `left op= right`. `op` is the CST's class name: "Add", "BitOr"."""
    op = op.removesuffix("Assign")
    state = machine.state
    left, right = state.resolve(left), state.resolve(right)
    if type(left) is Sym and left.options:
        left = choose_option(machine, left)
    if type(right) is Sym and right.options:
        right = choose_option(machine, right)
    left, right = _as_held(machine, op, left, right)
    if type(left) is Const and type(right) is Const:
        return _constants(machine, op, left, right, node, frame)
    machine.recorder.operation(machine, op, left, right, machine.place(node, frame), frame.chain)
    _refuse(machine, op, left, right, node, frame, inplace)
    if op != "Modulo" or kind_of(machine, left) not in ("str", "bytes"):
        from lambdalint.interpreter.library import array_operation

        found = array_operation(machine, op, left, right, inplace, machine.place(node, frame))
        if found is not None:
            return found
    special = _special(machine, op, left, right, node, frame, inplace)
    if special is not None:
        return special
    found = of_containers(machine, op, left, right, node, frame, inplace)
    if found is not None:
        return found
    return _by_kinds(machine, op, left, right, node, frame, inplace)


def _as_held(machine: Machine, op: str, left: Value, right: Value) -> tuple[Value, Value]:
    """The two as Python computes with them: an IntEnum's member as its number. Not where an object says itself what it
    makes of the other, nor in what a text is written from."""
    one, other = (as_held(machine, side, *_OPERATORS[op][1:]) for side in (left, right))
    if type(one) is Ref or type(other) is Ref or (op == "Modulo" and kind_of(machine, one) not in _REALS):
        return left, right
    return one, other


def _refuse(machine: Machine, op: str, left: Value, right: Value, node: Any, frame: Frame, inplace: bool) -> None:
    """Raise where Python has no such operator for the types of the two."""
    names = [name.strip("_") for name in _OPERATORS[op][1:]]
    operation = names[2] if inplace else _FUNCTIONS.get(names[0], names[0])
    if _is_decimal_with_float(machine, left, right) or _is_decimal_with_float(machine, right, left):
        if machine.catching:  # a rule of its own speaks of that
            raise machine.raise_builtin("TypeError", node, frame, "a Decimal with a float", rule="LL207")
        return
    if op == "Modulo" and refuses_to_write(machine, left, right):
        raise machine.raise_builtin("TypeError", node, frame, _UNFIT, right)
    if refuses(machine, operation, left, right):
        why = _refused(machine, left, right)
        if are_mixed(machine, left, right):
            why = f"{told(machine, right)} is not subtracted from {told(machine, left)}"
        about = left if type(left) is Sym and (left.of_event or (left.kind or "").startswith(PERHAPS)) else right
        raise machine.raise_builtin("TypeError", node, frame, why, about)


def _is_decimal_with_float(machine: Machine, one: Value, other: Value) -> bool:
    """Whether one is a number of DynamoDB, or any Decimal, and the other surely a float."""
    exact = type(other) is Const or (type(other) is Sym and other.kind is not None)
    return exact and kind_of(machine, other) == "float" and kind_of(machine, one) in _DECIMALS


_DECIMALS = ("decimal.Decimal", "boto3.dynamodb.attribute")


#: What the module operator calls an operation whose method has another name.
_FUNCTIONS = {"or": "or_", "and": "and_"}


def _constants(machine: Machine, op: str, left: Const, right: Const, node: Any, frame: Frame) -> Value:
    one, other = left.value, right.value
    place = machine.place(node, frame)
    if op in ("Power", "LeftShift", "Multiply") and _grows(op, one, other):
        return machine.unknown(place, _sequence_kind(one, other) or ("int" if op != "Power" else None))
    try:
        value = _OPERATORS[op][0](one, other)
    except Exception as error:
        why = _refused(machine, left, right) if isinstance(error, TypeError) else ""
        if op == "Modulo" and isinstance(one, (str, bytes)):
            why = _unfit(node)
        elif isinstance(error, ZeroDivisionError):
            why = "it is divided by 0"
        raise machine.raise_builtin(type(error).__name__, node, frame, why, right) from None
    return Const(value, place)


def _sequence_kind(one: object, other: object) -> str | None:
    for value in (one, other):
        if isinstance(value, (str, bytes)):
            return type(value).__name__
    return None


def _grows(op: str, one: Any, other: Any) -> bool:
    """Whether a product or power is too large to compute."""
    for text, count in ((one, other), (other, one)):
        if isinstance(text, (str, bytes)):
            return isinstance(count, int) and len(text) * count > MAX_TEXT
    if op == "Multiply":
        return False
    try:
        return bool(abs(other) > 64 or abs(one) > 10**9)
    except TypeError:
        return False


def _special(
    machine: Machine, op: str, left: Value, right: Value, node: Any, frame: Frame, inplace: bool
) -> Value | None:
    """What classes of the project define."""
    _, forward, backward, in_place = _OPERATORS[op]
    if type(left) is Ref and isinstance(machine.object(left), InstanceObject):
        names = (in_place, forward) if inplace else (forward,)
        for name in names:
            found = call_special(machine, left, name, (right,), node, frame)
            if found is not None:
                return found
    if type(right) is Ref and isinstance(machine.object(right), InstanceObject):
        found = call_special(machine, right, backward, (left,), node, frame)
        if found is not None:
            return found
    flags = _flags(machine, op, left, right, node, frame)
    if flags is not None:
        return flags
    for value in (left, right):
        if type(value) is Ref:
            thing = machine.object(value)
            if isinstance(thing, InstanceObject):
                machine.may_raise(None)
                return machine.unknown(machine.place(node, frame))
    return None


def _flags(machine: Machine, op: str, left: Value, right: Value, node: Any, frame: Frame) -> Value | None:
    """`|`, `&` and `^` of two members of one Flag class: an instance of it."""
    if op not in ("BitOr", "BitAnd", "BitXor") or type(left) is not Ref or type(right) is not Ref:
        return None
    one, other = machine.object(left), machine.object(right)
    if not (isinstance(one, InstanceObject) and isinstance(other, InstanceObject) and one.cls == other.cls):
        return None
    cls = machine.state.get(one.cls)
    if not isinstance(cls, ClassObject) or FLAGS.isdisjoint(cls.order):
        return None
    made = InstanceObject(one.cls, machine.place(node, frame))
    made.open = True
    if "enum.IntFlag" in cls.order:
        made.payload = machine.unknown(made.place, "int")
    return machine.new(made)


def _by_kinds(machine: Machine, op: str, left: Value, right: Value, node: Any, frame: Frame, inplace: bool) -> Value:
    from lambdalint.interpreter.library import operator_result, operator_value

    one, other = kind_of(machine, left), kind_of(machine, right)
    place = machine.place(node, frame)
    value = operator_value(op, left, right, place)
    if value is not None:
        return value
    if one in ("str", "bytes"):
        if op == "Modulo" and type(left) is Const and type(right) is Tuple and right.rest is None:
            parts = [machine.state.resolve(item) for item in right.items]
            if all(type(part) is Const for part in parts) and len(str(left.value)) < 1_000:
                given = tuple(part.value for part in parts if type(part) is Const)
                try:
                    return Const(left.value % given, place)  # type: ignore[operator]
                except Exception as error:
                    raise machine.raise_builtin(type(error).__name__, node, frame, _unfit(node), right) from None
        if op == "Modulo":
            machine.may_raise(("TypeError", "ValueError", "KeyError"))
            return Sym(machine.state.fresh(), one, place, prefix=_format_prefix(left))
        if op == "Add" and other == one:
            return _joined(machine, left, right, one, place)
        if op == "Multiply" and other in _INTS:
            return machine.unknown(place, one)
        if op == "Add" and other is not None and (other in _PLAIN_NON_TEXT or {one, other} == {"str", "bytes"}):
            raise machine.raise_builtin("TypeError", node, frame, _refused(machine, left, right), right)
    added = op == "Add" and (is_parsed(right, other) if one == "str" else other == "str" and is_parsed(left, one))
    if added and not (inplace and one is None):  # a list takes the letters of a text by `+=`
        machine.may_raise(("TypeError",))  # of what JSON has a text is joined with texts alone
        return _joined(machine, left, right, "str", place)
    if one in _REALS and other in _REALS:
        machine.may_raise(("ZeroDivisionError", "OverflowError", "TypeError", "ValueError"))
        if type(left) is Sym and type(right) is Const:  # worked out again, it is the same
            found = machine.child(left, op, right.value, _number_kind(op, one, other), place)
            if op == "Modulo" and found.kind == "int" and isinstance(right.value, int) and right.value > 0:
                machine.state.learn(found, low=(0, True), high=(right.value, False))
            return found
        return machine.unknown(place, _number_kind(op, one, other))
    if one in _INTS and other in ("str", "bytes") and op == "Multiply":
        return machine.unknown(place, other)
    parsed = of_parsed(machine, op, _OPERATORS[op][0], (left, right), (one, other), place)
    if parsed is not None:
        return parsed
    known = operator_result(op, one, other)
    if known is None and op == "Divide":  # of all that JSON has a path takes a text alone
        one, other = (("str" if is_parsed(v, k) else k) for v, k in ((left, one), (right, other)))
        known = operator_result(op, one, other)
    if known is not None:
        machine.may_raise(("TypeError", "ZeroDivisionError", "OverflowError"))
        made = machine.unknown(place, known)
        for side in (left, right):  # a datetime that is moved keeps its time zone
            if known == "datetime.datetime" and type(side) is Sym and side.kind == known:
                made.known = side.known
        return made
    machine.may_raise(None)
    for value in (left, right):
        if type(value) is Ref:
            leak(machine, value)
    return machine.unknown(place)


def _joined(machine: Machine, left: Value, right: Value, kind: str, place: Any) -> Value:
    """Two texts put together: one that has a letter makes the whole true."""
    made = Sym(machine.state.fresh(), kind, place, prefix=_text_prefix(left))
    if any(type(part) is Const and part.value for part in (left, right)):
        machine.state.learn(made, truthy=True)
    return made


def _unfit(node: Any) -> str:
    """Why a text's `%` fails, but where the text stands there: pyflakes reads it itself."""
    return "" if isinstance(getattr(node, "left", None), cst.SimpleString) else _UNFIT


_UNFIT = "what `%` is given does not fit the text's format"
_PLAIN_NON_TEXT = frozenset({"int", "float", "bool", "NoneType", "dict", "list", "set", "tuple"})


def _number_kind(op: str, one: str, other: str) -> str | None:
    if op == "Divide":
        return "float"
    if op == "Power":
        return None  # int ** -int is a float, -1 ** 0.5 complex
    if "float" in (one, other):
        return "float"
    if op in ("BitOr", "BitAnd", "BitXor") and one == other == "bool":
        return "bool"
    return "int"


def _format_prefix(left: Value) -> str | None:
    if type(left) is Const and isinstance(left.value, str):
        return left.value.split("%", 1)[0] or None
    return None


def _refused(machine: Machine, left: Value, right: Value) -> str:
    return f"{told(machine, left)} and {told(machine, right)} have no such operator"


def _text_prefix(left: Value) -> str | None:
    if type(left) is Const and isinstance(left.value, str):
        return left.value or None
    return left.prefix if type(left) is Sym else None


def unary(machine: Machine, op: Any, value: Value, node: Any, frame: Frame) -> Value:
    """`-value`, `+value`, `~value`."""
    value = machine.state.resolve(value)
    place = machine.place(node, frame)
    if type(value) is Const:
        function = {cst.Minus: operator.neg, cst.Plus: operator.pos, cst.BitInvert: operator.invert}[type(op)]
        try:
            return Const(function(value.value), place)  # type: ignore[operator]
        except TypeError:
            why = f"{said(machine, value)} has no such operator"
            raise machine.raise_builtin("TypeError", node, frame, why, value) from None
    if type(value) is Ref:
        name = {cst.Minus: "__neg__", cst.Plus: "__pos__", cst.BitInvert: "__invert__"}[type(op)]
        found = call_special(machine, value, name, (), node, frame)
        if found is not None:
            return found
    kind = kind_of(machine, value)
    operation = {cst.Minus: "neg", cst.Plus: "pos", cst.BitInvert: "invert"}[type(op)]
    if refuses(machine, operation, value):
        raise machine.raise_builtin("TypeError", node, frame, f"{said(machine, value)} has no such operator", value)
    machine.may_raise(("TypeError",))
    if kind in _INTS:
        return machine.unknown(place, "int")
    if kind == "float" and not isinstance(op, cst.BitInvert):
        return machine.unknown(place, "float")
    if kind is not None and kind.startswith(("numpy.", "pandas.")):
        from lambdalint.interpreter.library import array_unary

        return array_unary(machine, type(op).__name__, value, place)
    return machine.unknown(place, kind if kind in ("decimal.Decimal", "datetime.timedelta") else None)


def text_of(machine: Machine, value: Value, node: Any, frame: Frame) -> str | None:
    """`str(value)` of a constant, or None where it is not known. Runs `__str__` of project classes for its effects."""
    value = machine.state.resolve(value)
    if type(value) is Const and isinstance(value.value, (str, int, float, bool, type(None))):
        text = str(value.value)
        return text if len(text) <= MAX_TEXT else None
    from lambdalint.interpreter.library import path_text

    return path_text(value)
