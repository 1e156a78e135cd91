"""What the handler's name is bound to: a function, what wraps one, or something that cannot be called."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

import libcst as cst

from lambdalint.finding import Place
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, InstanceObject, ListObject, ScopeObject
from lambdalint.interpreter.invocation import Decorator, Handler, Parameter
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.mro import lookup
from lambdalint.interpreter.paths import Frame
from lambdalint.interpreter.values import (
    WRAPS,
    Bound,
    Const,
    Descriptor,
    Function,
    Method,
    Outside,
    Partial,
    Ref,
    Sym,
    Tuple,
    Value,
)
from lambdalint.interpreter.walk import dotted_name
from lambdalint.project.function import Function as Deployed

#: What makes a handler of an application, and answers for it.
ADAPTERS = frozenset({"mangum.Mangum", "chalice.Chalice", "apig_wsgi.make_lambda_handler"})

#: What a decorator makes of a handler that is to be given an object made of the event.
CONVERTING = "powertools.converting[]"
#: What a decorator makes of a function whose answers are kept.
KEPT = "powertools.kept[]"
#: Among the classes that a decorator names: there is none, and the event is handed on with what a schema has filled in.
FILLED = Const("filled")
#: And: what an envelope finds is a list, of what JSON holds.
LISTED = Const("listed")


#: The package of the classes whose objects Powertools makes of events.
_DATA_CLASSES = "aws_lambda_powertools.utilities.data_classes."

#: Envelopes of the parser that give a list, with one for each of several parts of the event, and where those are.
#: https://docs.powertools.aws.dev/lambda/python/latest/utilities/parser/#built-in-envelopes
_ENVELOPES: dict[str, tuple[str, ...]] = {
    "SqsEnvelope": ("Records",),
    "SnsEnvelope": ("Records",),
    "SnsSqsEnvelope": ("Records",),
    "KinesisDataStreamEnvelope": ("Records",),
    "DynamoDBStreamEnvelope": ("Records",),
    "KinesisFirehoseEnvelope": ("records",),
    "KafkaEnvelope": ("records", "*"),
    "CloudWatchLogsEnvelope": ("awslogs", "data", "logEvents"),
}
#: Envelopes that give one model.
_SINGLE = frozenset({
    "ApiGatewayEnvelope", "ApiGatewayV2Envelope", "ApiGatewayWebSocketEnvelope", "BedrockAgentEnvelope",
    "BedrockAgentFunctionEnvelope", "EventBridgeEnvelope", "LambdaFunctionUrlEnvelope", "VpcLatticeEnvelope",
    "VpcLatticeV2Envelope",
})  # fmt: skip
_PARSER = "aws_lambda_powertools.utilities.parser."

#: Libraries whose objects are handlers, and are called with the event and the context.
_CALLED = ("aws_lambda_powertools.event_handler.", "crhelper.", "chalice.handler")


def converted_event(machine: Machine, event: Value | None, kinds: tuple[Value, ...], place: Place | None) -> Value:
    """The object that a handler is given instead of its event, by the classes that its decorator names."""
    if kinds == (LISTED,):
        return machine.new(ListObject([], place, "list", machine.unknown(place, json=True)))
    for kind in kinds:
        if kind is FILLED and event is not None:
            leak(machine, event)
            return event
        if type(kind) is Outside and kind.name.startswith(f"{_PARSER}envelopes."):
            models = [one for one in kinds if one is not kind]
            return unwrapped(machine, event, kind, models[0] if len(models) == 1 else None, place)
    for kind in kinds:
        if type(kind) is Outside and kind.name.startswith(f"{_PARSER}models.") and len(kinds) == 1:
            return data_class(machine, kind.name, event, place)
        if type(kind) is Outside and kind.name.startswith(_DATA_CLASSES):
            return data_class(machine, _DATA_CLASSES + kind.name.rpartition(".")[2], event, place)
    if len(kinds) == 1:
        return of_project(machine, kinds[0], place)
    return machine.unknown(place)


def of_project(machine: Machine, kind: Value | None, place: Place | None) -> Value:
    """What a library makes of a class of the project, by what it was sent."""
    if type(kind) is not Ref or not isinstance(machine.object(kind), ClassObject):
        return machine.unknown(place)
    made = InstanceObject(kind.id, place)
    made.open = True
    return machine.new(made)


def unwrapped(
    machine: Machine, event: Value | None, envelope: Outside, model: Value | None, place: Place | None
) -> Value:
    """What an envelope of the parser gives: a model, or a list of them, of which it is known for which records."""
    name = envelope.name.rpartition(".")[2]
    event = machine.state.resolve(event) if event is not None else None
    path = _ENVELOPES.get(name)
    if path is None:
        return of_project(machine, model, place) if name in _SINGLE else machine.unknown(place)
    if type(event) is not Sym or event.event is None:
        return machine.unknown(place)
    step = f"{name}()"
    same = machine.child(event, step, None, "list", place)
    made = Sym(same.id, "list", place, event=(*event.event, *path, step), parent=(event, step, None))
    if type(model) is Ref:
        made.given = model
    return made


def data_class(machine: Machine, kind: str, shown: Value | None, place: Place | None) -> Sym:
    """An object of one of Powertools' data classes, which shows a part of the event."""
    shown = machine.state.resolve(shown) if shown is not None else None
    if type(shown) is not Sym or shown.event is None:
        if type(shown) is Ref:
            leak(machine, shown)  # `raw_event` hands it out again
        return machine.unknown(place, kind)
    id = (shown.id, machine.state.times_shown(shown.event), WRAPS, kind)
    return Sym(id, kind, place, parent=(shown, WRAPS, kind))


