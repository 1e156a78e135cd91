"""The Serverless Framework, versions 1 to 4: serverless.yml, and what it says of each function.

A service in TypeScript or JavaScript is code, and is not read. `serverless-compose.yml` names services that each have a
file of their own.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from lambdalint.project.deployment import Code, Deployment, Event, Fact
from lambdalint.project.descriptors.dockerfile import Order
from lambdalint.project.descriptors.images import image_at
from lambdalint.project.descriptors.reader import Files, Reader
from lambdalint.project.descriptors.serverless.authorizers import authorizers
from lambdalint.project.descriptors.serverless.events import events_of
from lambdalint.project.descriptors.serverless.packaging import code_of, layers_of
from lambdalint.project.descriptors.serverless.resources import calls, resource_template
from lambdalint.project.descriptors.serverless.service import Service, Written
from lambdalint.project.descriptors.serverless.variables import Unresolved, known, scalar
from lambdalint.project.descriptors.templates.packages import image_named
from lambdalint.project.descriptors.tree import Node, read_tree

NAME = "Serverless Framework"

#: https://www.serverless.com/framework/docs/providers/aws/guide/functions: where nothing is said. checked = 2026-11-24
_DEFAULT_TIMEOUT = 6
_DEFAULT_MEMORY = 1024

_NAMED = re.compile(r"serverless[\w.-]*\.(ya?ml|json)")
_SECTIONS = [re.compile(rb"^\"?%s\"?\s*:" % name, re.MULTILINE) for name in (b"service", b"provider", b"functions")]


def fits(name: str, data: bytes) -> bool:
    """A file of the name, or another (`--config`) in YAML with the sections of a service."""
    if _NAMED.fullmatch(name):
        return b"provider" in data
    return name.endswith((".yml", ".yaml")) and all(section.search(data) for section in _SECTIONS)


def read(path: str, files: Files) -> Iterable[Deployment]:
    """The functions of the service whose file is at `path` (absolute); none where it is not deployed to AWS.

    Raises:
        Unreadable: it is no YAML.
    """
    text = files.text(path)
    if text is None:
        return
    service = Service(path, read_tree(text), files)
    if not service.is_aws:
        return
    called: dict[str, list[Event]] = defaultdict(list)
    for name, event in authorizers(service):
        called[name].append(event)
    template = resource_template(service, text)
    for function in service.functions:
        own = (*events_of(service, function), *called[function.name])
        yield _deployment(service, function, (*own, *calls(service, template, function.name, own)))


READER = Reader(NAME, fits, read)


def _deployment(service: Service, function: Written, events: tuple[Event, ...]) -> Deployment:
    layers, layers_known = layers_of(service, function)
    variables, variables_known = _environment(service, function)
    written, runtime = _fact(service.get(function.node, "handler")), _fact(service.setting(function, "runtime"))
    of_wsgi = written is not None and written.value in _WSGI and _WSGI_PLUGIN in (service.plugins or ())
    app = _wsgi_app(service) if of_wsgi else None
    handler = app or written
    deployment = Deployment(
        name=function.name,
        descriptor=NAME,
        place=function.place,
        handler=handler,
        code=Code(),
        runtime=runtime,
        timeout=_number(service, function, "timeout", _DEFAULT_TIMEOUT),
        memory=_number(service, function, "memorySize", _DEFAULT_MEMORY),
        variables=variables,
        variables_known=variables_known,
        layers=layers,
        layers_known=layers_known,
        events=events,
        wrapper=written if app is not None else None,
        answers_itself=of_wsgi,
    )
    image = service.get(function.node, "image")
    if image is not None:
        return _from_image(service, image, deployment)
    return replace(deployment, code=code_of(service, function, handler.value if handler is not None else ""))


#: The handler that serverless-wsgi puts in the package; it answers for the app.
#: https://github.com/logandk/serverless-wsgi. checked = 2026-11-24
_WSGI_PLUGIN = "serverless-wsgi"
_WSGI = ("wsgi_handler.handler", "wsgi.handler")


def _wsgi_app(service: Service) -> Fact[str] | None:
    """The application that serverless-wsgi's handler runs, `module.attribute` below the service's folder; None where it
    is not known, or has no dot, without which the plugin's handler cannot be loaded."""
    app = _fact(service.get(service.root, "custom", "wsgi", "app"))
    return app if app is not None and "." in app.value else None


def _fact(node: Node | None) -> Fact[str] | None:
    return Fact(node.value, node.place) if node is not None and isinstance(node.value, str) else None


def _number(service: Service, function: Written, name: str, default: int) -> Fact[int] | None:
    node = service.setting(function, name)
    if node is None or (node.value is None and not isinstance(node, Unresolved)):
        return Fact(default, function.place)
    value = int(node.value) if isinstance(node.value, str) and node.value.isdecimal() else node.value
    return Fact(value, node.place) if isinstance(value, int) and not isinstance(value, bool) else None


def _environment(service: Service, function: Written) -> tuple[dict[str, Fact[str | None]], bool]:
    """The variables, the function's over the provider's, and whether there are no others."""
    found: dict[str, Fact[str | None]] = {}
    all_known = service.plain and "Environment" not in service.overridden(function.name)
    for section in (service.provider, function.node):
        node = service.get(section, "environment")
        all_known = all_known and not isinstance(node, Unresolved)
        all_known = all_known and (node is None or isinstance(node.value, (dict, type(None))))
        for name, written in node.items() if node is not None else ():
            value = service.variables.resolved(written)
            found[name] = Fact(scalar(value), value.place if value is not None else written.place)
    return found, all_known


def _from_image(service: Service, image: Node, deployment: Deployment) -> Deployment:
    """`image`: an address, the name of an image under `provider.ecr.images`, or a mapping with one of them and with a
    `command` over the Dockerfile's own."""
    name = scalar(image) if not isinstance(image.value, dict) else scalar(service.get(image, "name"))
    built = service.get(service.provider, "ecr", "images", name) if name else None
    folder = scalar(known(service.get(built, "path")))
    command = service.get(image, "command")
    first = _fact(next(iter(service.variables.elements(command)), command)) if command is not None else None
    found: Deployment | None = None
    if folder is not None:
        file = scalar(known(service.get(built, "file"))) or "Dockerfile"
        context = os.path.normpath(os.path.join(service.folder, folder))
        args = service.mapping(service.get(built, "buildArgs"))
        order = Order({key: scalar(value) for key, value in args}, command=first)
        found = image_at(os.path.join(context, file), service.files, context, order)
    handler = found.handler if found is not None and command is None else first
    if found is None or service.get(image, "entryPoint") is not None:
        uri = name or scalar(service.get(image, "uri")) or ""
        return replace(deployment, handler=handler, runtime=None, code=Code(archive=image_named(uri), image=uri))
    variables = {**found.variables, **deployment.variables}
    return replace(
        deployment,
        handler=handler,
        runtime=found.runtime,
        code=found.code,
        variables=variables,
        variables_known=deployment.variables_known and found.variables_known,
        python=True,
    )
