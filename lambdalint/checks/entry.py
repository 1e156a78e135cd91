"""LL101-LL105: can Lambda call the handler at all? It calls `handler(event, context)` and awaits nothing.

Source: awslambdaric's bootstrap.handle_event_request, and
https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.http import gives_coroutine
from lambdalint.checks.registry import rule
from lambdalint.checks.serialization import faults
from lambdalint.checks.serializers import RUNTIME, noun_for
from lambdalint.finding import Change, Mend, Note, Place, Report, Severity
from lambdalint.interpreter.invocation import Handler, Invocation, Parameter
from lambdalint.interpreter.lambda_context import ATTRIBUTES
from lambdalint.interpreter.shapes import Instance

_EVENTS = frozenset({"event", "events", "evt", "lambda_event", "event_data"})
_CONTEXTS = frozenset({"context", "ctx", "lambda_context", "aws_context"})


@rule("LL101", "handler-arity", Severity.ERROR)
def handler_arity(run: Invocation) -> Iterator[Report]:
    """The handler cannot be called with exactly two positional arguments."""
    handler = run.handler
    if not handler.signature_known or _called_by_a_framework(run):
        return
    positional = [p for p in handler.parameters if p.kind in ("positional", "taken")]
    required = [p for p in positional if p.required]
    taken = [p for p in positional[:2] if p.kind == "taken"]
    starred = any(p.kind == "args" for p in handler.parameters)
    keyword_only = [p for p in handler.parameters if p.kind == "keyword" and p.required]
    calls = "Lambda calls it with two, `(event, context)`, so every invocation fails with TypeError"
    if len(required) > 2:
        # a method that is named by its class lacks its object where it is named
        unbound = handler.bound if required[0].name in ("self", "cls") else None
        yield Report(
            unbound or required[2].place,
            f"`{handler.name}` requires {len(required)} arguments; {calls}",
            _defined(handler, required[2].place) if unbound is not None else (),
            advice=_too_many(required),
        )
    elif taken:
        name = taken[0].name
        yield Report(
            handler.bound or taken[0].place,
            f"`{name}` is given by keyword, and Lambda's `(event, context)` gives it once more, so every invocation "
            "fails with TypeError",
            _defined(handler, taken[0].place),
            advice=f"move `{name}` behind the event and the context",
        )
    elif len(positional) < 2 and not starred:
        count = ("no positional argument", "1 positional argument")[len(positional)]
        yield Report(
            handler.bound or handler.place,
            f"`{handler.name}` takes {count}; {calls}",
            _defined(handler, handler.place),
            advice=f"`def {handler.name}(event, context)`"
            if handler.kind == "function"
            else "take `event` and `context`",
            mend=_with_context(handler, positional),
        )
    elif keyword_only:
        name = keyword_only[0].name
        yield Report(
            keyword_only[0].place,
            f"`{handler.name}` requires the keyword argument `{name}`, which Lambda never passes, "
            "so every invocation fails with TypeError",
            advice=f"give `{name}` a default",
        )


def _defined(handler: Handler, place: Place) -> tuple[Note, ...]:
    """Where the function stands of which the handler is made, if it is made of one."""
    return (Note(place, "declared here"),) if handler.bound is not None else ()


def _with_context(handler: Handler, positional: list[Parameter]) -> Mend | None:
    """The context as one more parameter, with a default: who else calls the function need not know of it."""
    if len(positional) != 1 or len(handler.parameters) != 1 or positional[0].name in _CONTEXTS | {"self", "cls"}:
        return None
    return Mend("Take the context, too", (Change(positional[0].place, after=", context=None", part="parameter"),))


def _called_by_a_framework(run: Invocation) -> bool:
    """Whether Lambda calls the framework's own handler: Zappa calls a function with as many arguments as it takes."""
    deployment = run.function.deployment
    return deployment is not None and deployment.answers_itself


def _too_many(required: list[Parameter]) -> str:
    if required[0].name in ("self", "cls"):
        return f"name a bound method as the handler, or drop `{required[0].name}`"
    return f"give `{required[2].name}` a default, or drop it"


@rule("LL102", "handler-async", Severity.ERROR)
def handler_async(run: Invocation) -> Iterator[Report]:
    """The handler is an `async def`, which Lambda never awaits."""
    if gives_coroutine(run):
        name = run.handler.name
        yield Report(
            run.handler.async_def or run.handler.place,
            f"`async def {name}` returns a coroutine that Lambda neither awaits nor can serialize, "
            "so its body never runs and every invocation fails with Runtime.MarshalError",
            advice=f"make `{name}` a plain `def` that calls `asyncio.run(...)`",
        )


@rule("LL103", "handler-generator", Severity.ERROR)
def handler_generator(run: Invocation) -> Iterator[Report]:
    """The handler contains `yield`: Lambda gets a generator, which does not serialize."""
    handler = run.handler
    if handler.is_generator and not handler.is_async:
        # Who says that it is one, and deploys it in a way that is not seen, may have a runtime that goes through it.
        known = _is_declared(run)
        yield Report(
            handler.yield_place or handler.place,
            f"`yield` makes `{handler.name}` a generator, which Lambda neither runs nor can serialize, "
            "so every invocation fails with Runtime.MarshalError",
            advice="collect the values and return them; Python functions cannot stream a response",
            severity=Severity.WARNING if handler.told_generator and not known else None,
        )


