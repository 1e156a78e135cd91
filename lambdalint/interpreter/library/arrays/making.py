"""Arrays that numpy makes: of lists, of zeros, of a range, at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.arrays import dtypes
from lambdalint.interpreter.library.arrays.objects import (
    ARRAY,
    SOME,
    contents,
    given,
    is_single,
    known,
    new_array,
    values_in,
)
from lambdalint.interpreter.library.calling import hand_over
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_RANDOM, _GENERATOR = "numpy.random", "numpy.random.Generator"


@models(*[f"numpy.{name}" for name in ("array", "asarray", "asanyarray", "ascontiguousarray", "asfarray")])
def array(machine: Machine, site: CallSite) -> Value:
    """An array of what a list holds, or a copy of another."""
    machine.may_raise(None)
    hand_over(machine, site)
    value = site.arguments[0] if site.arguments else None
    if value is None or site.open or not site.keywords.keys() <= {"dtype", "copy", "order"}:
        return new_array(machine, site.place)
    dtype, depth = contents(machine, value)
    asked = given(machine, site, 1, "dtype")
    return new_array(machine, site.place, dtypes.asked_for(machine, asked) if asked is not None else dtype, depth)


@models(*[f"numpy.{name}" for name in dtypes.NUMBERS if name != "bool"], "numpy.bool_", "numpy.bool")
def number(machine: Machine, site: CallSite) -> Value:
    """`np.int64(n)`; of a list it makes an array."""
    machine.may_raise(("ValueError", "TypeError", "OverflowError"))
    hand_over(machine, site)
    dtype = site.name.removeprefix("numpy.").rstrip("_")
    depth = contents(machine, site.arguments[0])[1] if site.arguments else 0
    if known(machine, site.arguments[0] if site.arguments else None) is not None or site.open:
        return machine.unknown(site.place)
    return new_array(machine, site.place, dtype, depth) if depth else machine.unknown(site.place, f"numpy.{dtype}")


def _dimensions(machine: Machine, shape: Value | None) -> int:
    shape = machine.state.resolve(shape) if shape is not None else None
    if shape is None:
        return 0
    if type(shape) is Tuple:
        return len(shape.items) if shape.rest is None else 0
    parts = values_in(machine, shape)
    if parts:
        return SOME
    return 1 if kind_of(machine, shape) in ("int", "numpy.int64") else 0


@models("numpy.zeros", "numpy.ones", "numpy.empty", "numpy.full")
def filled(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    full = site.name == "numpy.full"
    value = site.argument(1, "fill_value") if full else None
    asked = given(machine, site, 2 if full else 1, "dtype")
    dtype = "float64" if not full else dtypes.of_value(machine, value) if value is not None else None
    if asked is not None or site.open:
        dtype = dtypes.asked_for(machine, asked)
    return new_array(machine, site.place, dtype, _dimensions(machine, site.argument(0, "shape")))


@models(*[f"numpy.{name}_like" for name in ("zeros", "ones", "empty", "full")])
def like(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    hand_over(machine, site)
    if not site.arguments or site.open or site.keywords.keys() - {"fill_value"}:
        return machine.unknown(site.place)
    thing = known(machine, site.arguments[0])
    if thing is not None and thing.type != ARRAY:
        return machine.unknown(site.place)
    plainly = len(site.arguments) == 1 + site.name.endswith("full_like") - len(site.keywords)
    dtype, depth = contents(machine, site.arguments[0])
    return new_array(machine, site.place, dtype if plainly else None, depth)


@models("numpy.arange", "numpy.linspace", "numpy.logspace", "numpy.geomspace")
def evenly(machine: Machine, site: CallSite) -> Value:
    """Numbers at even distances. `linspace(..., retstep=True)` gives two things."""
    machine.may_raise(None)
    hand_over(machine, site)
    if site.name != "numpy.arange":
        plainly = not (site.open or len(site.arguments) > 4 or site.keywords.keys() - {"num", "endpoint", "base"})
        single = all(is_single(machine, value) for value in site.arguments[:2])
        return (
            new_array(machine, site.place, "float64", 1 if single else SOME) if plainly else machine.unknown(site.place)
        )
    asked = given(machine, site, 3, "dtype")
    bounds = [value for name, value in site.keywords.items() if name in ("start", "stop", "step")]
    found = {dtypes.of_value(machine, value) for value in (*site.arguments[:3], *bounds)}
    dtype = dtypes.together(found) if found <= {"int64", "float64"} else None
    return new_array(machine, site.place, dtypes.asked_for(machine, asked) if asked is not None else dtype, 1)


@models("numpy.eye", "numpy.identity")
def identity(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    plainly = len(site.arguments) == 1 and not site.keywords and not site.open
    return new_array(machine, site.place, "float64" if plainly else None, 2)


#: Where each takes the size, which makes an array of what is one number else; and what the number is.
_SIZES = {
    **dict.fromkeys(("random", "random_sample", "ranf", "sample", "standard_normal", "standard_exponential"), 0),
    **dict.fromkeys(("exponential", "poisson", "rayleigh", "geometric", "chisquare"), 1),
    **dict.fromkeys(
        ("normal", "uniform", "binomial", "gamma", "beta", "lognormal", "laplace", "randint", "integers"), 2
    ),
}
_WHOLE = frozenset({"poisson", "geometric", "binomial", "randint"})


@models(
    *[f"{_RANDOM}.{name}" for name in _SIZES if name != "integers"],
    *[
        f"{_GENERATOR}.{name}"
        for name in _SIZES
        if name not in ("random_sample", "ranf", "sample", "randint", "rayleigh")
    ],
    f"{_GENERATOR}.rayleigh",
)
def drawn(machine: Machine, site: CallSite) -> Value:
    """A number at random, or an array of so many."""
    machine.may_raise(None)
    hand_over(machine, site)
    name = site.name.rpartition(".")[2]
    at = _SIZES[name]
    size = given(machine, site, at, "size")
    others = [*site.arguments[:at], *[value for key, value in site.keywords.items() if key != "size"]]
    plainly = len(site.arguments) <= at + 1 and not (site.open or site.keywords.keys() & {"dtype", "out", "method"})
    if not plainly or not all(is_single(machine, value) for value in others):
        return machine.unknown(site.place)
    whole = name in _WHOLE or name == "integers"
    if size is not None:
        depth = _dimensions(machine, size)
        dtype = "int64" if whole else "float64"
        return new_array(machine, site.place, dtype, depth) if depth else machine.unknown(site.place)
    if name == "integers":
        return machine.unknown(site.place, "numpy.int64")
    return machine.unknown(site.place, "int" if whole else "float")


@models(f"{_RANDOM}.rand", f"{_RANDOM}.randn")
def drawn_of_shape(machine: Machine, site: CallSite) -> Value:
    """`rand()` is a number, `rand(2, 3)` an array."""
    machine.may_raise(None)
    if site.open or site.keywords:
        return machine.unknown(site.place)
    if not site.arguments:
        return machine.unknown(site.place, "float")
    return new_array(machine, site.place, "float64", len(site.arguments))


@models(f"{_RANDOM}.choice", f"{_GENERATOR}.choice")
def chosen(machine: Machine, site: CallSite) -> Value:
    """One of a list or array, as numpy holds it; or so many of them."""
    machine.may_raise(None)
    hand_over(machine, site)
    dtype, depth = contents(machine, site.arguments[0]) if site.arguments and not site.open else (None, 0)
    if depth != 1 or site.keywords.keys() - {"size", "replace", "p"}:
        return machine.unknown(site.place)
    size = given(machine, site, 1, "size")
    if size is None:
        return machine.unknown(site.place, dtypes.element(dtype, False))
    many = _dimensions(machine, size)
    return new_array(machine, site.place, dtype, many) if many else machine.unknown(site.place)