def unwrap(
    machine: Machine, value: Value, arguments: list[Value]
) -> tuple[Function | None, list[Value], dict[str, Value]]:
    """The project function that calling a value runs, with the arguments that it is then given."""
    keywords: dict[str, Value] = {}
    value = machine.state.resolve(value)
    for _ in range(20):
        if type(value) is Bound:
            arguments = [value.receiver, *arguments]
            value = machine.state.resolve(value.function)
        elif type(value) is Partial:
            arguments = [*value.arguments, *arguments]
            keywords = {**value.keywords, **keywords}
            value = machine.state.resolve(value.function)
        elif type(value) is Method and value.name == CONVERTING and isinstance(value.receiver, Tuple):
            made = converted_event(machine, arguments[0] if arguments else None, value.receiver.items[1:], None)
            arguments = [made for _ in arguments[:1]] + arguments[1:]
            value = machine.state.resolve(value.receiver.items[0])
        elif type(value) is Method and value.name == KEPT:
            value = machine.state.resolve(value.receiver)
        elif type(value) is Descriptor and value.kind == "static":
            value = machine.state.resolve(value.function)
        elif type(value) is Ref:
            thing = machine.object(value)
            found = lookup(machine, thing.cls, "__call__")[0] if isinstance(thing, InstanceObject) else None
            if found is None:
                return None, arguments, keywords
            arguments = [value, *arguments]
            value = found
        else:
            break
    return (value if type(value) is Function else None), arguments, keywords


