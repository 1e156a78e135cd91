"""Exceptions on paper: what a raise raises, and which except clause catches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.calls import call
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.kinds import is_subclass, kind_of, real_class
from lambdalint.interpreter.plain import VALIDATION_ERRORS
from lambdalint.interpreter.values import Const, Outside, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame


def exception_value(machine: Machine, value: Value, node: Any, frame: Frame) -> Value:
    """What `raise value` raises: a class is called."""
    value = machine.state.resolve(value)
    if type(value) is Outside:
        return machine.unknown(machine.place(node, frame), value.name, role="exception")
    if type(value) is Ref:
        thing = machine.object(value)
        if isinstance(thing, ClassObject):
            return call(machine, value, [], {}, node, frame)
        if isinstance(thing, InstanceObject):
            return value
        return machine.unknown(machine.place(node, frame), "TypeError", role="exception")
    if type(value) is Sym:
        kind = kind_of(machine, value)
        if kind in ("str", "int", "dict", "list", "NoneType", "bool"):
            return machine.unknown(machine.place(node, frame), "TypeError", role="exception")
        return value
    return machine.unknown(machine.place(node, frame), "TypeError", role="exception")


def set_cause(machine: Machine, error: Value, cause: Value, node: Any, frame: Frame) -> None:
    """What `raise error from cause` notes in an exception of the project."""
    if type(error) is not Ref or not isinstance(machine.object(error), InstanceObject):
        return
    if type(cause) is not Const:
        cause = exception_value(machine, cause, node, frame)
    machine.state.write(error.id).attributes["__cause__"] = cause


#: By which an exception writes its arguments, and nothing else.
_PLAINLY: tuple[object, ...] = (BaseException.__str__, object.__str__)


def message_of(machine: Machine, value: Value) -> Value | None:
    """What `str()` writes of an exception of the project whose class does not say: its one argument, or nothing. None
    where that is not known, or there are several."""
    thing = machine.object(value) if type(value) is Ref else None
    cls = machine.state.get(thing.cls) if isinstance(thing, InstanceObject) and not thing.leaked else None
    if not isinstance(thing, InstanceObject) or not isinstance(cls, ClassObject) or cls.unseen:
        return None
    outside = [real_class(entry) for entry in cls.order if isinstance(entry, str)]
    if not any(one is not None and issubclass(one, BaseException) for one in outside):
        return None
    if any(one is None or one.__str__ not in _PLAINLY for one in outside):
        return None
    given = machine.state.resolve(thing.attributes["args"]) if "args" in thing.attributes else None
    if type(given) is not Tuple or given.rest is not None or len(given.items) > 1:
        return None
    return machine.state.resolve(given.items[0]) if given.items else Const("", given.place)


def exception_types(machine: Machine, error: Value) -> tuple[str | int, ...] | None:
    """The types that an exception may have: names, and ids of project classes. None: any."""
    error = machine.state.resolve(error)
    if type(error) is Sym:
        if error.kind is not None:
            return (error.kind,)
        if error.condition is not None and error.condition[0] == "types":
            types: tuple[str | int, ...] | None = error.condition[1]
            return types
        return None
    if type(error) is Ref:
        thing = machine.object(error)
        if isinstance(thing, InstanceObject):
            return (thing.cls,)
    return None


def matches(machine: Machine, error: Value, types: Value) -> bool | None:
    """Whether `except types` catches the exception; None where it may."""
    types = machine.state.resolve(types)
    if type(types) is Tuple:
        if types.rest is not None:
            return None
        answers = [matches(machine, error, part) for part in types.items]
        return True if True in answers else (None if None in answers else False)
    raised = exception_types(machine, error)
    name = _class_name(machine, types)
    if name is None:
        return None
    if name in ("Exception", "BaseException") and raised is None:
        return True
    if raised is None:
        # Anything that code which is not seen raises. It can hardly raise a class of the project.
        return None
    found = {_derives(machine, one, name) for one in raised}
    return found.pop() if len(found) == 1 else None


_CLIENT_ERROR = "botocore.exceptions.ClientError"


def learn_type(machine: Machine, error: Value, types: Value) -> None:
    """An error of a client of AWS, as an except clause names it, has what these have: classes of one service derive
    from it that nobody tells apart; an error of pydantic's is of its one class."""
    error, types = machine.state.resolve(error), machine.state.resolve(types)
    if type(error) is not Sym or error.kind is not None or type(types) is not Outside:
        return
    if types.name in (_CLIENT_ERROR, *VALIDATION_ERRORS) or types.name.startswith("boto3.errors."):
        machine.state.learn(error, kind=types.name)


def _class_name(machine: Machine, value: Value) -> str | int | None:
    if type(value) is Outside:
        return value.name
    if type(value) is Ref and isinstance(machine.object(value), ClassObject):
        return value.id
    return None


def _derives(machine: Machine, one: str | int, base: str | int) -> bool | None:
    if one == base:
        return True
    if isinstance(one, str):
        if isinstance(base, int):
            return False
        if base in ("Exception", "BaseException") and is_subclass(one, base) is None:
            return True  # what is raised is an exception; few are not Exceptions, and none of those is unknown here
        return is_subclass(one, base)
    cls = machine.state.get(one)
    assert isinstance(cls, ClassObject)
    if base in cls.order:
        return True
    if isinstance(base, int):
        return None if cls.unseen else False
    outside = [is_subclass(entry, base) for entry in cls.order if isinstance(entry, str)]
    if True in outside:
        return True
    if base in ("Exception", "BaseException") and cls.unseen:
        return True
    return None if None in outside or cls.unseen else False
