"""The templates that `cdk synth` has left in cdk.out, with the assets beside them.

https://docs.aws.amazon.com/cdk/v2/guide/configure-synth.html; the metadata is that of aws-cdk-lib/cx-api
(`aws:asset:path`, which is relative to the template's folder; `aws:asset:dockerfile-path`), and a stage of a pipeline
has a folder `assembly-...` of its own. checked = 2026-11-29

An asset is a copy: where the project has the files that it was copied from, the function is theirs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from lambdalint.finding import Place
from lambdalint.project.deployment import Code, Deployment, Layer
from lambdalint.project.descriptors.cdk.originals import Originals
from lambdalint.project.descriptors.images import image_at
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.templates.functions import functions_of
from lambdalint.project.descriptors.templates.packages import LocalPackages, order_of
from lambdalint.project.descriptors.templates.scope import Scope
from lambdalint.project.descriptors.templates.template import Resource, Template
from lambdalint.project.descriptors.tree import read_tree

OUT = "cdk.out"
_STAGE = "assembly-"
#: The constructs that CDK brings with code of its own: no function of the project. By the logical id, or by a part of
#: the path of the construct.
_OWN = (
    "@aws-cdk--", "AWSCDK", "BucketNotificationsHandler", "Custom::", "CustomCDKBucketDeployment",
    "CustomResourceProvider", "LogRetention", "framework-",
)  # fmt: skip
_MAX_TEMPLATES = 50
_MAX_DEPTH = 4


def synthesised(folder: str, files: Files) -> Iterator[Deployment]:
    """The functions of the templates in an app's cdk.out.

    Raises:
        Unreadable: a template is no JSON, or past a bound.
    """
    originals = Originals(files, folder, OUT)
    for path in list(_templates(os.path.join(folder, OUT), files, 0))[:_MAX_TEMPLATES]:
        text = files.text(path)
        if text is None or b'"AWS::Lambda::Function"' not in text.data:
            continue
        template = Template(text, read_tree(text), {}, local=lambda _: None)
        assets = _Assets(template, files, os.path.dirname(path), originals)
        for deployment in functions_of(template, assets, "CDK"):
            if not _is_own(template, deployment.name):
                yield assets.settled(deployment)


def _templates(out: str, files: Files, depth: int) -> Iterator[str]:
    """The templates of an assembly, and of the assemblies that its stages have inside it."""
    names = sorted(files.names(out))
    yield from (os.path.join(out, name) for name in names if name.endswith(".template.json"))
    if depth < _MAX_DEPTH:
        for name in names:
            if name.startswith(_STAGE):
                yield from _templates(os.path.join(out, name), files, depth + 1)


def _is_own(template: Template, name: str) -> bool:
    resource = template.resources.get(name)
    path = resource.metadata(template.certain).get("aws:cdk:path").text if resource is not None else None
    return any(part.startswith(_OWN) for part in (name, *(path or "").split("/")))


class _Assets(LocalPackages):
    """The code of functions, by the assets that their metadata names."""

    def __init__(self, template: Template, files: Files, folder: str, originals: Originals) -> None:
        super().__init__(template, files, folder)
        self._originals = originals
        self._stale: set[str] = set()  # the folders that have changed since

    def settled(self, deployment: Deployment) -> Deployment:
        """A function whose code has changed since the template was made may be deployed with other settings by now."""
        if deployment.code.folder not in self._stale:
            return deployment
        return replace(deployment, variables_known=False, layers_known=False)

    def code(self, function: Resource, scope: Scope) -> Code:
        """The asset's folder, or the project's own that it was copied from."""
        asset = function.metadata(scope).get("aws:asset:path")
        folder = self._asset(asset.text)
        if asset.text is None:
            return super().code(function, scope)
        if folder is None:
            return Code(place=asset.place)
        module = (function.value(scope, "Handler").text or "").rpartition(".")[0].replace(".", "/") + ".py"
        original = self._originals.of(folder, module)
        if original is None:
            return Code(folder, asset.place, known=True)
        if not original.same:
            self._stale.add(original.folder)
        return Code(original.folder, asset.place)

    def layer(self, layer: Resource, scope: Scope, place: Place) -> Layer:
        """The content of a layer's asset."""
        asset = layer.metadata(scope).get("aws:asset:path")
        folder = self._asset(asset.text)
        return Layer(place, folder, known=True) if folder is not None else Layer(place)

    def image(self, function: Resource, scope: Scope) -> Deployment | None:
        """What the Dockerfile of an image's asset says, of the project's own folder where there is one."""
        metadata = function.metadata(scope)
        folder = self._asset(metadata.get("aws:asset:path").text)
        name = metadata.get("aws:asset:dockerfile-path")
        file = "Dockerfile" if name.absent else name.text
        args, target = metadata.get("aws:asset:docker-build-args"), metadata.get("aws:asset:docker-build-target")
        order = order_of(function, scope, args, target)
        if folder is None or file is None or order is None:
            return None
        original = self._originals.of(folder, file)
        folder = original.folder if original is not None else folder
        return image_at(os.path.normpath(os.path.join(folder, file)), self._files, folder, order)

    def _asset(self, path: str | None) -> str | None:
        """The folder of an asset, if it is there."""
        folder = os.path.normpath(os.path.join(self._folder, path)) if path is not None and "\0" not in path else None
        return folder if folder is not None and self._files.names(folder) else None
