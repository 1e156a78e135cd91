"""Where the code and the layers of a template's functions stand.

`sam build` copies the folder and installs its requirements.txt (with `BuildMethod: python-uv` what pyproject.toml and
uv.lock say); `aws cloudformation package` takes the folder as it is. Whoever deploys may use either, so that a
requirements.txt counts as installed.
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/building-lambda-functions.html
https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
"""

from __future__ import annotations

import os
import re
from typing import Protocol

from lambdalint.finding import Place
from lambdalint.project.deployment import Code, Deployment, Fact, Layer
from lambdalint.project.descriptors.dockerfile import Order
from lambdalint.project.descriptors.images import image_at
from lambdalint.project.descriptors.inline import InlineSource
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.templates.scope import Scope
from lambdalint.project.descriptors.templates.template import Resource, Template
from lambdalint.project.descriptors.templates.values import Value

_PIP = "requirements.txt"
#: Manifests that `sam build` does not read unless it is told to: something else builds what they are for.
_OTHERS = frozenset({"Pipfile", "Pipfile.lock", "poetry.lock", "pyproject.toml", "setup.py", "uv.lock"})
_BY_UV = (_PIP, "pyproject.toml", "uv.lock")
_ARCHIVES = (".zip", ".jar", ".tar.gz", ".whl")
_PYTHON = re.compile(r"python3\.\d+|python-uv")


class Packages(Protocol):
    """Says where the code of a function stands, and the content of a layer version."""

    def code(self, function: Resource, scope: Scope) -> Code: ...

    def image(self, function: Resource, scope: Scope) -> Deployment | None:
        """What the image of a function says of itself, where it is known what builds it."""
        ...

    def layer(self, layer: Resource, scope: Scope, place: Place) -> Layer:
        """`place`: where a function names it."""
        ...


