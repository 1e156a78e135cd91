"""The module terraform-aws-modules/lambda/aws, which makes a function, its package and its triggers by itself.

Read from its README, variables.tf, main.tf and package.py: https://github.com/terraform-aws-modules/terraform-aws-lambda
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from lambdalint.finding import Place
from lambdalint.project.deployment import Code, Layer
from lambdalint.project.descriptors.terraform.modules import Instance
from lambdalint.project.descriptors.terraform.packages import Packages, Source, code_of
from lambdalint.project.descriptors.terraform.values import Value

_SOURCE = re.compile(
    r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?terraform-aws-modules/lambda/aws/?"
    r"|(?:git::)?(?:https://|ssh://|git@)?(?:git@)?github\.com[/:]terraform-aws-modules/terraform-aws-lambda(?:\.git)?/?(?:\?.*)?"
)


def is_lambda_module(instance: Instance) -> bool:
    """Whether a `module` block calls it, or the project's copy of it."""
    source = instance.text("source") if instance.kind == "module" else None
    return instance.packs or (source is not None and _SOURCE.fullmatch(source) is not None)


def makes_function(instance: Instance) -> bool:
    """Whether a call of it makes a function, as far as is known."""
    off = [instance.get("create"), instance.get("create_function")]
    layer = instance.get("create_layer")
    return all(value is None or value.truth is not False for value in off) and (layer is None or layer.truth is False)


def module_code(instance: Instance, handler: str | None, packages: Packages) -> Code:
    """The code of the function: what `source_path` names, and the distributions of the manifests there."""
    written = instance.likely("source_path")
    elsewhere = [instance.get(name) for name in ("local_existing_package", "s3_existing_package")]
    create = instance.get("create_package")
    if any(value is not None for value in elsewhere) or (create is not None and create.truth is False):
        place = next((value.place for value in (*elsewhere, create) if value is not None), instance.place)
        found = packages.found(instance, handler, (written, *elsewhere)) if handler is not None else None
        return found or Code(place=place)
    if written is None:
        return Code(place=instance.place)
    sources, requirements, known = _packed(written, instance, packages)
    code = code_of(sources, requirements, handler, instance.module.world.files)
    if not known or not code.known:
        code = Code(code.folder, code.place or written.place, None, code.files, code.prefix, code.requirements)
    return code


def layer_of_module(instance: Instance, place: Place, packages: Packages) -> Layer:
    """The layer that a call of it makes."""
    written = instance.get("source_path")
    if not is_lambda_module(instance) or written is None:
        return Layer(place)
    sources, requirements, known = _packed(written, instance, packages)
    whole = [source for source in sources if source.files is None and not source.prefix]
    folder = whole[0].folder if len(whole) == 1 else None
    return Layer(place, folder, tuple(requirements), known and len(sources) == len(whole) <= 1)


def _packed(written: Value, instance: Instance, packages: Packages) -> tuple[list[Source], list[str], bool]:
    """What is packed, the manifests that are installed, and whether that is all."""
    runtime = instance.text("runtime")
    sources: list[Source] = []
    requirements: list[str] = []
    known = written.known
    for one in written.elements() if isinstance(written.data, tuple) else (written,):
        path = one.get("path") if isinstance(one.data, dict) else one
        prefix = one.get("prefix_in_zip")
        found = packages.source(path, (prefix.text or "").strip("/") if prefix is not None else "") if path else None
        commands = one.get("commands")
        if commands is not None and not commands.is_null:
            known = False
            if not _zips_itself(commands):
                continue
        if prefix is not None and prefix.text is None and not prefix.is_null:
            known = False
            continue
        if found is not None:
            sources.append(found)
        elif path is not None:
            known = False
        if isinstance(one.data, dict):
            known = known and not one.open
            requirements += _asked(one, found, packages)
        elif found is not None and found.files is None and (runtime or "").startswith("python"):
            requirements += _automatic(found.folder, instance)
    return sources, requirements, known


def _zips_itself(commands: Value) -> bool:
    """Whether commands pack the folder itself."""
    written = commands.text.splitlines() if commands.text is not None else [one.text for one in commands.elements()]
    return any(line is not None and line.strip() in (":zip", ":zip .") for line in written)


def _automatic(folder: str, instance: Instance) -> Iterator[str]:
    """The manifests that are installed of a folder that is named alone."""
    names = instance.module.world.files.names(folder)
    if "uv.lock" in names:
        yield os.path.join(folder, "uv.lock")
        return
    for name in ("requirements.txt", "pyproject.toml"):
        if name in names:
            yield os.path.join(folder, name)


def _asked(entry: Value, found: Source | None, packages: Packages) -> Iterator[str]:
    """The manifests that an entry asks for."""
    pip = entry.get("pip_requirements")
    if pip is not None and pip.text is not None and pip.truth is None:
        path = packages.absolute(pip.text)
        yield path if path.endswith(".txt") else os.path.join(path, "requirements.txt")
    elif pip is not None and pip.truth and found is not None:
        yield os.path.join(found.folder, "requirements.txt")
    for name in ("poetry_install", "uv_install"):
        asked = entry.get(name)
        if asked is not None and asked.truth and found is not None:
            yield os.path.join(found.folder, "pyproject.toml")