@rule("LL104", "handler-parameters-swapped", Severity.ERROR)
def handler_parameters_swapped(run: Invocation) -> Iterator[Report]:
    """The handler's first parameter is named for the context and the second for the event."""
    handler = run.handler
    if not are_swapped(handler):
        return
    first, second = _swapped(handler)
    fails, works = _uses(run)
    unread = not (first.used or second.used)
    if not fails and (works or (unread and not _is_declared(run))):
        return  # the names alone are wrong
    if fails:
        then = "so whatever reads them fails"
    elif unread:
        then = "and who comes to read one of them has the other"
    else:
        then = "and what is handed one of them has the other"
    names = ((first, second.name), (second, first.name))
    swap = tuple(Change(parameter.place, content=name, part="name") for parameter, name in names)
    yield Report(
        first.place,
        f"`{first.name}` receives the event and `{second.name}` the context: Lambda passes `(event, context)` "
        f"by position, {then}",
        advice=f"`def {handler.name}({second.name}, {first.name})`",
        severity=None if fails else Severity.WARNING,
        mend=Mend("Swap the two", swap) if not works else None,
    )


def _uses(run: Invocation) -> tuple[bool, bool]:
    """Whether the code reads of the event what only the context has, or the other way round; and whether it reads of
    one what that has, whatever it calls it."""
    of_event = [read for read in run.event_reads if len(read.path) == 1]
    of_context = [read for read in run.context_reads if read.how in ("item", "attribute")]
    foreign = [read for read in of_event if read.how == "attribute" and not hasattr(dict, str(read.path[0]))]
    foreign += [read for read in of_context if read.how == "item" or read.path[0] not in ATTRIBUTES]
    fails = any(not read.possible for read in foreign)
    return fails, len(of_event) + len(of_context) > len(foreign)


def _is_declared(run: Invocation) -> bool:
    return run.function.named or run.function.deployment is not None


def are_swapped(handler: Handler) -> bool:
    """Whether LL104 speaks of the handler: what is wrong with what its parameters are read for follows from it."""
    return bool(_swapped(handler))


def _swapped(handler: Handler) -> list[Parameter]:
    """The first two parameters, where they have each other's names: the handler's own, or those of the function that
    is decorated, which decorators hand on what they are called with."""
    for parameters in (handler.parameters if handler.signature_known else (), handler.decorated):
        positional = [p for p in parameters if p.kind == "positional"]
        if len(positional) < 2 or any(p.required for p in positional[2:]):
            continue
        if positional[0].name.strip("_") in _CONTEXTS and positional[1].name.strip("_") in _EVENTS:
            return positional[:2]
    return []


@rule("LL105", "handler-not-a-function", Severity.ERROR)
def handler_not_a_function(run: Invocation) -> Iterator[Report]:
    """The handler that was named is a class, a module or a value that cannot be called."""
    handler = run.handler
    # What is not named may be no handler at all; `lambda_handler` is a name for nothing else, and a function is meant.
    sure = run.function.named or (run.function.attribute, handler.kind) == ("lambda_handler", "class")
    decorator, severity = handler.decorator, None
    if decorator is not None and not sure and run.function.attribute != "lambda_handler":
        # an object that `handler` is registered with may call it, and leaves nothing to be called otherwise
        registered = "." in decorator.name
        severity = Severity.WARNING if registered else None
        meant = not registered or [one.name for one in handler.decorated] == ["event", "context"]
        decorator = decorator if run.function.attribute == "handler" and meant else None
    if _called_by_a_framework(run) or not (sure or decorator is not None or handler.offers):
        return
    if decorator is not None and handler.kind == "value" and handler.callable_type == "NoneType":
        yield Report(
            decorator.place,
            f"`@{decorator.name}` returns nothing, so `{run.function.handler}` is None: "
            f"{'if Lambda is to call that, ' if severity is not None else ''}every invocation fails with TypeError",
            advice=f"let `{decorator.name}` return the function that it makes",
            severity=severity,
        )
        return
    if handler.kind == "class":
        if not faults(Instance(handler.callable_type, handler.bases), RUNTIME):
            return
        what = "a class: Lambda makes an instance, which it cannot serialize (Runtime.MarshalError)"
    elif handler.kind == "module":
        what = "a module, which cannot be called (TypeError)"
    elif handler.kind == "value":
        what = f"{noun_for(handler.callable_type)}, which cannot be called (TypeError)"
    else:
        return
    advice = "name a function that takes `(event, context)`"
    yield Report(
        handler.place,
        f"the handler `{run.function.handler}` is {what}, so every invocation fails",
        advice=f"{advice}: its `{handler.offers}`" if handler.offers else advice,
        severity=None if sure or decorator is not None else Severity.WARNING,
    )
