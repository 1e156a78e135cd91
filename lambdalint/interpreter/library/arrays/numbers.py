"""What numpy works out: of all elements one number, of each element another one, and other arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.objects import (
    ARRAY,
    COLUMN,
    INDEX,
    SOME,
    TABLE,
    contents,
    flag,
    given,
    is_single,
    known,
    new_array,
    new_column,
    only,
    values_in,
)
from lambdalint.interpreter.library.arrays.operators import depth_of, product, result_type
from lambdalint.interpreter.library.calling import hand_over
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import Const, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_OF_QUANTILES = ("percentile", "quantile", "nanpercentile", "nanquantile")
_REDUCTIONS = tuple(
    name
    for name in dtypes.REDUCTIONS
    if name not in (*_OF_QUANTILES, "cumsum", "cumprod", "first", "last", "sem", "skew", "kurt", "kurtosis", "product")
)
_METHODS = ("sum", "prod", "mean", "std", "var", "min", "max", "any", "all")
#: Options that change nothing about what comes back.
_OPTIONS = ("axis", "ddof", "weights", "method", "interpolation")


@models(*[f"numpy.{name}" for name in _REDUCTIONS], *[f"{ARRAY}.{name}" for name in _METHODS])
def reduced(machine: Machine, site: CallSite) -> Value:
    """One number of all elements; along an axis, an array."""
    machine.may_raise(None)
    hand_over(machine, site)
    own = site.receiver is not None
    value = site.receiver if own else site.argument(0, "a")
    if value is None or not only(site, 1 if own else 2, "a", *_OPTIONS):
        return machine.unknown(site.place)
    return _reduction(machine, site, value, given(machine, site, 0 if own else 1, "axis"))


@models(*[f"numpy.{name}" for name in _OF_QUANTILES])
def quantile(machine: Machine, site: CallSite) -> Value:
    """A number; of a list of percentiles, an array."""
    machine.may_raise(None)
    hand_over(machine, site)
    value, asked = site.argument(0, "a"), site.argument(1, "q")
    if value is None or asked is None or not only(site, 3, "a", "q", *_OPTIONS):
        return machine.unknown(site.place)
    axis = given(machine, site, 2, "axis")
    if contents(machine, asked)[1]:
        dtype = dtypes.reduced(contents(machine, value)[0], "mean", False)
        return new_array(machine, site.place, dtype, 1 if axis is None else SOME)
    return _reduction(machine, site, value, axis) if is_single(machine, asked) else machine.unknown(site.place)


def _reduction(machine: Machine, site: CallSite, value: Value, axis: Value | None) -> Value:
    thing = known(machine, value)
    if thing is not None and thing.type == TABLE:
        return machine.unknown(site.place)
    dtype, depth = contents(machine, value)
    column = thing is not None and thing.type == COLUMN
    found = dtypes.reduced(dtype, site.name.rpartition(".")[2], column)
    if axis is not None:
        if type(axis) is not Const or not isinstance(axis.value, int) or depth < 1:
            return machine.unknown(site.place)
        if depth > 1:
            return new_array(machine, site.place, found, depth - 1)
    return machine.unknown(site.place, dtypes.element(found, column))


#: What each element becomes: another of the same type, a float, a bool; or what the operands have in common.
_EACH = {
    **dict.fromkeys(("abs", "absolute", "negative", "positive", "square", "sign", "nan_to_num"), "same"),
    **dict.fromkeys(("round", "around", "round_"), "same"),
    **dict.fromkeys(
        (
            *("sqrt", "cbrt", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "arcsin"),
            *(
                "arccos",
                "arctan",
                "arctan2",
                "hypot",
                "sinh",
                "cosh",
                "tanh",
                "degrees",
                "radians",
                "deg2rad",
                "rad2deg",
            ),
            *("fabs", "rint"),
        ),
        "float",
    ),
    **dict.fromkeys(("floor", "ceil", "trunc", "fix"), "floor"),
    **dict.fromkeys(
        (
            *("isnan", "isinf", "isfinite", "signbit", "logical_and", "logical_or", "logical_not", "logical_xor"),
            *("greater", "greater_equal", "less", "less_equal", "equal", "not_equal", "isclose"),
        ),
        "bool",
    ),
    "add": "Add",
    "subtract": "Subtract",
    "multiply": "Multiply",
    "maximum": "Add",
    "minimum": "Add",
    "clip": "Add",
    "divide": "Divide",
    "true_divide": "Divide",
    "where": "Add",
    "power": "Power",
    "mod": "Modulo",
    "remainder": "Modulo",
    "floor_divide": "FloorDivide",
}
#: How many operands a function has, if not one; what else it is given by position is an option, or where it writes to.
_ROUNDING = ("round", "around", "round_")
_OPERANDS = {
    **dict.fromkeys(("arctan2", "hypot", "logical_and", "logical_or", "logical_xor", "maximum", "minimum"), 2),
    **dict.fromkeys(("greater", "greater_equal", "less", "less_equal", "equal", "not_equal", "add", "subtract"), 2),
    **dict.fromkeys(("multiply", "divide", "true_divide", "power", "mod", "remainder", "floor_divide"), 2),
    "isclose": 2,
    "clip": 3,
    "where": 3,
}


@models(*[f"numpy.{name}" for name in _EACH], f"{ARRAY}.round", f"{ARRAY}.clip")
def each(machine: Machine, site: CallSite) -> Value:
    """A function of each element: of an array an array, of a number a number of numpy's."""
    machine.may_raise(None)
    hand_over(machine, site)
    name = site.name.rpartition(".")[2]
    operands = [*([site.receiver] if site.receiver is not None else []), *site.arguments]
    if name == "where" and len(operands) == 1 and not site.open and not site.keywords:
        return Tuple((), site.place, rest=new_array(machine, site.place, "int64", 1))
    if name in _ROUNDING:
        operands = operands[:1]
    if len(operands) != _OPERANDS.get(name, 1) or site.open or site.keywords.keys() - {"decimals"}:
        return machine.unknown(site.place)
    if len(operands) == 1 and kind_of(machine, operands[0]) == dtypes.SOME_NUMBERS and _EACH[name] != "bool":
        return machine.unknown(site.place, dtypes.SOME_NUMBERS)
    kind = result_type(machine, *operands)
    dtype = _each_dtype(machine, name, operands)
    own = known(machine, site.receiver)
    if own is not None:
        plainly = own.depth and all(is_single(machine, value) for value in site.arguments)
        return new_array(machine, site.place, dtype, own.depth) if plainly else machine.unknown(site.place)
    if kind == ARRAY or (kind is None and _some_list(machine, operands)):
        return new_array(machine, site.place, dtype, depth_of(machine, *operands))
    if kind == COLUMN and name not in ("where", "nan_to_num", "clip"):
        return new_column(machine, site.place, dtype)
    if kind == COLUMN:
        return new_array(machine, site.place, dtype, 1) if name == "where" else machine.unknown(site.place)
    if kind in (TABLE, INDEX) or not all(is_single(machine, value) for value in operands):
        return machine.unknown(site.place)
    if name == "where":
        return machine.unknown(site.place)
    return machine.unknown(site.place, dtypes.element(dtype, False))


