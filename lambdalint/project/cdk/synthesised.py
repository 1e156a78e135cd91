"""The templates that `cdk synth` has left in cdk.out, with the assets beside them.

https://docs.aws.amazon.com/cdk/v2/guide/configure-synth.html; the metadata is that of aws-cdk-lib/cx-api
(`aws:asset:path`). An asset is a copy: where the project has the same handler's file once, that is the function's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from lambdalint.finding import Place
from lambdalint.project.deployment import Code, Deployment, Layer
from lambdalint.project.listing import files_below
from lambdalint.project.reader import Files
from lambdalint.project.templates.functions import functions_of
from lambdalint.project.templates.packages import LocalPackages
from lambdalint.project.templates.scope import Scope
from lambdalint.project.templates.template import Resource, Template
from lambdalint.project.tree import read_tree

_OUT = "cdk.out"
#: The constructs that CDK brings with code of its own: no function of the project.
_OWN = ("CustomResourceProvider", "BucketNotificationsHandler", "LogRetention", "CustomCDKBucketDeployment")
_MAX_TEMPLATES = 50


def synthesised(folder: str, files: Files) -> Iterator[Deployment]:
    """The functions of the templates in an app's cdk.out.

    Raises:
        Unreadable: a template is no JSON, or past a bound.
    """
    out = os.path.join(folder, _OUT)
    names = [name for name in sorted(files.names(out)) if name.endswith(".template.json")]
    for name in names[:_MAX_TEMPLATES]:
        text = files.text(os.path.join(out, name))
        if text is None or b"aws:asset:path" not in text.data:
            continue
        template = Template(text, read_tree(text), {}, local=lambda path: files.text(os.path.join(out, path)))
        for deployment in functions_of(template, _Assets(template, files, folder), "CDK"):
            if not deployment.name.startswith(_OWN):
                yield deployment


class _Assets(LocalPackages):
    """The code of functions, by the assets that their metadata names."""

    def __init__(self, template: Template, files: Files, app: str) -> None:
        super().__init__(template, files, os.path.join(app, _OUT))
        self._app = app
        self._sources: dict[str, list[str]] | None = None

    def code(self, function: Resource, scope: Scope) -> Code:
        """The asset's folder, or the project's own that it was copied from."""
        asset = function.metadata(scope).get("aws:asset:path")
        if asset.text is None:
            return super().code(function, scope)
        folder = os.path.normpath(os.path.join(self._folder, asset.text))
        if not self._files.names(folder):
            return Code(place=asset.place)
        handler = function.value(scope, "Handler").text or ""
        module = handler.rpartition(".")[0].replace(".", "/") + ".py"
        original = self._original(folder, module)
        return Code(original or folder, asset.place, known=original is None)

    def layer(self, layer: Resource, scope: Scope, place: Place) -> Layer:
        """The content of a layer's asset."""
        asset = layer.metadata(scope).get("aws:asset:path")
        folder = os.path.normpath(os.path.join(self._folder, asset.text)) if asset.text is not None else None
        if folder is None or not self._files.names(folder):
            return Layer(place)
        return Layer(place, folder, known=True)

    def _original(self, asset: str, module: str) -> str | None:
        """The project's folder whose file is the same as the asset's, if there is one."""
        copy = self._files.text(os.path.join(asset, module))
        if copy is None:
            return None
        found = [
            path
            for path in self._paths().get(os.path.basename(module), ())
            if f"/{path}".endswith(f"/{module}") and self._same(os.path.join(self._app, path), copy.data)
        ]
        if len(found) != 1:
            return None
        return os.path.normpath(os.path.join(self._app, found[0].removesuffix(module)))

    def _same(self, path: str, data: bytes) -> bool:
        text = self._files.text(path)
        return text is not None and text.data == data

    def _paths(self) -> dict[str, list[str]]:
        """The project's Python files, by their last name."""
        if self._sources is None:
            self._sources = {}
            for path in files_below(self._files, self._app) or ():
                if path.endswith(".py") and not path.startswith(f"{_OUT}/"):
                    self._sources.setdefault(os.path.basename(path), []).append(path)
        return self._sources
