"""What a service puts in the package of a function, and in its layers.

https://www.serverless.com/framework/docs/providers/aws/guide/packaging,
https://www.serverless.com/framework/docs/providers/aws/guide/layers and, for what is installed,
https://github.com/serverless/serverless-python-requirements (built into version 4 of the Framework).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from lambdalint.finding import Place
from lambdalint.project.deployment import Code, Layer
from lambdalint.project.descriptors.serverless.globs import packaged
from lambdalint.project.descriptors.serverless.references import logical_ids
from lambdalint.project.descriptors.serverless.service import REQUIREMENTS_PLUGIN, Service, Written, logical_name
from lambdalint.project.descriptors.serverless.variables import Unresolved, known, scalar
from lambdalint.project.descriptors.tree import Node

#: Files that say what somebody installs into the package by hand, where no plugin does it.
_MANIFESTS = ("requirements.txt", "Pipfile", "pyproject.toml", "setup.py", "uv.lock", "poetry.lock")


def code_of(service: Service, function: Written, handler: str) -> Code:
    """The code of a function that is no image. A zip made elsewhere (`artifact`) holds what cannot be seen. `handler`:
    what tells the code by its module, "" where it is not known."""
    place = function.node.key_place("handler")
    package = service.get(function.node, "package")
    general = service.get(service.root, "package")
    if isinstance(package, Unresolved) or isinstance(general, Unresolved):
        return Code(folder=service.folder, place=place)
    alone = _true(service.get(package, "individually")) or _true(service.get(general, "individually"))
    for node in (package,) if _true(service.get(package, "individually")) else (package, general):
        if service.get(node, "artifact") is not None:
            return Code(_around(service, handler, (".",)), place)
    module = _module(service, function) if alone else ""
    if module is None:
        return Code(place=place)
    folder = os.path.normpath(os.path.join(service.folder, module))
    patterns = _patterns(service, (general, package) if alone else (general,))
    # a file from above is put into the package by its path below what it is taken from
    above = [match[0] for match in map(re.compile(r"(\.\./)+").match, patterns or ()) if match is not None]
    outside = _around(service, handler, above) if above and not _holds(service, handler, folder) else None
    if outside is not None:
        return Code(outside, place)
    files = packaged(service.files, service.folder, patterns) if patterns else None
    seen = files is not None or patterns == []
    if files is not None and module:
        inside = f"{module}/"
        files = frozenset(name[len(inside) :] for name in files if name.startswith(inside))
    manifests, installed = _requirements(service, folder)
    return Code(
        folder=folder,
        place=place,
        files=files,
        requirements=manifests,
        known=seen and installed and service.packs_plainly,
    )


def _holds(service: Service, handler: str, folder: str) -> bool:
    """Whether a folder has the module that a handler names."""
    module = handler.rpartition(".")[0].replace(".", "/")
    return bool(module) and service.files.text(os.path.join(folder, f"{module}.py")) is not None


def _around(service: Service, handler: str, paths: Iterable[str]) -> str | None:
    """The first of some folders, relative to the service's, that has the handler's module."""
    folders = (os.path.normpath(os.path.join(service.folder, path)) for path in paths)
    return next((folder for folder in folders if _holds(service, handler, folder)), None)


def _true(node: Node | None) -> bool:
    return node is not None and node.value in (True, "true")


def _module(service: Service, function: Written) -> str | None:
    """The folder that the requirements plugin puts at the package's top, "" for none; None where it is not known."""
    node = service.get(function.node, "module")
    if node is None or REQUIREMENTS_PLUGIN not in (service.plugins or ()):
        return ""
    written = scalar(node)
    folder = os.path.normpath(written).replace(os.sep, "/") if written is not None else ".."
    if folder.startswith((".", "/")):
        return "" if folder == "." else None
    return folder


def _patterns(service: Service, packages: tuple[Node | None, ...]) -> list[str] | None:
    """`exclude`, then `include` and `patterns`, of the service and then of the function, as one list of patterns; None
    where one of them cannot be known. What is left out without being asked for is no Python code."""
    found: list[str] = []
    for names, sign in ((("exclude",), "!"), (("include", "patterns"), "")):
        for package in packages:
            for name in names:
                node = service.get(package, name)
                elements = service.variables.elements(node)
                texts = [element.value for element in elements if isinstance(element.value, str)]
                if isinstance(node, Unresolved) or len(texts) < len(elements):
                    return None
                found += [text[1:] if sign and text.startswith("!") else sign + text for text in texts]
    return found