class LocalPackages:
    """Code that is written in the template, or stands in a folder that it names relative to itself.

    Args:
        folder: the template's own folder, absolute.
    """

    def __init__(self, template: Template, files: Files, folder: str) -> None:
        self._template = template
        self._files = files
        self._folder = folder
        self._inline: dict[int, InlineSource] = {}
        settings = files.text(os.path.join(folder, "samconfig.toml"))
        #: `sam build --base-dir` makes paths relative to another folder.
        self._elsewhere = settings is not None and re.search(rb"(?m)^\s*base_dir\s*=", settings.data) is not None

    def code(self, function: Resource, scope: Scope) -> Code:
        """Where the code stands of a function that is no image."""
        if function.type == "AWS::Serverless::Function":
            inline, where = function.value(scope, "InlineCode"), function.value(scope, "CodeUri")
            default: str | None = "."
        else:
            where = function.value(scope, "Code")
            inline = where.get("ZipFile") if where.is_map else where.nothing()
            default = None
        if not inline.absent:
            return self._written(inline, function, scope)
        text = default if where.absent else where.text
        if text is None or "://" in text:
            key = where.get("S3Key" if default is None else "Key") if where.is_map else where
            return Code(place=where.place, archive=archive_named(key.canonical))
        return self._folder_of(text, where.place, function, scope)

    def image(self, function: Resource, scope: Scope) -> Deployment | None:
        """What the Dockerfile says that `sam build` makes the image of. It is relative to its context.

        https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-build.html
        """
        metadata = function.metadata(scope)
        context, name = metadata.get("DockerContext"), metadata.get("Dockerfile")
        folder = self._local(context.text) if context.text is not None else None
        file = "Dockerfile" if name.absent else name.text
        order = order_of(function, scope, metadata.get("DockerBuildArgs"), metadata.get("DockerBuildTarget"))
        if folder is None or file is None or order is None:
            return None
        return image_at(os.path.normpath(os.path.join(folder, file)), self._files, folder, order)

    def _written(self, code: Value, function: Resource, scope: Scope) -> Code:
        """Inline code, where it is known and surely Python."""
        runtime = function.value(scope, "Runtime").text or ""
        text = code.text
        if text is None or not runtime.startswith("python3"):
            return Code(place=code.place, known=text is not None)
        source = self._inline.get(id(code.node))
        if source is None or source.data != text.encode():
            source = self._inline[id(code.node)] = InlineSource(self._template.text, code.node, text)
        return Code(place=code.place, inline=source, known=True)

    def _folder_of(self, text: str, place: Place, function: Resource, scope: Scope) -> Code:
        path = self._local(text)
        metadata = function.metadata(scope)
        if path is None or not metadata.get("BuildProperties", "ParentPackageMode").absent:
            return Code(place=place, archive=archive_named(text))
        folder, name = os.path.split(path)
        if name.endswith(_ARCHIVES):
            return Code(place=place, archive=archive_named(path))
        if not self._files.names(path) and name in self._files.names(folder):
            # one file is zipped alone
            alone = Code(folder, place, files=frozenset({name}), known=True)
            return alone if name.endswith(".py") else Code(place=place)
        manifests, known = self._built(path, metadata.get("BuildMethod"))
        return Code(path, place, requirements=manifests, known=known)

    def _local(self, text: str) -> str | None:
        """The path that a template means by a text; None for an address, or where another folder counts."""
        if "://" in text or self._elsewhere or "\0" in text:
            return None
        return os.path.normpath(os.path.join(self._folder, text))

    def _built(self, folder: str, method: Value) -> tuple[tuple[str, ...], bool]:
        """The manifests whose distributions are installed beside a folder's content, and whether that is all."""
        names = self._files.names(folder)
        if not method.absent and not _PYTHON.fullmatch(method.text or ""):
            return tuple(os.path.join(folder, name) for name in _BY_UV if name in names), False
        by_uv = method.text == "python-uv"
        found = [name for name in (_BY_UV if by_uv else (_PIP,)) if name in names]
        known = bool(names) and (bool(found) or _OTHERS.isdisjoint(names))
        return tuple(os.path.join(folder, name) for name in found), known

    def layer(self, layer: Resource, scope: Scope, place: Place) -> Layer:
        """A layer version. A build method puts the folder's content, and what it requires, into /opt/python; else the
        folder is /opt. What an installer put there git is told to ignore, so that its content is known only where
        nothing tells of an installer."""
        where = layer.value(scope, "ContentUri" if layer.type == "AWS::Serverless::LayerVersion" else "Content")
        path = self._local(where.text) if where.text is not None else None
        if path is None or not self._files.names(path):
            return Layer(place)
        method = layer.metadata(scope, "BuildMethod")
        if method.absent:
            inner = os.path.join(path, "python")
            names, within = self._files.names(path), self._files.names(inner)
            manifests = [os.path.join(at, _PIP) for at, here in ((path, names), (inner, within)) if _PIP in here]
            alone = not manifests and _OTHERS.isdisjoint(names | within)
            return Layer(place, path, tuple(manifests), known=alone and _has_modules(within))
        if not _PYTHON.fullmatch(method.text or ""):
            return Layer(place)
        manifests_of_build, known = self._built(path, method)
        return Layer(place, path, manifests_of_build, known, prefix="python")


def is_image(function: Resource, scope: Scope) -> bool:
    """Whether a function's code is an image."""
    if (function.value(scope, "PackageType").text or "") == "Image":
        return True
    code = function.value(scope, "Code")
    uri = code.get("ImageUri") if code.is_map else function.value(scope, "ImageUri")
    return not uri.absent


def order_of(function: Resource, scope: Scope, args: Value, target: Value) -> Order | None:
    """How a function's image is built and run; None where it is not known which stage it is."""
    if not target.absent and target.text is None:
        return None
    given = {name: value.text for name, value in args.items()}
    return Order(given, target.text, command_of(function, scope))


def command_of(function: Resource, scope: Scope) -> Fact[str] | None:
    """The handler of an image by the command that is given to it: its one word."""
    words = function.value(scope, "ImageConfig", "Command").elements()
    return words[0].fact() if len(words) == 1 else None


def archive_named(path: str) -> str:
    """A path or key without the suffix of its last name, and without what is not known of it."""
    known = re.sub(r"\$\{[^}]*\}", "", path).rstrip("/")
    folder, slash, name = known.rpartition("/")
    return folder + slash + name.partition(".")[0]


def image_named(uri: str) -> str:
    """The same of an image: its tag may tell which of a repository's it is."""
    return archive_named(uri.replace(":", "/"))


def _has_modules(names: frozenset[str]) -> bool:
    return any(not name.startswith(".") for name in names)
