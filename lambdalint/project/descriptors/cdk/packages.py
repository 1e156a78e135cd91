"""The code, the layers and the images of an app's functions.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda/Code.html; of a PythonFunction
https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda_python_alpha/README.html. checked = 2026-11-29
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from lambdalint.finding import Place
from lambdalint.project.deployment import Code, Deployment, Fact, Layer
from lambdalint.project.descriptors.cdk.bundling import bundled, python_of
from lambdalint.project.descriptors.cdk.constructs import (
    Construct,
    Constructs,
    elements,
    entries,
    known,
    name_of,
    short_name,
)
from lambdalint.project.descriptors.cdk.literal import LiteralSource
from lambdalint.project.descriptors.cdk.owners import CFN
from lambdalint.project.descriptors.dockerfile import Order
from lambdalint.project.descriptors.images import built_at, image_at
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.templates.packages import archive_named, image_named

if TYPE_CHECKING:
    from lambdalint.interpreter.shapes import Shape

#: The static methods of Code are those of the classes that derive from it too.
_CLASSES = ("AssetCode", "AssetImageCode", "Code", "EcrImageCode", "InlineCode", "S3Code")
_FROM_FOLDER = (
    "aws_lambda.AssetCode",
    *(f"aws_lambda.{one}.{way}" for one in _CLASSES for way in ("from_asset", "asset")),
)
_WRITTEN = (
    "aws_lambda.InlineCode",
    *(f"aws_lambda.{one}.{way}" for one in _CLASSES for way in ("from_inline", "inline")),
)
_BUILT = tuple(f"aws_lambda.{one}.from_docker_build" for one in _CLASSES)
_IMAGE = (
    "aws_lambda.AssetImageCode",
    "aws_lambda.DockerImageCode.from_image_asset",
    *(f"aws_lambda.{one}.from_asset_image" for one in _CLASSES),
)
_REGISTRY = (
    "aws_lambda.EcrImageCode",
    "aws_lambda.DockerImageCode.from_ecr",
    *(f"aws_lambda.{one}.from_ecr_image" for one in _CLASSES),
)
_ARCHIVES = (".zip", ".jar")
#: What a PythonFunction or a PythonLayerVersion installs, where it stands beside the code.
_MANIFESTS = ("Pipfile.lock", "poetry.lock", "uv.lock", "requirements.txt")


class Packages:
    """Finds what is packaged. Relative paths are those of the folder in which the app runs."""

    def __init__(self, constructs: Constructs, folder: str, files: Files) -> None:
        self._constructs, self._folder, self._files = constructs, folder, files
        self._inline: dict[Place, LiteralSource] = {}

    def plain(self, construct: Construct) -> tuple[Fact[str] | None, Code]:
        """The handler and the code of a Function."""
        handler, written = construct.text(construct.given("handler")), construct.given("code")
        if construct.name in CFN:
            return self._of_resource(construct, handler, written)
        made = self._constructs.made_by(written, *_FROM_FOLDER, *_WRITTEN, *_BUILT)
        if made is None:
            return handler, Code(place=construct.at(written))
        if made.name in _WRITTEN:
            return self._written(handler, made, made.argument(0, "code"))
        if made.name in _BUILT:
            return handler, self._built(made, handler)
        path = made.argument(0, "path")
        code = self._folder_of(known(path), made.at(path))
        return handler, bundled(self._constructs, made.given("bundling"), code, handler, self._files)

    def _of_resource(
        self, construct: Construct, handler: Fact[str] | None, written: Shape | None
    ) -> tuple[Fact[str] | None, Code]:
        made = self._constructs.made_by(written, "aws_lambda.CfnFunction.CodeProperty")
        text = made.given("zip_file") if made is not None else None
        if made is None or text is None:
            return handler, Code(place=construct.at(written))
        return self._written(handler, made, text)

    def by_entry(self, construct: Construct) -> tuple[Fact[str] | None, Code]:
        """The handler and the code of a PythonFunction: a folder, a file in it (index.py) and a function of that
        (handler). Its bundling copies the folder, and installs what the manifest in it names."""
        index, function = construct.given("index"), construct.given("handler")
        settled = not construct.open
        file = known(index) if index is not None else "index.py" if settled else None
        name = known(function) if function is not None else "handler" if settled else None
        entry = construct.given("entry")
        code = self._folder_of(known(entry), construct.at(entry))
        here = code.folder is not None and bool(self._files.names(code.folder))
        if code.folder is not None and here and settled and construct.given("bundling") is None:
            code = replace(code, requirements=self._manifests(code.folder), known=True)
        if not isinstance(file, str) or not isinstance(name, str):
            return None, code
        written = function if function is not None else index
        place = construct.at(written) if written is not None else construct.place
        return Fact(f"{file.removesuffix('.py').replace('/', '.')}.{name}", place), code

    def _built(self, made: Construct, handler: Fact[str] | None) -> Code:
        """The code that building an image leaves in a folder of it."""
        place, folder = made.at(made.argument(0, "path")), self._local(known(made.argument(0, "path")))
        file, root = made.given("file"), made.given("image_path")
        name = known(file) if file is not None else "Dockerfile"
        inside = known(root) if root is not None else "/asset"
        if folder is None or not isinstance(name, str) or not isinstance(inside, str) or made.open:
            return Code(place=place)
        path = os.path.normpath(os.path.join(folder, name))
        return replace(built_at(path, self._files, folder, inside, handler), place=place)

    def _folder_of(self, path: object, place: Place) -> Code:
        """The code of a folder of the project. What a build before `cdk synth` puts into it is not seen; it may make
        the whole folder, or an archive."""
        folder = self._local(path)
        if folder is None or not folder.endswith(_ARCHIVES):
            return Code(folder, place)
        return Code(place=place, archive=archive_named(folder))

    def _local(self, path: object) -> str | None:
        return (
            os.path.normpath(os.path.join(self._folder, path)) if isinstance(path, str) and "\0" not in path else None
        )

    def _manifests(self, folder: str) -> tuple[str, ...]:
        return tuple(os.path.join(folder, name) for name in _MANIFESTS if name in self._files.names(folder))

    # -- inline ----------------------------------------------------------------------------------------------------

    def _written(
        self, handler: Fact[str] | None, made: Construct, shape: Shape | None
    ) -> tuple[Fact[str] | None, Code]:
        """Inline code: a text of the app, or what it has read from a file."""
        place, text = made.at(shape), known(shape)
        if isinstance(text, str):
            if place not in self._inline:
                self._inline[place] = LiteralSource(place, text)
            return handler, Code(place=place, inline=self._inline[place], known=True)
        opened = self._constructs.made_by(shape, "open.read")
        opened = self._constructs.made_by(opened.receiver, "open") if opened is not None else None
        path = self._local(known(opened.argument(0, "file"))) if opened is not None else None
        if path is None or handler is None or not path.endswith(".py"):
            return handler, Code(place=place)
        folder, file = os.path.split(path)
        module, _, name = handler.value.rpartition(".")
        if module != "index" or file not in self._files.names(folder):
            return handler, Code(place=place)
        # the file is the module `index`; it is shown under its own name
        alone = Code(folder, place, files=frozenset({file}), known=True)
        return Fact(f"{file.removesuffix('.py')}.{name}", handler.place), alone

    # -- layers ----------------------------------------------------------------------------------------------------

    def layer(self, shape: Shape, place: Place) -> Layer:
        """A layer: its folder is /opt, of a PythonLayerVersion it is /opt/python. What a build puts into it is not
        seen."""
        made = self._constructs.maker(shape)
        if made is None or short_name(name_of(shape)) != made.name:
            return Layer(place)
        if made.name == "aws_lambda_python.PythonLayerVersion":
            folder = self._local(known(made.given("entry")))
            if folder is None or not self._files.names(folder):
                return Layer(place)
            settled = not made.open and made.given("bundling") is None
            return Layer(place, folder, self._manifests(folder), settled, prefix="python")
        code = self._constructs.made_by(made.given("code"), *_FROM_FOLDER) if made.method == "LayerVersion" else None
        folder = self._local(known(code.argument(0, "path"))) if code is not None else None
        if code is None or folder is None or not self._files.names(folder):
            return Layer(place)
        python = python_of(self._constructs, code.given("bundling"), folder, self._files)
        return Layer(place, python, prefix="python") if python is not None else Layer(place, folder)

    # -- images ----------------------------------------------------------------------------------------------------

    def image(self, construct: Construct, written: Shape | None) -> Deployment:
        """What an image runs: the command that the app gives, or its Dockerfile's."""
        empty = Deployment("", "CDK", construct.place)
        elsewhere = self._constructs.made_by(written, *_REGISTRY)
        if elsewhere is not None and not elsewhere.open:
            tag = self._tag(elsewhere)
            code = Code(place=elsewhere.place, archive=image_named(tag), image=tag)
            return replace(empty, handler=self._command(elsewhere), code=code, variables_known=False)
        made = self._constructs.made_by(written, *_IMAGE)
        folder = self._local(known(made.argument(0, "directory"))) if made is not None else None
        if made is None or folder is None or made.open:
            return empty
        file = made.given("file")
        name = known(file) if file is not None else "Dockerfile"
        found, command = None, self._command(made)
        order = _order(made, command)
        if isinstance(name, str) and order is not None:
            found = image_at(os.path.normpath(os.path.join(folder, name)), self._files, folder, order)
        found = found or empty
        own = made.given("cmd") is None and made.given("entrypoint") is None
        return replace(found, handler=found.handler if own else command, variables_known=False)

    def _tag(self, made: Construct) -> str:
        """What is known of an image's name in a registry: the name of its repository, and its tag."""
        repository = self._constructs.maker(made.argument(0, "repository"))
        names = [repository.given("repository_name")] if repository is not None else []
        texts = (known(shape) for shape in (*names, made.given("tag_or_digest", "tag")))
        return ":".join(text for text in texts if isinstance(text, str))

    def _command(self, made: Construct) -> Fact[str] | None:
        """The handler by the command that the app gives: its one word."""
        words, complete = elements(made.given("cmd"))
        alone = made.given("entrypoint") is None and complete and len(words) == 1
        return made.text(words[0]) if alone else None


def _order(made: Construct, command: Fact[str] | None) -> Order | None:
    """How an image is built and run; None where it is not known which stage it is."""
    target = made.given("target")
    name = known(target)
    if target is not None and not isinstance(name, str):
        return None
    values = {key: known(entry.value) if entry.sure else None for key, entry in entries(made.given("build_args"))[0]}
    args = {key: value if isinstance(value, str) else None for key, value in values.items()}
    return Order(args, name if isinstance(name, str) else None, command)