# -- what is installed beside the code -----------------------------------------------------------------------------


def _options(service: Service) -> Node | None:
    return service.get(service.root, "custom", "pythonRequirements")


def _requirements(service: Service, folder: str) -> tuple[tuple[str, ...], bool]:
    """The manifests whose distributions are put in the package of what is in `folder`, and whether these are all."""
    options = _options(service)
    plugged = REQUIREMENTS_PLUGIN in (service.plugins or ())
    if not plugged and service.version is not None and service.version >= 4:
        plugged = options is not None
    manifests, known_ones = _manifests(service, folder)
    if not plugged:
        # somebody may install them by hand before each deployment
        names = service.files.names(folder) | service.files.names(service.folder)
        return manifests, not names.intersection(_MANIFESTS) and options is None
    layer = service.get(options, "layer")
    if layer is not None and layer.value not in (False, None):
        return (), not isinstance(layer, Unresolved)
    return manifests, known_ones and not any(service.get(options, name) for name in ("vendor", "zip", "dockerFile"))


def _manifests(service: Service, folder: str) -> tuple[tuple[str, ...], bool]:
    """The manifest that the plugin reads for a folder: of Poetry, of uv, of Pipenv, or a list of requirements."""
    options = _options(service)
    name = service.get(options, "fileName")
    if isinstance(options, Unresolved) or isinstance(name, Unresolved):
        return (), False
    used = {tool: _used(service.get(options, f"use{tool}")) for tool in ("Poetry", "Pipenv", "Uv")}
    names = service.files.names(folder)
    project = os.path.join(folder, "pyproject.toml")
    if used["Poetry"] and "pyproject.toml" in names and _is_poetry(service, project):
        return (project,), True
    if used["Uv"] and "uv.lock" in names and "pyproject.toml" in names and service.version == 4:
        return (project,), True
    if used["Pipenv"] and "Pipfile" in service.files.names(service.folder):
        return (os.path.join(service.folder, "Pipfile"),), True
    path = os.path.normpath(os.path.join(folder, scalar(known(name)) or "requirements.txt"))
    if os.path.basename(path) in service.files.names(os.path.dirname(path)):
        return (path,), True
    return (), True


def _used(node: Node | None) -> bool:
    return node is None or node.value is not False


def _is_poetry(service: Service, project: str) -> bool:
    """The plugin's own test: something that `build-system.requires` names begins with `poetry`."""
    import tomli

    text = service.files.text(project)
    try:
        system = tomli.loads(text.text).get("build-system") if text is not None else None
    except (tomli.TOMLDecodeError, RecursionError):
        return False
    needed = system.get("requires") if isinstance(system, dict) else None
    return isinstance(needed, list) and any(isinstance(name, str) and name.startswith("poetry") for name in needed)


# -- layers --------------------------------------------------------------------------------------------------------


def layers_of(service: Service, function: Written) -> tuple[tuple[Layer, ...], bool]:
    """A function's layers, and whether there are no others. Its own replace the provider's."""
    node = service.setting(function, "layers")
    elements = service.variables.elements(node)
    plain = not isinstance(node, Unresolved) and (node is None or isinstance(node.value, (list, type(None))))
    known_all = plain and service.packs_plainly and "Layers" not in service.overridden(function.name)
    return tuple(_layer(service, element) for element in elements), known_all


def _layer(service: Service, node: Node) -> Layer:
    """`Ref: CommonLambdaLayer` is the layer `common` of this service, or what the requirements plugin makes."""
    ids = logical_ids(service, node)
    if "PythonRequirementsLambdaLayer" in ids:
        manifests, all_known = _manifests(service, service.folder)
        return Layer(node.place, requirements=manifests, known=all_known)
    for name, place, written in _written_layers(service):
        if ids == {f"{logical_name(name)}LambdaLayer"}:
            path = scalar(service.get(written, "path"))
            made = service.get(written, "package") is not None or path is None
            folder = None if made or path is None else os.path.normpath(os.path.join(service.folder, path))
            return Layer(place, folder=folder, known=folder is not None and service.packs_plainly)
    return Layer(node.place)


def _written_layers(service: Service) -> Iterator[tuple[str, Place, Node | None]]:
    layers = service.get(service.root, "layers")
    for name, written in layers.items() if layers is not None else ():
        yield name, layers.key_place(name) if layers is not None else written.place, service.variables.resolved(written)
