"""`array + 1`, `column > 3`, `-table`: what operators make of arrays, and comparisons of numpy's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.heap import ArrayObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.objects import (
    ARRAY,
    COLUMN,
    INDEX,
    SOME,
    TABLE,
    TIMES,
    contents,
    is_parsed,
    is_single,
    known,
    new_array,
    new_column,
    new_table,
    values_in,
)
from lambdalint.interpreter.values import Const, Ref, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.machine import Machine

#: What compares each element of what is on the other side.
_ARRAYS = ("numpy.", COLUMN, TABLE, INDEX, TIMES)
_PLAIN = ("int", "float", "bool")


def array_operation(machine: Machine, op: str, left: Value, right: Value, inplace: bool, place: Place) -> Value | None:
    """`left op right` where one of them is an array; None where none is."""
    one, other = known(machine, left), known(machine, right)
    if one is None and other is None:
        kinds = [kind_of(machine, value) or "" for value in (left, right)]
        if dtypes.SOME_NUMBERS in kinds and _are_numbers(machine, left, right):
            machine.may_raise(None)
            return machine.unknown(place, dtypes.SOME_NUMBERS)
        if any(kind.startswith("numpy.") for kind in kinds) and ("list" in kinds or "tuple" in kinds):
            machine.may_raise(None)  # `[1, 2] + np.int64(1)` is an array, `[1, 2] * np.int64(2)` a list
            return machine.unknown(place)
        return None
    machine.may_raise(None)
    if op == "MatrixMultiply":
        return product(machine, left, right, place)
    if op != "MatrixMultiply" and _are_numbers(machine, left, right):
        return machine.unknown(place, dtypes.SOME_NUMBERS)
    kind = result_type(machine, left, right)
    of_pandas = kind in (COLUMN, TABLE)
    dtype = dtypes.promoted(op, _side(machine, left), _side(machine, right), of_pandas)
    if dtype is None and op in ("FloorDivide", "Modulo") and type(right) is Const and right.value:
        dtype = dtypes.promoted(op, _side(machine, left), _side(machine, right), False)
    if dtype in ("int64", "bool") and one is not None and other is not None and kind == COLUMN:
        if op not in ("BitAnd", "BitOr", "BitXor") and not _same_rows(one, other):
            dtype = None  # where only one of them has a row, the other has NaN
    if inplace and one is not None and one.type != ARRAY and type(left) is Ref:
        machine.state.write(left.id).forget()
        if one.of is not None:
            machine.state.write(one.of.id).forget()
    return _made(machine, kind, dtype, left, right, place)


def product(machine: Machine, left: Value, right: Value, place: Place) -> Value:
    """`left @ right` and `np.dot(left, right)`: of two vectors one number, of a vector and a matrix a vector."""
    sides = [contents(machine, value) for value in (left, right)]
    things = (known(machine, left), known(machine, right))
    of_pandas = any(thing is not None and thing.type != ARRAY for thing in things)
    if of_pandas or any(depth not in (1, 2) for _, depth in sides):
        return machine.unknown(place)
    dtype = dtypes.promoted("Multiply", sides[0][0], sides[1][0], False)
    depth = sides[0][1] + sides[1][1] - 2
    return new_array(machine, place, dtype, depth) if depth else machine.unknown(place, dtypes.element(dtype, False))


def array_comparison(machine: Machine, what: tuple[Any, ...], left: Value, right: Value, place: Place) -> Value | None:
    """A comparison of which one side is of numpy or pandas; None where the other makes it an ordinary one."""
    if known(machine, left) is not None or known(machine, right) is not None:
        machine.may_raise(None)
        if _array_of_any_depth(machine, left, right) or _array_of_any_depth(machine, right, left):
            return new_array(machine, place, "bool")  # or, of a single number, numpy's own bool
        return _made(machine, result_type(machine, left, right), "bool", left, right, place)
    kinds = {kind_of(machine, left), kind_of(machine, right)}
    numbers = {f"numpy.{name}" for name in dtypes.NUMBERS}
    if kinds <= numbers | set(_PLAIN) and kinds & numbers:
        return machine.unknown(place, "numpy.bool", condition=what)
    if what and what[0] == "order" and kinds & numbers and any(is_parsed(machine, one) for one in (left, right)):
        machine.may_raise(None)
        return machine.unknown(place, "numpy.bool", condition=what)  # of a list comes an array, and of a text nothing
    beside = kinds - {dtypes.SOME_NUMBER, dtypes.SOME_NUMBERS}
    if what and what[0] == "order" and beside != kinds and beside <= numbers | set(_PLAIN):
        machine.may_raise(None)
        if dtypes.SOME_NUMBERS in kinds:
            return new_array(machine, place, "bool")
        return machine.unknown(place, "numpy.bool", condition=what)
    if "NoneType" in kinds or not any((kind or "").startswith(_ARRAYS) for kind in kinds):
        return None
    return machine.unknown(place)  # of a list and a number of numpy's comes an array


def _are_numbers(machine: Machine, left: Value, right: Value) -> bool:
    """Whether one side is an array of who knows how many dimensions, and the other is as well, or a number."""
    sides = [(known(machine, value), kind_of(machine, value)) for value in (left, right)]
    many = [
        kind == dtypes.SOME_NUMBERS or (thing is not None and thing.type == ARRAY and thing.depth == 0)
        for thing, kind in sides
    ]
    single = [kind in _PLAIN or (kind or "")[6:] in dtypes.NUMBERS for _, kind in sides]
    return any(many) and all(one or other for one, other in zip(many, single))


def _array_of_any_depth(machine: Machine, one: Value, other: Value) -> bool:
    thing = known(machine, one)
    if thing is None or thing.type != ARRAY or thing.depth != 0:
        return False
    beside = known(machine, other)
    single = is_single(machine, other) or is_parsed(machine, other) or values_in(machine, other) is not None
    return single or (beside is not None and beside.type == ARRAY)


def array_unary(machine: Machine, op: str, value: Value, place: Place) -> Value:
    """`-value`, `+value`, `~value`."""
    thing = known(machine, value)
    if thing is None:
        kind = kind_of(machine, value)
        fits = kind in ("numpy.int64", "numpy.bool") if op == "BitInvert" else kind in ("numpy.int64", "numpy.float64")
        return machine.unknown(place, kind if fits else None)
    fits = thing.dtype in (("int64", "bool") if op == "BitInvert" else ("int64", "float64", "timedelta"))
    return _made(machine, result_type(machine, value, value), thing.dtype if fits else None, value, value, place)


def result_type(machine: Machine, *operands: Value) -> str | None:
    """Whether it is an array, a column or a table that comes of these; None where that is not known."""
    kinds = [_type(machine, value) for value in operands]
    if TABLE in kinds:
        return TABLE if None not in kinds else None
    for kind in (COLUMN, INDEX, ARRAY):
        if kind in kinds:
            return kind if None not in kinds else None
    return None


def _type(machine: Machine, value: Value) -> str | None:
    thing = known(machine, value)
    if thing is not None:
        kind = INDEX if thing.type.endswith("Index") else thing.type
        return kind if kind in (COLUMN, TABLE, INDEX) or (kind == ARRAY and thing.depth != 0) else None
    if is_single(machine, value) or values_in(machine, value) is not None:
        return "single"
    return None


def depth_of(machine: Machine, *operands: Value) -> int:
    """The dimensions of an array that comes of these."""
    depths = {contents(machine, value)[1] for value in operands if not is_single(machine, value)}
    return depths.pop() if len(depths) == 1 else SOME


def _side(machine: Machine, value: Value) -> str | None:
    """The dtype of an operand; a number of Python's own is "int" or "float"."""
    kind = kind_of(machine, value)
    if kind in ("int", "float"):
        return kind
    return contents(machine, value)[0]


def _same_rows(one: ArrayObject, other: ArrayObject) -> bool:
    if COLUMN not in (one.type, other.type) or ARRAY in (one.type, other.type):
        return True
    return one.of is not None and other.of is not None and one.of.id == other.of.id


def _made(machine: Machine, kind: str | None, dtype: str | None, left: Value, right: Value, place: Place) -> Value:
    if kind == ARRAY:
        return new_array(machine, place, dtype, depth_of(machine, left, right))
    if kind == COLUMN:
        rows = [thing.of for thing in (known(machine, left), known(machine, right)) if thing is not None]
        same = all(of is not None and rows[0] is not None and of.id == rows[0].id for of in rows)
        made = new_column(machine, place, dtype, of=rows[0] if same else None)
        own, beside = (left, right) if known(machine, left) is not None else (right, left)
        column = known(machine, own)
        if column is not None and column.type == COLUMN and is_single(machine, beside):
            machine.state.write(made.id).labels = column.labels
        return made
    if kind == TABLE:
        return new_table(machine, place, dtype=dtype if dtype == "bool" else None)
    return machine.unknown(place)