def _some_list(machine: Machine, operands: list[Value]) -> bool:
    """Whether all are lists or single values, and at least one is a list."""
    single = [is_single(machine, value) for value in operands]
    lists = [values_in(machine, value) is not None for value in operands]
    return any(lists) and all(one or many for one, many in zip(single, lists))


def _each_dtype(machine: Machine, name: str, operands: list[Value]) -> str | None:
    how = _EACH[name]
    if name == "where":
        operands = operands[1:]
    found = [contents(machine, value)[0] for value in operands]
    if how == "bool":  # `logical_and` of objects gives one of them
        return "bool" if not name.startswith("logical_") or set(found) <= dtypes.NUMBERS else None
    if how == "same":
        return found[0] if found[0] in dtypes.SIGNED | dtypes.FLOATS else None
    if how == "float":
        return "float64" if set(found) <= {"int64", "float64"} else found[0] if set(found) == {"float32"} else None
    if how == "floor":
        return found[0] if found[0] in dtypes.FLOATS else None
    dtype = found[0]
    for other in found[1:]:
        dtype = dtypes.promoted(how, dtype, other, False)
    return dtype


#: Functions and methods that give an array of the same type, of as many dimensions, or of who knows how many.
_SAME = ("sort", "flip", "roll", "diff", "cumsum", "cumprod")
_SHAPED = ("ravel", "flatten", "reshape", "transpose", "repeat", "swapaxes")


@models(*[f"numpy.{name}" for name in (*_SAME, "ravel", "repeat", "unique", "argsort")])
def rearranged(machine: Machine, site: CallSite) -> Value:
    """An array again, of the same elements or their differences; `unique` may give several arrays."""
    machine.may_raise(None)
    hand_over(machine, site)
    name = site.name.rpartition(".")[2]
    thing = known(machine, site.arguments[0]) if site.arguments and not site.open else None
    alone = len(site.arguments) == 1 and not site.keywords and not site.open
    if not site.arguments or (thing is not None and thing.type not in (ARRAY, COLUMN)):
        return machine.unknown(site.place)
    if name == "unique" and not alone:
        return _unique_and_others(machine, site)
    if name in ("flip", "roll") and not contents(machine, site.arguments[0])[1]:
        return machine.unknown(site.place)
    if thing is not None and thing.type == COLUMN and name not in ("sort", "diff", "ravel", "unique", "roll"):
        return machine.unknown(site.place)
    dtype, depth = contents(machine, site.arguments[0])
    if name in ("cumsum", "cumprod"):
        dtype, depth = dtypes.reduced(dtype, name, False), 1 if alone else SOME
    if name == "argsort":
        dtype = "int64"
    if dtype == "bool" or site.keywords.keys() - {"axis"} or dtype not in dtypes.NUMBERS:
        dtype = None
    flat = name in ("ravel", "unique")
    return new_array(machine, site.place, dtype, 1 if flat else depth if len(site.arguments) == 1 else SOME)


