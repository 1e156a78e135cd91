"""asyncio, threads and executors: what they are given is run, here and now; what runs beside it is not followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import conditions, escape
from lambdalint.interpreter.calls import call
from lambdalint.interpreter.coroutines import wait_for
from lambdalint.interpreter.heap import IteratorObject, ListObject
from lambdalint.interpreter.iteration import any_number, elements
from lambdalint.interpreter.library.contents import any_of, everything
from lambdalint.interpreter.library.functions.iterating import map_or_filter
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import need
from lambdalint.interpreter.paths import Raised
from lambdalint.interpreter.values import (
    FALSE,
    NONE,
    TRUE,
    Bound,
    Const,
    Coroutine,
    Function,
    Method,
    Ref,
    Tuple,
    Value,
    boolean,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_THREADS = "concurrent.futures.ThreadPoolExecutor"
#: What waits for a value, or is ready to give it.
_AWAITABLE = ("asyncio.gather()", "awaitable()")
_FUTURE = "concurrent.futures.Future"


@models("asyncio.run", "asyncio.loop.run_until_complete", "asyncio.wait_for", "asyncio.shield", "asyncio.create_task",
        "asyncio.ensure_future", "asyncio.loop.create_task")  # fmt: skip
def run(machine: Machine, site: CallSite) -> Value:
    value = machine.state.resolve(site.arguments[0]) if site.arguments else NONE
    ready = type(value) is Method and value.name in _AWAITABLE
    if site.name in ("asyncio.run", "asyncio.loop.run_until_complete"):
        if type(value) is Coroutine or ready:
            return wait_for(machine, value, site.node, site.frame)
    elif type(value) is Coroutine or ready:
        return value  # awaited later; that it starts before then is not followed
    machine.may_raise(None)
    escape.leak(machine, value)
    return machine.unknown(site.place)


@models("inspect.isawaitable", "inspect.iscoroutine", "asyncio.iscoroutine")
def is_awaitable(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1, 1)
    value = machine.state.resolve(site.arguments[0])
    if type(value) is Coroutine:
        return TRUE
    if type(value) in (Const, Tuple):
        return FALSE
    return conditions.tested(machine, value, site.place)


@models("asyncio.gather")
def gather(machine: Machine, site: CallSite) -> Value:
    values = [machine.state.resolve(argument) for argument in site.arguments]
    ready = all(type(value) is Coroutine or (type(value) is Method and value.name in _AWAITABLE) for value in values)
    returned = _returns_exceptions(machine, site)
    if ready and returned is not None:
        results: list[Value] = []
        failed: list[Raised] = []
        for value in values:
            try:
                results.append(wait_for(machine, value, site.node, site.frame))
            except Raised as raised:  # each is a task of its own: the others run all the same
                failed.append(raised)
                results.append(raised.value)
        if failed and not returned:
            raise failed[0]
        return Method("asyncio.gather()", machine.new(ListObject(results, site.place)), site.place)
    for value in values:
        escape.leak(machine, value)
    machine.may_raise(None)
    return machine.unknown(site.place)


def _returns_exceptions(machine: Machine, site: CallSite) -> bool | None:
    """Whether exceptions of the tasks stand among the results; None where that is not known."""
    flag = machine.state.resolve(site.keywords.get("return_exceptions", FALSE))
    known = site.keywords.keys() <= {"return_exceptions"} and type(flag) is Const
    return bool(flag.value) if known and isinstance(flag, Const) else None


@models("asyncio.gather*")
def gather_many(machine: Machine, site: CallSite) -> Value:
    """`asyncio.gather(*tasks)`: what each of them gives, as many as there are."""
    found = elements(machine, site.arguments[0], site.node, site.frame)
    returned = _returns_exceptions(machine, site)

    def result(task: Value) -> Value:
        try:
            return wait_for(machine, task, site.node, site.frame)
        except Raised as raised:
            if not returned:
                raise
            return raised.value

    results: list[Value] = [result(value) for value in found.items]
    rest = found.rest
    chosen = machine.choose(2 if found.items or found.filled else 3) if rest is not None else 2
    if rest is not None and chosen == 0:
        results.append(result(rest))
    made = ListObject(results, site.place)
    if rest is not None and chosen == 1:
        machine.state.widened = True
        any_number(machine, lambda: result(rest))
        made.items, made.rest = [], machine.unknown(site.place)
    return Method("asyncio.gather()", machine.new(made), site.place)


@models("asyncio.wait")
def waited(machine: Machine, site: CallSite) -> Value:
    """Two sets of tasks, those that are done and the others.
    https://docs.python.org/3/library/asyncio-task.html#asyncio.wait"""
    machine.may_raise(None)
    for value in site.values():
        escape.leak(machine, value)
    sets = [machine.new(ListObject([], site.place, "set", machine.unknown(site.place))) for _ in range(2)]
    return Method("asyncio.gather()", Tuple(tuple(sets), site.place), site.place)


