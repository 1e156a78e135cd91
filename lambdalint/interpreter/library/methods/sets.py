"""Methods of sets. Here a set is a list without order, and takes elements in as a list does; `remove` is for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter import containers, sequences
from lambdalint.interpreter.equality import decide_equal
from lambdalint.interpreter.heap import ListObject
from lambdalint.interpreter.iteration import elements
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.contents import any_of, everything
from lambdalint.interpreter.library.methods import lists
from lambdalint.interpreter.library.methods.receivers import on_list
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.stand_ins import picked
from lambdalint.interpreter.values import NONE, Const, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

models("set.add", "?.add")(lists.append)
models("set.update")(lists.extend)
models("set.clear")(lists.clear)


@on_list("list.remove", "set.remove", "set.discard", "set.pop", "collections.deque.remove")
def remove(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    if len(site.arguments) == 1 and _remove_known(machine, site, value, thing):
        return NONE
    unsure = [kind_of(machine, argument) is None for argument in site.arguments]
    if any(unsure) or any(sequences.is_unhashable(machine, argument) for argument in site.arguments):
        machine.may_raise(("TypeError",))  # a set is looked for as a frozenset
    if not site.name.endswith("discard"):
        machine.may_raise(("ValueError", "KeyError", "TypeError"))
    held = everything(thing)
    containers.shuffle(machine, value)
    if site.name != "set.pop":
        return NONE
    if thing.leaked:
        return machine.unknown(site.place)
    return picked(machine, any_of(machine, site, held))


def _remove_known(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> bool:
    """Remove one of elements that are all constants. False: nothing is done, for something is not known.

    Raises:
        Raised: it is not there, and has to be.
    """
    wanted = machine.state.resolve(site.arguments[0])
    if thing.leaked or thing.rest is not None or type(wanted) is not Const:
        return False
    if not all(type(machine.state.resolve(item)) is Const for item in thing.items):
        return False
    for at, item in enumerate(thing.items):
        if decide_equal(machine, item, wanted):
            del machine.state.write(value.id).items[at]
            return True
    if not site.name.endswith("discard"):
        of_set = thing.type == "set"
        why = f"{'the set' if of_set else 'the list'} does not hold {wanted.value!r}"
        raise machine.raise_builtin("KeyError" if of_set else "ValueError", site.node, site.frame, why)
    return True


@on_list("set.union", "set.intersection", "set.difference", "set.symmetric_difference", "frozenset.union",
        "frozenset.intersection", "frozenset.difference", changes=False)  # fmt: skip
def set_algebra(machine: Machine, site: CallSite, value: Ref, thing: ListObject) -> Value:
    held = everything(thing)
    if thing.leaked:
        held.append(machine.unknown(site.place))
    for argument in site.arguments:
        held += everything(elements(machine, argument, site.node, site.frame))
    return machine.new(ListObject([], site.place, thing.type, sequences.join_elements(machine, held)))
