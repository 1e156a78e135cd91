"""What a Decimal was made of, as `known` of its symbol: a constant, whose value it has; or a float that a text, or
rounding to some digits, has given, which few Decimals of 38 digits are.

`Decimal(19.99)` is the float as it is held, in 49 digits: https://docs.python.org/3/library/decimal.html#decimal.Decimal
"""

from __future__ import annotations

from decimal import Clamped, Context, Decimal, DecimalException, Inexact, Overflow, Rounded, Underflow
from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.values import Const, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: Of a float: what stands behind its point is decimal, and no binary fraction but by chance. Of a Decimal: made of one.
FRACTION = "fraction"
MAKING = frozenset({"decimal.Decimal", "decimal.Decimal.from_float"})
#: `DYNAMODB_CONTEXT` in boto3/dynamodb/types.py, the same since boto3 1.0.
_CONTEXT = Context(prec=38, Emin=-128, Emax=126, traps=[Clamped, Overflow, Inexact, Rounded, Underflow])


def known_number(machine: Machine, site: CallSite) -> Any:
    """What is to be remembered of a number that a call makes."""
    given = machine.state.resolve(site.arguments[0]) if site.arguments and not site.keywords else None
    if given is None:
        return None
    if site.name == "float":
        return FRACTION if len(site.arguments) == 1 and kind_of(machine, given) in (None, "str") else None
    if site.name == "round":
        if kind_of(machine, given) != "float":
            return None
        digits = machine.state.resolve(site.arguments[1]) if len(site.arguments) > 1 else None
        return FRACTION if type(digits) is Const and type(digits.value) is int and digits.value > 0 else None
    if len(site.arguments) > 1:
        return None
    if type(given) is Const and isinstance(given.value, (int, float, str)):
        try:
            return Decimal(given.value)
        except (DecimalException, ValueError):
            return None
    made = type(given) is Sym and given.kind == "float" and given.known == FRACTION
    return FRACTION if made else None


def unstorable(value: Value) -> tuple[str, str, bool]:
    """What DynamoDB's resource raises of a Decimal, and why; and whether it does of most floats alone. Empty, where it
    takes it."""
    if type(value) is not Sym or value.kind != "decimal.Decimal":
        return "", "", False
    if value.known == FRACTION:
        return "decimal.Inexact", "a Decimal made of a float, which has more digits than the 38 that are stored", True
    if not isinstance(value.known, Decimal):
        return "", "", False
    if not value.known.is_finite():
        return "TypeError", f"a Decimal that is {value.known}, which is not stored", False
    try:
        _CONTEXT.create_decimal(value.known)
    except DecimalException as error:
        digits = len(value.known.as_tuple().digits)
        extreme = isinstance(error, (Overflow, Underflow, Clamped))
        why = "too large or too small to be stored" if extreme else f"of {digits} digits, and 38 are stored"
        return f"decimal.{type(error).__name__}", f"a Decimal {why}", False
    return "", "", False
