"""What an import finds in what is deployed, by its first name: the code folder, what is installed beside it, layers,
and what the runtime brings."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from lambdalint.project.deployment import Deployment, Layer
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.packaging import known
from lambdalint.project.packaging.manifests import Manifest, read

#: What stands in /var/runtime, and beside pip in the interpreter's own folder, of every Python runtime and base image.
#: https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html (boto3 and botocore), awslambdaric's requirements.
RUNTIME = frozenset({
    "boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six",
    "awslambdaric", "runtime_client", "bootstrap", "simplejson", "snapshot_restore_py",
    "pip", "setuptools", "pkg_resources", "_distutils_hack",
})  # fmt: skip
#: What CloudFormation puts beside code that is written in a template:
#: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
INLINE = frozenset({"cfnresponse", "index"})


@dataclass(frozen=True, slots=True)
class Package:
    """What is deployed, for imports.

    `names`: first names of modules that are there, those of the runtime among them. `seen`: what is installed could be
    seen: the code is written in the descriptor, or there is a manifest. `open`: something that cannot be seen may be
    there besides. `manifest`: the manifest of the code, as people see it. `installed`: of the names, those that a
    manifest brings: they lie under what stands in the code folder.
    """

    names: frozenset[str]
    seen: bool = False
    open: bool = False
    manifest: str | None = None
    installed: frozenset[str] = frozenset()

    def lacks(self, name: str) -> bool:
        """Whether surely no module of this first name is there, the standard library left aside.

        Only of what a known distribution brings: other names are a project's own, which a build may put there. Not of
        names that many distributions share.
        """
        return self.seen and not self.open and name not in self.names and 0 < len(known.providers(name)) < 3

    def lies_over(self, name: str) -> bool:
        """Whether a package of this first name in the code folder may lie over one that is installed there."""
        return name in self.installed or (self.open and bool(known.providers(name)))


def package_of(deployment: Deployment, files: Files) -> Package:
    """What a deployment deploys."""
    code = deployment.code
    names = set(RUNTIME)
    open = not code.known or not deployment.layers_known or "PYTHONPATH" in deployment.variables
    if code.inline is not None:
        names |= INLINE
    elif code.folder is None:
        open = True
    elif code.prefix:
        names.add(code.prefix.split("/")[0])
    else:
        listed = files.names(code.folder)
        names |= _modules(listed if code.files is None else (file.split("/")[0] for file in code.files))
        open = open or not listed
    for layer in deployment.layers:
        open = open or not layer.known
        if layer.folder is not None:
            names |= _layer(layer, files)
    manifests = [read(path, files) for path in code.requirements]
    layered = [read(path, files) for layer in deployment.layers for path in layer.requirements]
    installed: set[str] = set()
    for manifest in (*manifests, *layered):
        brought, all_known = _brought(manifest)
        names |= brought
        installed |= brought
        open = open or not all_known
    first = files.text(code.requirements[0]) if code.requirements else None
    return Package(
        frozenset(names),
        seen=code.inline is not None or bool(manifests),
        open=open,
        manifest=first.path if first is not None else None,
        installed=frozenset(installed),
    )


def _modules(entries: Iterable[str]) -> set[str]:
    """The modules and packages among the names in a folder: `a.py`, `a.cpython-312-x86_64-linux-gnu.so`, `a`."""
    return {entry.partition(".")[0] for entry in entries}


def _layer(layer: Layer, files: Files) -> set[str]:
    """What of a layer is on sys.path: /opt/python, and the folder of installed packages below it."""
    assert layer.folder is not None
    if layer.prefix not in ("", "python"):
        return set()
    python = layer.folder if layer.prefix else os.path.join(layer.folder, "python")
    found = _modules(files.names(python))
    for version in files.names(os.path.join(python, "lib")):
        found |= _modules(files.names(os.path.join(python, "lib", version, "site-packages")))
    return found


def _brought(manifest: Manifest) -> tuple[set[str], bool]:
    """The first names of what a manifest installs, and whether that is all of it."""
    names: set[str] = set()
    complete = not manifest.unknown
    waiting = list(manifest.distributions.items())
    seen: set[str] = set()
    while waiting:
        name, specifier = waiting.pop()
        names |= {name.replace("-", "_"), name.replace("-", ""), name}
        modules = known.modules(name)
        names |= set(modules or ())
        complete = complete and modules is not None
        if name in seen or manifest.complete:
            continue
        seen.add(name)
        requires = known.requires(name)
        if requires is None or _is_older(specifier, requires.since):
            complete = False
        else:
            waiting += [(one, "") for one in requires.names]
    return names, complete


def _is_older(specifier: str, since: str) -> bool:
    """Whether a version specifier may choose one older than a version."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version

    try:
        wanted = list(SpecifierSet(specifier))
        return any(
            one.operator in ("==", "===", "<", "<=", "~=") and Version(one.version.removesuffix(".*")) < Version(since)
            for one in wanted
        )
    except (InvalidSpecifier, InvalidVersion):
        return True