def describe(
    machine: Machine, value: Value | None, function: Deployed, frame: Frame, module: Place
) -> tuple[Handler, Value | None]:
    """The handler, and the value to call where it can be called and its code is seen."""
    name = function.attribute
    scope = machine.state.get(frame.module)
    assert isinstance(scope, ScopeObject)
    if value is None:
        defined = tuple(other for other, found in scope.names.items() if type(found) is Function)
        unseen = scope.open or "__getattr__" in scope.names
        return Handler("unknown" if unseen else "missing", name, module, defined=defined), None
    value = machine.state.resolve(value)
    place = value.place or module
    target, given, keywords = unwrap(machine, value, [])
    if target is not None:
        types = _event_types(machine, value, target, len(given))
        bound = _made_of_another(function, value, target)
        described = _function(machine, target, len(given), keywords, name)
        inner = _decorated(function)
        if inner is None or inner is target.info.node:
            return replace(described, event_types=types, bound=bound), value
        is_async = Place(function.source, inner.name) if inner.asynchronous is not None else None
        parameters = _positional(function, inner)
        return replace(described, event_types=types, bound=bound, async_def=is_async, decorated=parameters), value
    if type(value) is Ref:
        held, run = _object(machine, value, name, place)
        handed = _handed_on(function) if held.kind == "value" else None
        return (replace(held, place=handed) if handed is not None else held), run
    if isinstance(value, (Const, Tuple)):
        called, inner = kind_of(machine, value) or "tuple", _decorated(function)
        own = _positional(function, inner) if inner is not None else ()
        return Handler("value", name, place, callable_type=called, decorator=_decorator(function), decorated=own), None
    if type(value) is Outside and kind_of(machine, value) == "type":
        return Handler("class", name, place, callable_type=value.name), None
    if type(value) is Method and value.name.startswith(_CALLED):
        return Handler("unknown", name, place), value
    kind = kind_of(machine, value) if type(value) is Sym else None
    if kind in ADAPTERS:
        return Handler("adapter", name, place, callable_type=kind or ""), None
    if kind in ("str", "int", "float", "bool", "bytes", "NoneType", "dict", "list", "set", "tuple"):
        return Handler("value", name, place, callable_type=kind), None
    return Handler("unknown", name, place), None


def _decorator(function: Deployed) -> Decorator | None:
    """The outermost decorator of the function that the handler's module defines under its name."""
    last = _last_binding(function)
    if not isinstance(last, (ast.FunctionDef, ast.AsyncFunctionDef)) or not last.decorator_list:
        return None
    outermost = last.decorator_list[0]
    named = outermost.func if isinstance(outermost, ast.Call) else outermost
    return Decorator(ast.unparse(named), function.source.place(outermost))


def _made_of_another(function: Deployed, value: Value, target: Function) -> Place | None:
    """The expression that makes a handler of a function which is none yet: `partial(run, table)`, `Orders.run`."""
    last = _last_binding(function)
    made = last.value if isinstance(last, (ast.Assign, ast.AnnAssign)) else None
    if isinstance(made, ast.Call) and type(value) is Partial:
        return function.source.place(made)
    if isinstance(made, ast.Attribute) and value is target and target.owner is not None:
        return function.source.place(made)
    return None


def _handed_on(function: Deployed) -> Place | None:
    """What the handler's module binds to the handler's name, where that is made elsewhere."""
    last = _last_binding(function)
    made = last.value if isinstance(last, (ast.Assign, ast.AnnAssign)) else None
    return function.source.place(made) if made is not None else None


def _positional(function: Deployed, node: cst.FunctionDef) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(one.name.value, "positional", one.default is None, Place(function.source, one))
        for one in (*node.params.posonly_params, *node.params.params)
    )


def _decorated(function: Deployed) -> cst.FunctionDef | None:
    """The function under decorators that the handler's module defines under the handler's name."""
    last = _last_binding(function)
    if not isinstance(last, (ast.FunctionDef, ast.AsyncFunctionDef)) or not last.decorator_list:
        return None
    defined = function.source.cst.body if function.source.cst is not None else ()
    named = [one for one in defined if isinstance(one, cst.FunctionDef) and one.name.value == last.name]
    return named[-1] if named else None


def _last_binding(function: Deployed) -> ast.stmt | None:
    """The statement that gives the handler's name its value, in the handler's module."""
    tree, name = function.source.tree, function.attribute
    return next((one for one in reversed(tree.body if tree is not None else []) if _binds(one, name)), None)


