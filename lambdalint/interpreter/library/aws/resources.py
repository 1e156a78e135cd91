"""Resources of boto3: `boto3.resource("s3").Object(...)`, their attributes, actions and collections.

A resource has the kind `boto3.s3.Object`, the service itself `boto3.resource.s3`, a collection
`boto3.collection.s3.ObjectSummary`.

Source: https://docs.aws.amazon.com/boto3/latest/guide/resources.html, and boto3's resource models in answers.bin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.heap import IteratorObject, ListObject
from lambdalint.interpreter.kinds import ATTRIBUTE
from lambdalint.interpreter.library.aws import absent, answers, building, heads, refusing
from lambdalint.interpreter.library.aws.attributes import text_method
from lambdalint.interpreter.library.aws.clients import ERRORS, LOCAL, PLAIN
from lambdalint.interpreter.library.aws.errors import EXCEPTIONS
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.values import NONE, Outside, Sym, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

_COLLECTION = "boto3.collection."
_BATCH_WRITER = "boto3.dynamodb.BatchWriter"
#: Ways to ask a collection, each of which gives a collection again.
_NARROWING = frozenset({"all", "filter", "limit", "page_size"})


def attribute(machine: Machine, value: Value, kind: str, name: str, node: Any, frame: Frame) -> Value | None:
    """What an attribute of something of boto3's is; None of a method, and of what is no attribute."""
    place = machine.place(node, frame)
    _, first, *parts = kind.split(".")
    if first == "client" and name not in LOCAL and "boto3" not in machine.patched:
        why = absent.attribute(parts[0].removesuffix(PLAIN), name)
        if why:
            raise machine.raise_builtin("AttributeError", node, frame, why, value, anyhow=True)
    if first == "client" and name == "exceptions" and parts:
        return Outside(f"{EXCEPTIONS}{parts[0].removesuffix(PLAIN)}", place)
    if first == "client" and name == "meta":
        return machine.unknown(place, f"boto3.client_meta.{parts[0]}")
    if first == "client_meta":
        if name == "events":  # what is registered there may change what is given
            machine.patched.add(refusing.ANOTHER_WAY)
        return machine.unknown(place)
    if first == "meta":
        service = parts[0] + (PLAIN if parts[0] == "dynamodb" else "")
        return machine.unknown(place, f"boto3.client.{service}") if name == "client" else None
    if kind == ATTRIBUTE and type(value) is Sym:
        return text_method(machine, value, name, place)
    if kind == _BATCH_WRITER and "boto3" not in machine.patched:
        why = absent.of_batch_writer(name)
        if why:
            raise machine.raise_builtin("AttributeError", node, frame, why, value, anyhow=True)
    found = _found(kind)
    if found is None:
        return None
    service, resource = found
    if name == "meta":
        return machine.unknown(place, f"boto3.meta.{service}")
    sign, target = resource.parts.get(name, ("", ""))
    if sign == ".":
        return machine.child(value, "attribute", name, "str", place) if type(value) is Sym else None
    if sign == "*":
        return machine.unknown(place, f"{_COLLECTION}{service}.{target}")
    if sign == "@":
        return Sym(machine.state.fresh(), None, place, options=(_made(machine, service, target, place), NONE))
    if sign == "@@":
        return _many(machine, service, target, place)
    if name not in resource.parts and "boto3" not in machine.patched:
        why = absent.of_resource(service, kind.rpartition(".")[2], name)
        if why:
            raise machine.raise_builtin("AttributeError", node, frame, why, value, anyhow=True)
    if name in resource.parts or resource.structure is None:
        return None
    return building.attribute(machine, service, kind.rpartition(".")[2], resource.structure, name, place)


def refuse_exception(machine: Machine, exceptions: str, name: str, node: Any, frame: Frame) -> None:
    """Refuse an exception that no version of a service has, by the full name of a client's `exceptions`."""
    why = absent.exception(exceptions.removeprefix(EXCEPTIONS), name)
    if why:
        raise machine.raise_builtin("AttributeError", node, frame, why, anyhow=True)


def elements(machine: Machine, kind: str, place: Place) -> Value | None:
    """What going through a collection gives."""
    if not kind.startswith(_COLLECTION):
        return None
    return machine.unknown(place, f"boto3.{kind.removeprefix(_COLLECTION)}")


def _found(kind: str) -> tuple[str, answers.Resource] | None:
    """The service and what is known of a resource, by its kind."""
    parts = kind.split(".")
    if len(parts) != 3 or parts[0] != "boto3":
        return None
    service, name = (parts[2], "-") if parts[1] == "resource" else (parts[1], parts[2])
    found = answers.resources(service).get(name)
    return (service, found) if found is not None else None


def _made(machine: Machine, service: str, name: str, place: Place) -> Sym:
    return machine.unknown(place, f"boto3.{service}.{name}")


def _many(machine: Machine, service: str, name: str, place: Place) -> Value:
    return machine.new(ListObject([], place, "list", _made(machine, service, name, place)))


@models("boto3.resource.*", "boto3.s3.*", "boto3.ec2.*", "boto3.iam.*", "boto3.sqs.*", "boto3.sns.*",
        "boto3.cloudformation.*", "boto3.cloudwatch.*", "boto3.dynamodb.*")  # fmt: skip
def action(machine: Machine, site: CallSite) -> Value:
    """A method of a resource: what its service answers, or another resource."""
    kind, _, name = site.name.rpartition(".")
    found = _found(kind)
    if found is None:
        return machine.unknown(site.place)
    service, resource = found
    sign, target = resource.parts.get(name, ("", ""))
    if sign == "=":
        plain, own = service == "dynamodb", kind.startswith("boto3.resource.")
        refusing.check(machine, site, service, target, plain=plain, given=frozenset() if own else None)
    if sign != ">" or target != name:  # `s3.Object(...)` asks nobody
        machine.may_raise(_errors(kind, name))
    if name in ("load", "reload") or name.startswith("wait_until_"):
        return NONE
    if name == "get_available_subresources":
        return machine.new(ListObject([], site.place, "list", machine.unknown(site.place, "str")))
    if sign == "=":
        return building.answer(machine, service, target, site.place, plain=service == "dynamodb")
    if sign == ">":
        return _made(machine, service, target, site.place)
    return _many(machine, service, target, site.place) if sign == ">>" else machine.unknown(site.place)


def _errors(kind: str, name: str) -> tuple[str, ...]:
    """What a method of a resource may raise: of an object of S3 it asks by HEAD."""
    if kind in ("boto3.s3.Object", "boto3.s3.ObjectSummary") and name in ("load", "reload"):
        return heads.errors_of("head_object")
    return heads.errors_of(name) if kind.startswith("boto3.s3.") and name in heads.ASKED else ERRORS


@models("boto3.collection.*")
def collection(machine: Machine, site: CallSite) -> Value:
    """A collection is narrowed, gone through page by page, or all of it is acted on."""
    kind, _, name = site.name.rpartition(".")
    if name in _NARROWING:
        return machine.unknown(site.place, kind)
    machine.may_raise(ERRORS)
    _, _, service, element = kind.split(".")
    if name == "pages":
        pages = IteratorObject("generator", (), _many(machine, service, element, site.place), place=site.place)
        pages.fails = ERRORS
        return machine.new(pages)
    resource = answers.resources(service).get(element)
    sign, target = resource.parts.get(f"!{name}", ("", "")) if resource is not None else ("", "")
    if sign != "=":
        return machine.unknown(site.place)
    return machine.new(ListObject([], site.place, "list", building.answer(machine, service, target, site.place)))
