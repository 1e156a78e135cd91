"""The method resolution order of a class, and looking attributes up through it."""

from __future__ import annotations

from lambdalint.interpreter.heap import ClassObject
from lambdalint.interpreter.kinds import is_class_method, real_class
from lambdalint.interpreter.machine import Machine
from lambdalint.interpreter.values import Descriptor, Outside, Ref, Value

#: Bases that add nothing to what an instance is.
_TRANSPARENT = frozenset({"typing.Generic", "typing.Protocol", "abc.ABC", "object", "typing_extensions.Protocol"})


def lookup(machine: Machine, cls: int, name: str, after: int | None = None) -> tuple[Value | None, bool]:
    """An attribute of a class through its method resolution order, from behind `after` on. The second value says that
    the search met a base that is not seen before it found anything."""
    thing = machine.state.get(cls)
    assert isinstance(thing, ClassObject)
    waiting = after is not None
    for entry in thing.order:
        if waiting:
            waiting = entry != after
            continue
        if isinstance(entry, int):
            base = machine.state.get(entry)
            assert isinstance(base, ClassObject)
            found = base.attributes.get(name)
            if found is not None:
                return found, False
            if base.leaked:
                return None, True
        else:
            real = real_class(entry)
            if real is None:
                return None, True
            if any(
                name in vars(base) for base in real.__mro__ if base is not object
            ):  # what the metaclass has is not its
                inherited = Outside(f"{entry}.{name}")
                return (Descriptor("class", inherited) if is_class_method(entry, name) else inherited), False
    return None, thing.unseen


def method_order(machine: Machine, own: int, bases: tuple[Value, ...]) -> tuple[int | str, ...]:
    """The method resolution order (C3); outside classes count as one entry each."""
    sequences: list[list[int | str]] = []
    direct: list[int | str] = []
    for base in bases:
        if type(base) is Ref:
            thing = machine.object(base)
            assert isinstance(thing, ClassObject)
            sequences.append(list(thing.order))
            direct.append(base.id)
        elif type(base) is Outside and base.name not in _TRANSPARENT:
            sequences.append([base.name])
            direct.append(base.name)
    sequences.append(direct)
    order: list[int | str] = [own]
    sequences = [s for s in sequences if s]
    while sequences:
        for sequence in sequences:
            head = sequence[0]
            if not any(head in other[1:] for other in sequences):
                break
        else:
            break
        order.append(head)
        sequences = [[entry for entry in s if entry != head] for s in sequences]
        sequences = [s for s in sequences if s]
    return tuple(order)