_BESIDE = ("return_index", "return_inverse", "return_counts")


def _unique_and_others(machine: Machine, site: CallSite) -> Value:
    """The different elements, and arrays that tell where and how often they are."""
    asked = {name: flag(machine, site, name) for name in _BESIDE}
    plainly = len(site.arguments) == 1 and site.keywords.keys() <= set(_BESIDE) and None not in asked.values()
    if not plainly or not any(asked.values()):
        return machine.unknown(site.place)
    dtype = contents(machine, site.arguments[0])[0]
    first = new_array(machine, site.place, dtype if dtype in dtypes.NUMBERS else None, 1)
    others = [new_array(machine, site.place, "int64", 1) for name in _BESIDE if asked[name]]
    return Tuple((first, *others), site.place)


@models(*[f"{ARRAY}.{name}" for name in (*_SHAPED, "copy", "cumsum", "cumprod", "astype", "argsort", "squeeze")])
def reshaped(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    thing, name = known(machine, site.receiver), site.name.rpartition(".")[2]
    dtype, depth = (thing.dtype, thing.depth) if thing is not None else (None, 0)
    if name == "astype":
        dtype = dtypes.asked_for(machine, site.argument(0, "dtype"))
    elif name == "argsort":
        dtype = "int64"
    elif name in ("cumsum", "cumprod"):
        dtype, depth = (
            dtypes.reduced(dtype, name, False) if only(site, 1, "axis") else None,
            1 if only(site, 0) else SOME,
        )
    elif name in ("ravel", "flatten"):
        depth = 1
    elif name == "reshape":
        depth = 0 if site.open or not site.arguments else len(site.arguments) if len(site.arguments) > 1 else SOME
    elif name == "squeeze":
        depth = 0
    elif name == "repeat":
        depth = 1 if len(site.arguments) == 1 and not site.keywords else SOME
    return new_array(machine, site.place, dtype, depth)


@models(f"{ARRAY}.tolist", f"{ARRAY}.item")
def to_python(machine: Machine, site: CallSite) -> Value:
    """Python's own values: lists, as deep as the array; or one number."""
    machine.may_raise(None)
    thing = known(machine, site.receiver)
    kind = dtypes.plain(thing.dtype) if thing is not None and thing.dtype in dtypes.NUMBERS else None
    if site.name.endswith("item"):
        return machine.unknown(site.place, kind)
    if thing is None or thing.depth < 1:
        return machine.unknown(site.place)
    found: Value = machine.unknown(site.place, kind)
    for _ in range(thing.depth):
        found = machine.new(ListObject([], site.place, "list", found))
    return found


@models("numpy.dot", "numpy.matmul", "numpy.inner")
def multiplied(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    if len(site.arguments) != 2 or site.keywords or site.open:
        return machine.unknown(site.place)
    return product(machine, site.arguments[0], site.arguments[1], site.place)


_LINEAR = "numpy.linalg"


@models(f"{_LINEAR}.norm", f"{_LINEAR}.det")
def length(machine: Machine, site: CallSite) -> Value:
    """The length of a vector, the determinant of a matrix; along an axis, an array."""
    machine.may_raise(None)
    hand_over(machine, site)
    if not site.arguments or not only(site, 2, "ord", "axis"):
        return machine.unknown(site.place)
    dtype, depth = contents(machine, site.arguments[0])
    found = "float64" if dtype in ("int64", "float64") else None
    axis = given(machine, site, 2, "axis")
    if axis is not None:
        one = type(axis) is Const and isinstance(axis.value, int)
        return new_array(machine, site.place, found, depth - 1 if depth > 1 else 0) if one and depth != 1 else (
            machine.unknown(site.place)
        )  # fmt: skip
    return machine.unknown(site.place, dtypes.element(found, False) if depth and site.name.endswith("norm") else None)


@models(*[f"{_LINEAR}.{name}" for name in ("inv", "pinv", "solve")])
def solved(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    return new_array(machine, site.place, None, SOME)


_POSITIONS = ("argmax", "argmin", "nanargmax", "nanargmin")


@models(*[f"numpy.{name}" for name in _POSITIONS], f"{ARRAY}.argmax", f"{ARRAY}.argmin")
def position(machine: Machine, site: CallSite) -> Value:
    """The index of the greatest: a number, unless it is asked for along an axis."""
    machine.may_raise(None)
    hand_over(machine, site)
    kinds = [kind_of(machine, value) for value in site.values()]
    alone = not kinds if site.receiver is not None else len(kinds) == 1 and kinds[0] in (ARRAY, "list", "tuple")
    return machine.unknown(site.place, "numpy.int64" if alone and not site.open else None)