@models("asyncio.to_thread", "asyncio.loop.run_in_executor")
def in_thread(machine: Machine, site: CallSite) -> Value:
    given = site.arguments[1:] if site.name.endswith("run_in_executor") else site.arguments
    if not given:
        raise machine.raise_builtin("TypeError", site.node, site.frame)
    answer = call(machine, given[0], list(given[1:]), site.keywords, site.node, site.frame)
    return Method("asyncio.gather()", answer, site.place)


@models("threading.Thread", "threading.Timer", "multiprocessing.Process", "concurrent.futures.ProcessPoolExecutor",
        "multiprocessing.Pool")  # fmt: skip
def elsewhere(machine: Machine, site: CallSite) -> Value:
    """What it is given runs beside us: anything that it reaches may change."""
    for argument in site.values():
        escape.leak(machine, argument)
    return machine.unknown(site.place, site.name)


@models(_THREADS)
def executor(machine: Machine, site: CallSite) -> Value:
    for argument in site.values():
        escape.leak(machine, argument)
    return machine.unknown(site.place, _THREADS)


@models(f"{_THREADS}.map")
def executor_map(machine: Machine, site: CallSite) -> Value:
    site.keywords = {}  # timeout, chunksize
    site.name = "map"
    made = map_or_filter(machine, site)
    if type(made) is Ref:
        machine.state.write(made.id).type = "generator"
    return made


@models(f"{_THREADS}.submit")
def submit(machine: Machine, site: CallSite) -> Value:
    """A future: what its function gave, or what it raised."""
    need(machine, site, 1)
    function, *arguments = site.arguments
    try:
        answer = call(machine, function, arguments, site.keywords, site.node, site.frame)
    except Raised as raised:
        return machine.new(IteratorObject(_FUTURE, (), raised.value, place=site.place))
    return machine.new(IteratorObject(_FUTURE, (answer,), place=site.place))


@models(f"{_FUTURE}.result")
def result(machine: Machine, site: CallSite) -> Value:
    future = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    thing = machine.object(future) if type(future) is Ref else None
    if site.arguments or site.keywords:
        machine.may_raise(("TimeoutError", "concurrent.futures.TimeoutError"))
    if not isinstance(thing, IteratorObject) or thing.leaked:
        machine.may_raise(None)
        return machine.unknown(site.place)
    if not thing.items:
        assert thing.rest is not None
        raise Raised(thing.rest)
    return thing.items[0]


@models(f"{_FUTURE}.exception")
def exception(machine: Machine, site: CallSite) -> Value:
    """What its function raised, or None."""
    future = machine.state.resolve(site.receiver) if site.receiver is not None else NONE
    thing = machine.object(future) if type(future) is Ref else None
    if not isinstance(thing, IteratorObject) or thing.leaked:
        machine.may_raise(None)
        return machine.unknown(site.place)
    return thing.rest if not thing.items and thing.rest is not None else NONE


@models("concurrent.futures.as_completed")
def as_completed(machine: Machine, site: CallSite) -> Value:
    need(machine, site, 1)
    found = elements(machine, site.arguments[0], site.node, site.frame)
    rest = any_of(machine, site, everything(found))
    if not everything(found):
        return machine.new(IteratorObject("generator", (), None, place=site.place))
    return machine.new(IteratorObject("generator", (), rest, place=site.place))


@models("concurrent.futures.wait")
def wait(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    for argument in site.arguments:
        escape.leak(machine, argument)
    return machine.unknown(site.place)


@models("inspect.iscoroutinefunction", "asyncio.iscoroutinefunction", "inspect.isgeneratorfunction",
        "inspect.isasyncgenfunction")  # fmt: skip
def kind_of_function(machine: Machine, site: CallSite) -> Value:
    """What sort of function a function of the project is."""
    value = machine.state.resolve(site.arguments[0]) if site.arguments else None
    while isinstance(value, Bound):
        value = machine.state.resolve(value.function)
    if not isinstance(value, Function):
        return machine.unknown(site.place, "bool")
    asynchronous, generator = value.info.is_async, value.info.is_generator
    if site.name.endswith("iscoroutinefunction"):
        return boolean(asynchronous and not generator)
    return boolean(generator and asynchronous is site.name.endswith("isasyncgenfunction"))
