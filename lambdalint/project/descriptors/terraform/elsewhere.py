"""Code and images that something else packs - a script, a pipeline - found in the project by what the function says.

The folder is the one that has the handler, wherever it stands. Where several have, it is the one that is called like
the package, the function or the block that makes it. What else is packed is not known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lambdalint.project.deployment import Deployment, Fact
from lambdalint.project.descriptors.dockerfile import Order
from lambdalint.project.descriptors.images import fits, image_at
from lambdalint.project.descriptors.listing import files_below
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.terraform.modules import Instance
from lambdalint.project.descriptors.terraform.values import HOLE, Value

#: Folders of files that are made, installed or fixtures.
_NOT_CODE = frozenset({
    ".aws-sam", ".terraform", ".tox", ".venv", "__tests__", "build", "dist", "site-packages", "test", "tests", "venv",
})  # fmt: skip
#: What folders that hold nothing but how the project is deployed are called, word by word: it begins above them.
_OF_DEPLOYMENT = frozenset({
    "aws", "cloud", "deploy", "deployment", "deployments", "dev", "development", "env", "environment", "environments",
    "envs", "iac", "infra", "infrastructure", "live", "module", "modules", "ops", "prod", "production", "scripts",
    "stack", "stacks", "stage", "staging", "terraform", "terragrunt", "tf",
})  # fmt: skip
#: What people end the name of what is deployed with.
_KINDS = frozenset({"docker", "ecr", "fn", "func", "function", "handler", "image", "lambda", "repo", "repository"})
#: How far above the folder that Terraform runs in its project may begin.
_ABOVE = 8


def defining(name: str) -> re.Pattern[str]:
    """What a module has that defines a name at its top; it need not be Python that can be parsed."""
    name = re.escape(name)
    return re.compile(rf"^(?:(?:async\s+)?def\s+{name}\b|{name}\s*(?::[^=\n]*)?=(?!=))", re.MULTILINE)


class Elsewhere:
    """What one reading finds. `folder`: where Terraform runs."""

    def __init__(self, files: Files, folder: str) -> None:
        self._files, self._folder = files, folder
        self._below: dict[str, list[str] | None] = {}

    def code(self, handler: str, words: Sequence[str], alone: bool, near: str) -> str | None:
        """The folder whose module has a handler. `words`: what the function is called, the surest first; `alone`:
        whether one that is called otherwise, but is the only one, is meant; `near`: the folder of its Terraform
        module."""
        module, _, attribute = handler.rpartition(".")
        path = f"{module.replace('.', '/')}.py"
        defines = defining(attribute)

        # What imports by more dots stands in a package, and is not loaded by this name.
        inside = re.compile(rf"^from[ \t]+\.{{{module.count('.') + 1},}}", re.MULTILINE)

        def has_it(file: str) -> bool:
            text = self._files.text(file)
            return text is not None and defines.search(text.text) is not None and not inside.search(text.text)

        if not module or path.startswith(("/", ".")):
            return None
        for top, names in self._above(near):
            called = [name for name in names if name == path or name.endswith(f"/{path}")]
            # `old/src/orders/app.py` is a copy of `src/orders/app.py`, and what is deployed is that.
            own = [name for name in called if not any(name.endswith(f"/{other}") for other in called)]
            found = [name for name in own if has_it(os.path.join(top, name))]
            chosen = _chosen(found, words, alone)
            if chosen is not None:
                return os.path.normpath(os.path.join(top, chosen[: -len(path)]))
        return None

    def image(
        self, words: Sequence[str], alone: bool, near: str, command: Fact[str] | None = None
    ) -> Deployment | None:
        """The image of a Dockerfile. `command`: the handler that the function gives it."""
        for top, names in self._above(near):
            made: dict[str, Deployment] = {}
            for name in names:
                image = self._image(os.path.join(top, name), command)
                if image is not None:
                    made[name] = image
            chosen = _chosen(list(made), words, alone)
            if chosen is not None:
                return made[chosen]
        return None

    def _image(self, path: str, command: Fact[str] | None) -> Deployment | None:
        name = os.path.basename(path)
        text = self._files.text(path) if fits(name, b"lambda") else None
        order = Order(command=command, named=False)
        return image_at(path, self._files, order=order) if text is not None and fits(name, text.data) else None

    def _above(self, near: str) -> Iterator[tuple[str, list[str]]]:
        """The folders in which code may be, each with the files below it that may be code."""
        for folder in dict.fromkeys((*self._folders(near), *self._folders(self._folder))):
            if folder not in self._below:
                listed = files_below(self._files, folder)
                paths = [path for path in listed if _NOT_CODE.isdisjoint(path.split("/"))] if listed else None
                self._below[folder] = sorted(paths) if paths is not None else None
            yield folder, self._below[folder] or []

    def _folders(self, first: str) -> Iterator[str]:
        """A folder of Terraform's, and those that have a folder for deployment on the way to it; no more than the
        repository, or what lambdalint runs in."""
        yield first
        chain = [first]
        while ".git" not in self._files.names(chain[-1]) and chain[-1] != self._files.folder:
            above = os.path.dirname(chain[-1])
            if above == chain[-1] or len(chain) > _ABOVE:
                return
            chain.append(above)
        for folder, above in pairwise(chain):
            if _OF_DEPLOYMENT.issuperset(plain_word(os.path.basename(folder)).split("_")):
                yield above


def _chosen(paths: Sequence[str], words: Sequence[str], alone: bool) -> str | None:
    """The one path that is called by one of some words, the first that tells; or the only one there is."""
    own = {path: set(_parts(path)) for path in paths}
    common = set.intersection(*own.values()) if len(own) > 1 else set()  # what tells none of them from the others
    for word in words:
        called = [path for path in paths if any(_alike(part, word) for part in own[path] - common)]
        if len(called) == 1:
            return called[0]
    return paths[0] if alone and len(paths) == 1 else None


def _parts(path: str) -> list[str]:
    *folders, name = path.split("/")
    stem, _, ending = name.partition(".")
    return [*folders, stem, *([ending] if stem == "Dockerfile" and ending else [])]


def _alike(part: str, word: str) -> bool:
    own = plain_word(part).removesuffix("s")
    others = [other.removesuffix("s") for other in (plain_word(word), _without_kind(plain_word(word)))]
    return len(own) > 1 and any(own == other or other.endswith(f"_{own}") for other in others)


def _without_kind(word: str) -> str:
    """A plain word without the words at its end for what it names: `orders_image_repository`."""
    parts = word.split("_")
    while len(parts) > 1 and parts[-1] in _KINDS:
        parts.pop()
    return "_".join(parts)


def plain_word(written: str) -> str:
    """A name as others may spell it: `Create-Event` and `create_event` are one."""
    return re.sub(r"[^a-z0-9]+", "_", written.lower()).strip("_")


def words_of(function: Instance, packages: Iterable[Value | None]) -> list[str]:
    """What a function and its package are called, the surest first."""
    found: list[str] = []
    for value in packages:
        if value is None:
            continue
        written = value.text if value.text is not None else (value.pattern or "").rpartition(HOLE)[2]
        found.append(re.split(r"[.:@]", os.path.basename(written.rstrip("/")))[0])
        found += [ref.of.name for ref in value.all_refs() if isinstance(ref.of, Instance)]
    found += [function.key] if isinstance(function.key, str) else []
    called = function.get("function_name")
    if called is not None:
        found.append(called.text if called.text is not None else (called.pattern or "").rpartition(HOLE)[2])
    found += reversed(re.findall(r"module\.([\w-]+)", function.address))
    found.append(function.name)
    return [word for word in dict.fromkeys(found) if plain_word(word)]
