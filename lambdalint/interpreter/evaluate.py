"""Expressions: each node class has the function that evaluates it, on `machine.state`."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter import arithmetic, attributes, conditions, items
from lambdalint.interpreter.calls import call, call_special
from lambdalint.interpreter.containers import append, extend_list, update_dict
from lambdalint.interpreter.iteration import comprehend
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import MAX_ITEMS, Frame, Machine
from lambdalint.interpreter.sequences import is_unhashable
from lambdalint.interpreter.state import DictObject, InstanceObject, IteratorObject, ListObject, ScopeObject
from lambdalint.interpreter.values import (
    NONE,
    TRUE,
    Const,
    Coroutine,
    Method,
    Outside,
    Ref,
    Slice,
    Sym,
    Tuple,
    Value,
    boolean,
)
from lambdalint.interpreter.walk import EXPRESSIONS, on

if TYPE_CHECKING:
    from collections.abc import Sequence


def evaluate(machine: Machine, node: Any, frame: Frame) -> Value:
    """The value of an expression.

    Raises:
        Raised: it raises, on paper.
    """
    handler = EXPRESSIONS.get(type(node))
    if handler is None:
        machine.may_raise(None)
        return machine.unknown(Place(frame.source, node))
    value: Value = handler(machine, node, frame)
    return value


# -- names and constants ---------------------------------------------------------------------------------------------


@on(EXPRESSIONS, cst.Name)
def name(machine: Machine, node: cst.Name, frame: Frame) -> Value:
    text = node.value
    if text == "None":
        return _constant(machine, node, frame, None)
    if text == "True":
        return _constant(machine, node, frame, True)
    if text == "False":
        return _constant(machine, node, frame, False)
    return load_name(machine, text, node, frame)


def load_name(machine: Machine, text: str, node: Any, frame: Frame) -> Value:
    """A variable: local, of an enclosing function, global, or builtin."""
    state = machine.state
    scope = state.get(frame.scope)
    assert isinstance(scope, ScopeObject)
    found = scope.names.get(text)
    if found is not None:
        if type(found) is Sym and found.condition == ("unbound",):
            machine.may_raise(("UnboundLocalError", "NameError"))
        return found
    if text in frame.names and not frame.is_class and frame.scope != frame.module:
        if scope.leaked or scope.open:
            return machine.unknown(machine.place(node, frame))
        raise machine.raise_builtin("UnboundLocalError", node, frame)
    unseen = scope.open or scope.leaked
    for enclosing in frame.scopes:
        outer = state.get(enclosing)
        assert isinstance(outer, ScopeObject)
        found = outer.names.get(text)
        if found is not None:
            return found
        unseen = unseen or outer.open
    module = state.get(frame.module)
    assert isinstance(module, ScopeObject)
    found = module.names.get(text)
    if found is not None:
        return found
    from lambdalint.interpreter.library import is_builtin

    if is_builtin(text):
        return Outside(text, machine.place(node, frame))
    if text in ("__file__", "__name__", "__doc__", "__package__", "__spec__", "__path__", "__builtins__", "__loader__"):
        return machine.unknown(machine.place(node, frame), "str" if text == "__file__" else None)
    if unseen or module.open:
        return machine.unknown(machine.place(node, frame))
    raise machine.raise_builtin("NameError", node, frame)


def _constant(machine: Machine, node: Any, frame: Frame, value: object) -> Value:
    found = machine.constants.get(id(node))
    if found is None:
        found = machine.constants[id(node)] = Const(value, machine.place(node, frame))
    return found


@on(EXPRESSIONS, cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString)
def literal(machine: Machine, node: Any, frame: Frame) -> Value:
    found = machine.constants.get(id(node))
    if found is None:
        try:
            value = complex(node.value.replace("_", "")) if isinstance(node, cst.Imaginary) else node.evaluated_value
        except Exception:  # a literal that this Python reads otherwise
            return machine.unknown(machine.place(node, frame))
        found = machine.constants[id(node)] = Const(value, machine.place(node, frame))
    return found


@on(EXPRESSIONS, cst.Ellipsis)
def ellipsis(machine: Machine, node: Any, frame: Frame) -> Value:
    return _constant(machine, node, frame, ...)


@on(EXPRESSIONS, cst.ConcatenatedString)
def concatenated(machine: Machine, node: cst.ConcatenatedString, frame: Frame) -> Value:
    left, right = evaluate(machine, node.left, frame), evaluate(machine, node.right, frame)
    place = machine.place(node, frame)
    if type(left) is Const and type(right) is Const:
        return Const(left.value + right.value, place)  # type: ignore[operator]
    prefix = left.value if type(left) is Const else (left.prefix if type(left) is Sym else None)
    return Sym(machine.state.fresh(), "str", place, prefix=prefix if isinstance(prefix, str) else None)


@on(EXPRESSIONS, cst.FormattedString)
def formatted(machine: Machine, node: cst.FormattedString, frame: Frame) -> Value:
    parts: list[str] = []
    known = True
    prefix = ""
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text: str | None = part.value.replace("{{", "{").replace("}}", "}")
            if "\\" in part.value and "r" not in node.start.lower():
                text = None
        else:
            text = _formatted_expression(machine, part, frame)  # type: ignore[arg-type]
        if text is None:
            known = False
        elif known:
            parts.append(text)
    prefix = "".join(parts)
    place = machine.place(node, frame)
    if known:
        return Const(prefix, place)
    return Sym(machine.state.fresh(), "str", place, prefix=prefix or None)


def _formatted_expression(machine: Machine, part: cst.FormattedStringExpression, frame: Frame) -> str | None:
    value = machine.state.resolve(evaluate(machine, part.expression, frame))
    for spec in part.format_spec or ():
        if isinstance(spec, cst.FormattedStringExpression):
            evaluate(machine, spec.expression, frame)
    if part.format_spec:
        machine.may_raise(("ValueError", "TypeError"))
    if type(value) is Ref and isinstance(machine.object(value), InstanceObject):
        for method in ("__format__", "__str__", "__repr__"):
            if call_special(machine, value, method, (Const(""),) if method == "__format__" else (), part, frame):
                break
    if part.conversion or part.format_spec or part.equal is not None:
        return None
    return arithmetic.text_of(machine, value, part, frame)


if hasattr(cst, "TemplatedString"):

    @on(EXPRESSIONS, cst.TemplatedString)
    def templated(machine: Machine, node: Any, frame: Frame) -> Value:
        for part in node.parts:
            if hasattr(part, "expression"):
                evaluate(machine, part.expression, frame)
        return machine.unknown(machine.place(node, frame), "string.templatelib.Template")


# -- displays --------------------------------------------------------------------------------------------------------


def evaluate_elements(machine: Machine, elements: Sequence[Any], target: Ref, frame: Frame) -> None:
    """Add the elements of a display to a list or set under construction."""
    for element in elements:
        value = evaluate(machine, element.value, frame)
        if isinstance(element, cst.StarredElement):
            extend_list(machine, target, value, element, frame)
        else:
            append(machine, target, value, element, frame)


@on(EXPRESSIONS, cst.List, cst.Set)
def list_or_set(machine: Machine, node: Any, frame: Frame) -> Value:
    made = machine.new(ListObject([], machine.place(node, frame), "list" if isinstance(node, cst.List) else "set"))
    if len(node.elements) > MAX_ITEMS:
        machine.lose("large literals")
        machine.state.write(made.id).rest = machine.unknown()
        return made
    evaluate_elements(machine, node.elements, made, frame)
    return made


@on(EXPRESSIONS, cst.Tuple)
def tuple_display(machine: Machine, node: cst.Tuple, frame: Frame) -> Value:
    place = machine.place(node, frame)
    if not any(isinstance(element, cst.StarredElement) for element in node.elements):
        return Tuple(tuple(evaluate(machine, element.value, frame) for element in node.elements), place)
    made = machine.new(ListObject([], place))
    evaluate_elements(machine, node.elements, made, frame)
    thing = machine.object(made)
    assert isinstance(thing, ListObject)
    return Tuple(tuple(thing.items), place, rest=thing.rest)


@on(EXPRESSIONS, cst.Dict)
def dict_display(machine: Machine, node: cst.Dict, frame: Frame) -> Value:
    made = machine.new(DictObject(machine.place(node, frame)))
    if len(node.elements) > MAX_ITEMS:
        machine.lose("large literals")
        machine.state.write(made.id).open = True
        return made
    for element in node.elements:
        if isinstance(element, cst.StarredDictElement):
            update_dict(machine, made, evaluate(machine, element.value, frame), element, frame)
        else:
            key = evaluate(machine, element.key, frame)  # type: ignore[attr-defined]
            value = evaluate(machine, element.value, frame)
            items.set_item(machine, made, key, value, node, frame, element.value)
    return made


# -- operators -------------------------------------------------------------------------------------------------------


@on(EXPRESSIONS, cst.BinaryOperation)
def binary_operation(machine: Machine, node: cst.BinaryOperation, frame: Frame) -> Value:
    left = evaluate(machine, node.left, frame)
    right = evaluate(machine, node.right, frame)
    return arithmetic.binary(machine, type(node.operator).__name__, left, right, node, frame)


@on(EXPRESSIONS, cst.UnaryOperation)
def unary_operation(machine: Machine, node: cst.UnaryOperation, frame: Frame) -> Value:
    value = evaluate(machine, node.expression, frame)
    if isinstance(node.operator, cst.Not):
        value = conditions.as_condition(machine, value, node, frame)
        return conditions.negate(machine, value, machine.place(node, frame))
    return arithmetic.unary(machine, node.operator, value, node, frame)


@on(EXPRESSIONS, cst.BooleanOperation)
def boolean_operation(machine: Machine, node: cst.BooleanOperation, frame: Frame) -> Value:
    left = evaluate(machine, node.left, frame)
    is_and = isinstance(node.operator, cst.And)
    if conditions.truth(machine, left, node.left, frame) is is_and:
        return evaluate(machine, node.right, frame)
    return machine.state.resolve(left)


@on(EXPRESSIONS, cst.IfExp)
def conditional(machine: Machine, node: cst.IfExp, frame: Frame) -> Value:
    test = evaluate(machine, node.test, frame)
    return evaluate(machine, node.body if conditions.truth(machine, test, node.test, frame) else node.orelse, frame)


_ORDER = {
    cst.LessThan: (operator.lt, "__lt__", "__gt__"),
    cst.GreaterThan: (operator.gt, "__gt__", "__lt__"),
    cst.LessThanEqual: (operator.le, "__le__", "__ge__"),
    cst.GreaterThanEqual: (operator.ge, "__ge__", "__le__"),
}


@on(EXPRESSIONS, cst.Comparison)
def comparison(machine: Machine, node: cst.Comparison, frame: Frame) -> Value:
    left = evaluate(machine, node.left, frame)
    last = len(node.comparisons) - 1
    result: Value = TRUE
    for index, target in enumerate(node.comparisons):
        right = evaluate(machine, target.comparator, frame)
        result = compare(machine, target.operator, left, right, node, frame)
        if index < last and not conditions.truth(machine, result, node, frame):
            return machine.state.resolve(result)
        left = right
    return result


def compare(machine: Machine, op: Any, left: Value, right: Value, node: Any, frame: Frame) -> Value:
    """One comparison."""
    place = machine.place(node, frame)
    if isinstance(op, cst.Is):
        return conditions.condition(machine, ("is", left, right), place)
    if isinstance(op, cst.IsNot):
        return conditions.negate(machine, conditions.condition(machine, ("is", left, right), place), place)
    if isinstance(op, (cst.Equal, cst.NotEqual)):
        return _equality(machine, isinstance(op, cst.Equal), left, right, node, frame)
    if isinstance(op, (cst.In, cst.NotIn)):
        found = _contains(machine, left, right, node, frame)
        if isinstance(op, cst.NotIn):
            return conditions.negate(machine, conditions.as_condition(machine, found, node, frame), place)
        return found
    return _ordering(machine, op, left, right, node, frame)


def _equality(machine: Machine, positive: bool, left: Value, right: Value, node: Any, frame: Frame) -> Value:
    place = machine.place(node, frame)
    left, right = machine.state.resolve(left), machine.state.resolve(right)
    for one, other in ((left, right), (right, left)):
        if type(one) is Ref and isinstance(machine.object(one), InstanceObject):
            for method in ("__eq__",) if positive else ("__ne__", "__eq__"):
                found = call_special(machine, one, method, (other,), node, frame)
                if found is not None:
                    if method == "__eq__" and not positive:
                        return conditions.negate(machine, found, place)
                    return found
    equal = conditions.condition(machine, ("eq", left, right), place)
    return equal if positive else conditions.negate(machine, equal, place)


def _contains(machine: Machine, key: Value, container: Value, node: Any, frame: Frame) -> Value:
    state = machine.state
    key, container = state.resolve(key), state.resolve(container)
    place = machine.place(node, frame)
    if type(container) is Sym and container.options:
        container = conditions.choose_option(machine, container)
    if type(container) is Ref:
        thing = machine.object(container)
        if isinstance(thing, InstanceObject):
            found = call_special(machine, container, "__contains__", (key,), node, frame)
            if found is not None:
                return _as_bool(machine, found, place)
            if thing.payload is not None:
                return _contains(machine, key, thing.payload, node, frame)
            machine.may_raise(None)
            return machine.unknown(place, "bool")
        if isinstance(thing, IteratorObject):
            from lambdalint.interpreter.iteration import elements

            elements(machine, container, node, frame)
            return machine.unknown(place, "bool")
        if isinstance(thing, DictObject) and thing.backing is not None and type(key) is Const:
            machine.recorder.event_contains(thing.backing, key.value, place)
    if kind_of(machine, container) in ("dict", "set", "frozenset") and is_unhashable(machine, key):
        raise machine.raise_builtin("TypeError", node, frame)
    if type(container) is Sym and type(key) is Const:
        machine.recorder.event_contains(container, key.value, place)
    kind = kind_of(machine, container)
    if kind in ("int", "float", "bool", "NoneType"):
        raise machine.raise_builtin("TypeError", node, frame)
    if kind is None or kind == "str":
        machine.may_raise(("TypeError",))
    if type(container) is Outside:
        return machine.unknown(place, "bool")
    return conditions.condition(machine, ("in", key, container), place)


def _as_bool(machine: Machine, value: Value, place: Place) -> Value:
    decided = conditions.decide(machine, value)
    return boolean(decided) if decided is not None else conditions.condition(machine, ("truth", value), place)


def _ordering(machine: Machine, op: Any, left: Value, right: Value, node: Any, frame: Frame) -> Value:
    function, forward, backward = _ORDER[type(op)]
    left, right = machine.state.resolve(left), machine.state.resolve(right)
    place = machine.place(node, frame)
    if type(left) is Const and type(right) is Const:
        try:
            compared: Any = function
            return boolean(bool(compared(left.value, right.value)))
        except TypeError:
            raise machine.raise_builtin("TypeError", node, frame) from None
    for one, other, method in ((left, right, forward), (right, left, backward)):
        if type(one) is Ref and isinstance(machine.object(one), InstanceObject):
            found = call_special(machine, one, method, (other,), node, frame)
            if found is not None:
                return found
    one_kind, other_kind = kind_of(machine, left), kind_of(machine, right)
    machine.may_raise(("TypeError",))
    plain = ("int", "float", "bool", "str", "bytes", "datetime.datetime", "decimal.Decimal", "list", "tuple", "set")
    if one_kind in plain or other_kind in plain:
        return machine.unknown(place, "bool")
    return machine.unknown(place)


# -- access ----------------------------------------------------------------------------------------------------------


@on(EXPRESSIONS, cst.Attribute)
def attribute(machine: Machine, node: cst.Attribute, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    return attributes.get_attribute(machine, value, node.attr.value, node, frame)


@on(EXPRESSIONS, cst.Subscript)
def subscript(machine: Machine, node: cst.Subscript, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    return items.get_item(machine, value, evaluate_slice(machine, node.slice, node, frame), node, frame)


def evaluate_slice(machine: Machine, slices: Sequence[cst.SubscriptElement], node: Any, frame: Frame) -> Value:
    """What stands between the brackets."""
    values: list[Value] = []
    for element in slices:
        part = element.slice
        if isinstance(part, cst.Index):
            values.append(evaluate(machine, part.value, frame))
        else:
            assert isinstance(part, cst.Slice)
            bounds = [
                evaluate(machine, bound, frame) if bound is not None else NONE
                for bound in (part.lower, part.upper, part.step)
            ]
            lower, upper, step = bounds
            values.append(Slice(lower, upper, step, machine.place(part, frame)))
    return values[0] if len(values) == 1 else Tuple(tuple(values), machine.place(node, frame))


@on(EXPRESSIONS, cst.NamedExpr)
def named(machine: Machine, node: cst.NamedExpr, frame: Frame) -> Value:
    value = evaluate(machine, node.value, frame)
    assert isinstance(node.target, cst.Name)
    while frame.outer is not None:  # a walrus in a comprehension binds in the function round it
        frame = frame.outer
    store_name(machine, node.target.value, value, frame)
    return value


def store_name(machine: Machine, text: str, value: Value, frame: Frame) -> None:
    """Bind a variable where its scope says."""
    info = frame.info
    if text in info.globals:
        machine.state.write(frame.module).names[text] = value
        return
    if text in info.nonlocals:
        for scope in frame.scopes:
            outer = machine.state.get(scope)
            assert isinstance(outer, ScopeObject)
            if text in outer.names or scope == frame.scopes[-1]:
                machine.state.write(scope).names[text] = value
                return
    machine.state.write(frame.scope).names[text] = value


# -- calls, functions, comprehensions ----------------------------------------------------------------------------------


@on(EXPRESSIONS, cst.Call)
def call_expression(machine: Machine, node: cst.Call, frame: Frame) -> Value:
    callee = evaluate(machine, node.func, frame)
    if type(callee) is Outside and callee.name == "super" and not node.args:
        return _super(machine, node, frame)
    arguments: list[Value] = []
    keywords: dict[str, Value] = {}
    open_arguments = False
    for arg in node.args:
        value = evaluate(machine, arg.value, frame)
        if arg.star == "*":
            open_arguments |= _spread(machine, value, arguments, arg, frame)
        elif arg.star == "**":
            open_arguments |= _spread_keywords(machine, value, keywords, arg, frame)
        elif arg.keyword is not None:
            keywords[arg.keyword.value] = value
        else:
            arguments.append(value)
    return call(machine, callee, arguments, keywords, node, frame, open_arguments)


def _super(machine: Machine, node: Any, frame: Frame) -> Value:
    from lambdalint.interpreter.values import Super

    if frame.function is None or frame.function.owner is None or frame.receiver is None:
        return machine.unknown(machine.place(node, frame))
    return Super(frame.function.owner, frame.receiver, machine.place(node, frame))


def _spread(machine: Machine, value: Value, arguments: list[Value], node: Any, frame: Frame) -> bool:
    from lambdalint.interpreter.iteration import elements

    found = elements(machine, value, node, frame)
    arguments += found.items
    return found.rest is not None


def _spread_keywords(machine: Machine, value: Value, keywords: dict[str, Value], node: Any, frame: Frame) -> bool:
    value = machine.state.resolve(value)
    if type(value) is Sym and value.options:
        value = conditions.choose_option(machine, value)
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, DictObject) and not thing.leaked:
            unsure = thing.open or bool(thing.others)
            for key, item in thing.items.items():
                if isinstance(key, str) and item.sure:
                    keywords[key] = item.value
                else:
                    unsure = True
            return unsure
    machine.may_raise(("TypeError",))
    return True


@on(EXPRESSIONS, cst.Lambda)
def lambda_expression(machine: Machine, node: cst.Lambda, frame: Frame) -> Value:
    from lambdalint.interpreter.calls import make_function

    return make_function(machine, node, frame)


@on(EXPRESSIONS, cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)
def comprehension(machine: Machine, node: Any, frame: Frame) -> Value:
    return comprehend(machine, node, frame)


@on(EXPRESSIONS, cst.Await)
def await_expression(machine: Machine, node: cst.Await, frame: Frame) -> Value:
    return wait_for(machine, evaluate(machine, node.expression, frame), node, frame)


def wait_for(machine: Machine, value: Value, node: Any, frame: Frame) -> Value:
    """The result of an awaitable."""
    from lambdalint.interpreter.calls import run_function

    value = machine.state.resolve(value)
    if type(value) is Coroutine:
        return run_function(machine, value.function, list(value.arguments), dict(value.keywords), node, frame)
    if type(value) is Method and value.name == "asyncio.gather()":
        return value.receiver
    machine.may_raise(None)
    kind = kind_of(machine, value)
    if kind in ("int", "str", "dict", "list", "NoneType", "float", "bool", "tuple"):
        raise machine.raise_builtin("TypeError", node, frame)
    return machine.unknown(machine.place(node, frame))


@on(EXPRESSIONS, cst.Yield)
def yield_expression(machine: Machine, node: cst.Yield, frame: Frame) -> Value:
    from lambdalint.interpreter.iteration import each

    if isinstance(node.value, cst.From):
        value = evaluate(machine, node.value.item, frame)
        hook = frame.on_yield
        if hook is not None:
            each(machine, value, hook, node, frame)
        return machine.unknown(machine.place(node, frame))
    value = evaluate(machine, node.value, frame) if node.value is not None else NONE
    if frame.on_yield is None:
        return machine.unknown(machine.place(node, frame))
    return frame.on_yield(value)