def _binds(statement: ast.stmt, name: str) -> bool:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return statement.name == name
    stored = (one for one in ast.walk(statement) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    return any(one.id == name for one in stored)


def _object(machine: Machine, value: Ref, name: str, place: Place) -> tuple[Handler, Value | None]:
    thing = machine.object(value)
    if isinstance(thing, ClassObject):
        place = thing.place or place
        place = Place(place.source, getattr(place.node, "name", place.node))  # its name stands for the class
        maker, _ = lookup(machine, value.id, "__new__")  # it may give anything instead of an instance
        kind = "unknown" if thing.unseen or maker is not None else "class"
        bases = tuple(entry for entry in thing.order if isinstance(entry, str))
        return Handler(kind, name, place, callable_type=thing.name, bases=bases), None
    if isinstance(thing, ScopeObject):
        return Handler("module", name, place, callable_type="module"), None
    if isinstance(thing, InstanceObject):
        cls = machine.state.get(thing.cls)
        assert isinstance(cls, ClassObject)
        found, unseen = lookup(machine, thing.cls, "__call__")
        if found is not None or unseen or cls.unseen:
            return Handler("unknown", name, place), value
        return Handler("value", name, thing.place or place, callable_type=cls.name, offers=_offered(cls)), None
    kind = kind_of(machine, value) or ""
    if kind.startswith(_CALLED):  # it is called as `app.resolve` is
        return Handler("unknown", name, thing.place or place), value
    return Handler("value", name, thing.place or place, callable_type=kind), None


def _offered(cls: ClassObject) -> str:
    """A method of a class that takes what Lambda passes, by the names of its parameters."""
    for name, value in cls.attributes.items():
        names = [one.name for one in value.info.parameters] if type(value) is Function else []
        if names[-2:] == ["event", "context"] and len(names) <= 3:
            return name
    return ""


def _event_types(machine: Machine, value: Value, function: Function, given: int) -> tuple[str, ...]:
    """The outside types that say what the event is: of a decorator that converts it, of the annotation."""
    found: list[str] = []
    while type(value) is Method and value.name == CONVERTING and isinstance(value.receiver, Tuple):
        found += [kind.name for kind in value.receiver.items[1:] if type(kind) is Outside]
        value = machine.state.resolve(value.receiver.items[0])
    positional = [p for p in function.info.parameters if p.kind in ("positional", "positional-only")]
    annotation = getattr(positional[given].node, "annotation", None) if given < len(positional) else None
    name = _annotated(annotation.annotation) if annotation is not None else ""
    first, _, rest = name.partition(".")
    scope = machine.state.get(function.module)
    kind = scope.names.get(first) if isinstance(scope, ScopeObject) else None
    if type(kind) is Outside:
        found.append(f"{kind.name}.{rest}" if rest else kind.name)
    return tuple(found)


def _annotated(node: cst.BaseExpression) -> str:
    """The dotted name that an annotation is, in quotes or not."""
    if isinstance(node, cst.SimpleString):
        return node.raw_value
    return dotted_name(node)


def _function(machine: Machine, function: Function, given: int, keywords: dict[str, Value], name: str) -> Handler:
    info = function.info
    node: Any = info.node
    place = Place(info.source, node if info.is_lambda else node.name)
    positional = sum(parameter.kind in ("positional", "positional-only") for parameter in info.parameters)
    first_default = positional - len(function.defaults)
    parameters: list[Parameter] = []
    index = 0
    for parameter in info.parameters:
        kind = "positional" if parameter.kind == "positional-only" else parameter.kind
        if kind == "positional":
            required = index < first_default
            index += 1
            if index <= given:
                continue
            if parameter.name in keywords and parameter.kind == "positional":
                kind, required = "taken", False
        else:
            required = kind == "keyword" and parameter.name not in function.keyword_defaults
            if parameter.name in keywords:
                required = False
        own, used = Place(info.source, parameter.node), info.mentions(parameter.name)
        parameters.append(Parameter(parameter.name, kind, required, own, used))
    yielded = Place(info.source, info.yields[0]) if info.yields else None
    return Handler(
        "function",
        name,
        place,
        info.is_async,
        info.is_generator,
        yielded,
        tuple(parameters),
        True,
        told_generator=info.is_generator and _tells_generator(node),
    )


def _tells_generator(node: Any) -> bool:
    """Whether the annotation of a function says that it is a generator."""
    returns = node.returns.annotation if getattr(node, "returns", None) is not None else None
    name = dotted_name(returns.value if isinstance(returns, cst.Subscript) else returns) if returns is not None else ""
    return name.rpartition(".")[2] in ("Generator", "Iterator", "Iterable")
