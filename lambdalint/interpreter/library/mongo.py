"""MongoDB by pymongo: databases and collections by their names, cursors that are no lists, and the identifier that an
insert puts into the document that it is given. https://pymongo.readthedocs.io/en/stable/api/pymongo/collection.html ;
pymongo 4.20 was asked on 2026-11-30. What stands in a document that was found is not known, nor what its `_id` is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import DictObject, Item
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.demands import demands
from lambdalint.interpreter.library.models import answers, models
from lambdalint.interpreter.values import NONE, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

CLIENT, DATABASE, COLLECTION = "pymongo.MongoClient", "pymongo.database.Database", "pymongo.collection.Collection"
CURSOR, _INSERTED, IDENTIFIER = "pymongo.cursor.Cursor", "pymongo.results.InsertOneResult", "bson.ObjectId"
#: What is reached from each by a name.
_WITHIN = {CLIENT: DATABASE, DATABASE: COLLECTION, COLLECTION: COLLECTION}
_OWN = frozenset({"name", "full_name", "database", "client", "codec_options", "options", "address", "HOST", "PORT"})


@models(CLIENT)
def client(machine: Machine, site: CallSite) -> Value:
    """A client; nothing is sent yet. What a `document_class` makes of documents is not known."""
    machine.may_raise(None)
    known = not {"document_class", "type_registry"} & set(site.keywords) and len(site.arguments) < 3
    return machine.unknown(site.place, CLIENT if known else None)


def within(machine: Machine, value: Value, kind: str, name: str, place: Place) -> Value | None:
    """`client.shop`, `database["orders"]`; None for what is none of these."""
    if kind == _INSERTED and name == "inserted_id" and type(value) is Sym and value.known == IDENTIFIER:
        return machine.child(value, "attribute", name, IDENTIFIER, place)
    inner = _WITHIN.get(kind)
    if inner is None or type(value) is not Sym or name.startswith("_") or name in _OWN or answers(f"{kind}.{name}"):
        return None
    return machine.child(value, "item", name, inner, place)


@models(f"{COLLECTION}.insert_one", f"{COLLECTION}.insert_many")
def inserted(machine: Machine, site: CallSite) -> Value:
    """A document that has no `_id` is given one."""
    machine.may_raise(None)
    one = site.name.endswith("one")
    value = machine.state.resolve(site.argument(0, "document" if one else "documents") or NONE)
    thing = machine.object(value) if type(value) is Ref else None
    made = machine.unknown(site.place, _INSERTED if one else "pymongo.results.InsertManyResult")
    if not one or not isinstance(thing, DictObject) or thing.leaked or not thing.lacks_surely("_id"):
        leak(machine, value)
        return made
    found = machine.unknown(site.place, IDENTIFIER)
    found.told = "MongoDB gives a document an `ObjectId` as its `_id`"
    assert type(value) is Ref
    machine.state.write(value.id).put("_id", Item(found, site.place))
    made.known = IDENTIFIER
    return made


@demands("len")
def _no_length(machine: Machine, site: CallSite) -> None:
    value = site.argument(0)
    if value is not None and kind_of(machine, value) == CURSOR:
        why = "a `Cursor` of MongoDB has no length: `count_documents(...)` counts"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, value)


@demands(f"{CURSOR}.count", f"{COLLECTION}.count", f"{COLLECTION}.insert", f"{COLLECTION}.update",
         f"{COLLECTION}.remove", f"{COLLECTION}.save")  # fmt: skip
def _gone(machine: Machine, site: CallSite) -> None:
    name = site.name.rpartition(".")[2]
    why = f"`{name}` is gone in pymongo 4"
    error = "AttributeError" if site.name.startswith(CURSOR) else "TypeError"  # `collection.save` is a collection
    raise machine.raise_builtin(error, site.node, site.frame, why, site.receiver, where="where that is installed")
