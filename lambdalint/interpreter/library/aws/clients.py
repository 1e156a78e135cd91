"""Clients of boto3: what makes them, their operations, pages and waiters.

Sources: https://docs.aws.amazon.com/boto3/latest/guide/clients.html (every operation answers with a dict),
https://docs.aws.amazon.com/boto3/latest/guide/paginators.html,
https://docs.aws.amazon.com/boto3/latest/guide/error-handling.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambdalint.interpreter.heap import DictObject, IteratorObject, ListObject
from lambdalint.interpreter.library.aws import absent, heads, refusing
from lambdalint.interpreter.library.aws.building import answer
from lambdalint.interpreter.library.aws.requests import requests
from lambdalint.interpreter.library.aws.searched import element_found
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.site import text_argument
from lambdalint.interpreter.values import NONE, Ref, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

#: Names that botocore takes for a service beside its own (botocore/handlers.py, SERVICE_NAME_ALIASES).
_OLD_NAMES = {"runtime.sagemaker": "sagemaker-runtime"}
_SERVICE = re.compile(r"[a-z0-9-]+")
#: What any operation may raise.
ERRORS = ("botocore.exceptions.ClientError", "botocore.exceptions.BotoCoreError")
#: The client behind a resource of DynamoDB gives plain values: `resource.meta.client`.
PLAIN = "-plain"
#: Methods of a client that are no operations of its service.
LOCAL = frozenset(
    {
        *(
            "can_paginate",
            "close",
            "copy",
            "download_file",
            "download_fileobj",
            "exceptions",
            "generate_presigned_post",
        ),
        *("generate_presigned_url", "meta", "upload_file", "upload_fileobj", "waiter_names"),
    }
)


@models("boto3.client", "boto3.resource", "boto3.Session.client", "boto3.Session.resource",
        "boto3.session.Session.client", "boto3.session.Session.resource")  # fmt: skip
def client(machine: Machine, site: CallSite) -> Value:
    kind = site.name.rpartition(".")[2]
    service = text_argument(machine, site, 0, "service_name")
    service = _OLD_NAMES.get(service or "", service)
    if service is not None and not _SERVICE.fullmatch(service):
        service = None
    machine.services.add(service or "")
    return machine.unknown(site.place, f"boto3.{kind}.{service}" if service else f"boto3.{kind}.?")


@models("botocore.config.Config")
def config(machine: Machine, site: CallSite) -> Value:
    """The settings of a client, one of which is that parameters are not checked."""
    if "parameter_validation" in site.keywords or site.open:
        machine.patched.add(refusing.ANOTHER_WAY)
    machine.may_raise(("TypeError", ERRORS[1]))
    return machine.unknown(site.place, "botocore.config.Config")


@models("boto3.Session", "boto3.session.Session")
def session(machine: Machine, site: CallSite) -> Value:
    return machine.unknown(site.place, "boto3.Session")


@models("boto3.client.*")
def operation(machine: Machine, site: CallSite) -> Value:
    """An operation of a service, or what makes its pages and waiters."""
    _, _, service, name = site.name.split(".")
    service, plain = service.removesuffix(PLAIN), service.endswith(PLAIN)
    if name in ("get_paginator", "get_waiter"):
        machine.may_raise(("botocore.exceptions.BotoCoreError", "ValueError"))
        asked = text_argument(machine, site, 0, "operation_name" if name == "get_paginator" else "waiter_name")
        _refuse(machine, site, service, name, asked or "")
        made = "pages" if name == "get_paginator" else "waiter"
        return machine.unknown(
            site.place, f"boto3.{made}.{service}{PLAIN * plain}.{asked}" if asked is not None else None
        )
    if name in LOCAL:
        machine.may_raise(ERRORS)
        return machine.unknown(site.place)
    known = requests(service)
    if site.arguments and not site.open and known is not None and name in known.operations:
        why = f"`{service}.{name}()` takes keyword arguments alone"
        raise machine.raise_builtin("TypeError", site.node, site.frame, why, anyhow=True)
    refusing.check(machine, site, service, name, plain=plain)
    machine.may_raise(heads.errors_of(name) if service == "s3" and name in heads.ASKED else ERRORS)
    return answer(machine, service, name, site.place, plain=plain, site=site)


def _refuse(machine: Machine, site: CallSite, service: str, name: str, asked: str) -> None:
    """Refuse pages and waiters that no version of the service has."""
    if name == "get_paginator":
        why, kind = absent.pages(service, asked)
    else:
        why, kind = absent.waiter(service, asked), "ValueError"
    if why:
        raise machine.raise_builtin(kind, site.node, site.frame, why, anyhow=True)


@models("boto3.pages.*")
def pages(machine: Machine, site: CallSite) -> Value:
    """The pages of an operation are its answers, one after the other, each asked for as it is needed."""
    _, _, service, name, method = site.name.split(".")
    if method != "paginate":
        return machine.unknown(site.place)
    plain = service.endswith(PLAIN)
    refusing.check(machine, site, service.removesuffix(PLAIN), name, plain=plain, besides="PaginationConfig")
    page = answer(machine, service.removesuffix(PLAIN), name, site.place, plain=plain, site=site)
    made = IteratorObject("boto3.PageIterator", (), page, place=site.place)
    made.fails = ERRORS
    return machine.new(made)


@models("boto3.PageIterator.build_full_result")
def full_result(machine: Machine, site: CallSite) -> Value:
    """The keys of all pages, of each list the elements of all. Which keys these are, the paginator says, which is not
    known: only that where there is such a list, it holds what that of a page holds."""
    machine.may_raise(ERRORS)
    pages = machine.object(site.receiver) if type(site.receiver) is Ref else None
    page = pages.rest if isinstance(pages, IteratorObject) else None
    thing = machine.object(page) if type(page) is Ref else None
    if not isinstance(thing, DictObject):
        return machine.unknown(site.place)
    made = thing.copy()
    made.place = site.place
    made.items = {
        name: item._replace(sure=False)
        for name, item in thing.items.items()
        if type(item.value) is Ref and isinstance(machine.object(item.value), ListObject)
    }
    return machine.new(made)


@models("boto3.PageIterator.search")
def searched(machine: Machine, site: CallSite) -> Value:
    """What a JMESPath expression finds, page after page: a generator.
    https://docs.aws.amazon.com/boto3/latest/guide/paginators.html#filtering-results-with-jmespath"""
    pages = machine.object(site.receiver) if type(site.receiver) is Ref else None
    text = text_argument(machine, site, 0, "expression")
    page = pages.rest if isinstance(pages, IteratorObject) and text is not None else None
    item = element_found(machine, page, text, site.place) if page is not None and text is not None else None
    element = item.value if item is not None else machine.unknown(site.place)
    found = IteratorObject("generator", (), element, place=site.place)
    found.fails = ERRORS
    return machine.new(found)


@models("boto3.waiter.*")
def waiter(machine: Machine, site: CallSite) -> Value:
    """`wait()` asks again and again, and gives nothing."""
    _, _, service, name, method = site.name.split(".")
    known = requests(service.removesuffix(PLAIN))
    if method == "wait" and known is not None and name in known.waiters:
        plain = service.endswith(PLAIN)
        refusing.check(machine, site, known.name, known.waiters[name], plain=plain, besides="WaiterConfig")
    machine.may_raise(ERRORS)
    return NONE if site.name.endswith(".wait") else machine.unknown(site.place)
