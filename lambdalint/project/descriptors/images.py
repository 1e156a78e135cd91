"""Dockerfiles of Lambda images: the handler that CMD names, and the code that COPY puts where Lambda looks for it.

https://docs.aws.amazon.com/lambda/latest/dg/python-image.html
checked = 2026-11-24
"""

from __future__ import annotations

import fnmatch
import json
import os
import posixpath
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lambdalint.project.deployment import Code, Deployment, Fact
from lambdalint.project.descriptors.dockerfile import Instruction, Stage, chain, pairs, stages, substituted
from lambdalint.project.descriptors.listing import files_below
from lambdalint.project.descriptors.reader import Files, Reader

NAME = "Dockerfile"
#: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html: where AWS's own images have the code.
_TASK_ROOT = "/var/task"

_NAMED = re.compile(r"(.+\.)?(docker|container)file(\..+)?", re.IGNORECASE)
#: AWS's images, from its public registry, Docker Hub or a mirror of either.
_AWS_IMAGE = re.compile(r"(?:.*/)?(?:lambda/python|aws-lambda-python)(?::(3\.\d+)?.*)?(?:@.*)?")
_PYTHON_IMAGE = re.compile(r"(?:.*/)?python:(3\.\d+)?.*")
_HANDLER = re.compile(r"[\w./-]+\.\w+")
#: Files that hold no Python module, whether they are there or made before the build.
_NO_CODE = (".txt", ".json", ".md", ".toml", ".lock", ".sh", ".yml", ".yaml")
#: Commands of RUN that put no Python module where a handler imports it from.
_NO_MODULES = frozenset({
    "apk", "apt", "apt-get", "chmod", "chown", "dnf", "echo", "ls", "microdnf", "mkdir", "rm", "set", "true", "yum",
})  # fmt: skip


def command(files: Files, path: str) -> Fact[str] | None:
    """The handler that the Dockerfile at `path` (absolute) names, or None."""
    deployment = image_at(path, files)
    return deployment.handler if deployment is not None else None


def fits(name: str, data: bytes) -> bool:
    """A Dockerfile by its name, in which something is called after Lambda."""
    return _NAMED.fullmatch(name) is not None and b"lambda" in data.lower()


def read(path: str, files: Files) -> Iterable[Deployment]:
    """The one function of a Lambda image that names its handler."""
    deployment = image_at(path, files)
    if deployment is not None and deployment.handler is not None:
        yield deployment


READER = Reader(NAME, fits, read)


def image_at(path: str, files: Files, context: str | None = None) -> Deployment | None:
    """What the Dockerfile at `path` builds, if it is a Lambda image of Python. `context` is the folder it is built in;
    without one it is the Dockerfile's, or the nearest above it that has what is copied."""
    text = files.text(path)
    made = chain(stages(text)) if text is not None else []
    if text is None or not made or made[0].base is None:
        return None
    aws, python = _AWS_IMAGE.fullmatch(made[0].base), _PYTHON_IMAGE.fullmatch(made[0].base)
    if aws is None and b"awslambdaric" not in text.data:
        return None
    build = _Build(files, _TASK_ROOT if aws is not None else "/")
    for stage in made:
        build.run(stage)
    root = build.values.get("LAMBDA_TASK_ROOT") if aws is not None else build.folder
    if context is None:
        context = build.context_above(os.path.dirname(path))
    handler = _handler(build, aws is not None)
    version = (aws or python) and (aws or python)[1]  # type: ignore[index]
    return Deployment(
        name=os.path.basename(os.path.dirname(path)) or NAME,
        descriptor=NAME,
        place=handler.place if handler is not None else made[-1].place,
        handler=handler,
        code=build.code(context, root, handler) if context is not None and root is not None else Code(),
        runtime=Fact(f"python{version}", made[0].place) if version else None,
        variables=build.variables,
        layers_known=True,
        python=True,
    )


def built_at(path: str, files: Files, context: str, root: str, handler: Fact[str] | None) -> Code:
    """What the Dockerfile at `path`, whatever image it builds, copies below `root` of it from the folder `context`.
    More may be there that is not seen."""
    text = files.text(path)
    build = _Build(files, "/")
    for stage in chain(stages(text)) if text is not None else []:
        build.run(stage)
    return replace(build.code(context, root, handler), known=False)


def _handler(build: _Build, aws: bool) -> Fact[str] | None:
    """The handler: the one word of CMD, or the last of an ENTRYPOINT that starts the runtime's client."""
    entry, words = build.entry, build.command
    named = [word.value for word in entry]
    if "awslambdaric" in named[:-1]:
        words = entry[-1:]
    elif aws and entry and not named[-1].endswith(("awslambdaric", "lambda-entrypoint.sh")):
        return None
    return words[0] if len(words) == 1 and _HANDLER.fullmatch(words[0].value) else None


def _without_quotes(word: str) -> str:
    """A word as Docker reads it: quotes are none of it, wherever they stand."""
    return re.sub(r"[\"']", "", word)


@dataclass(slots=True)
class _Copied:
    """One source of a COPY, relative to the context, and the absolute path in the image that it is put at or in."""

    source: str
    target: str
    into: bool


@dataclass(slots=True)
class _Build:
    """What the instructions leave behind."""

    files: Files
    folder: str | None
    values: dict[str, str | None] = field(default_factory=lambda: {"LAMBDA_TASK_ROOT": _TASK_ROOT})
    variables: dict[str, Fact[str | None]] = field(default_factory=dict)
    command: list[Fact[str]] = field(default_factory=list)
    entry: list[Fact[str]] = field(default_factory=list)
    copied: list[_Copied] = field(default_factory=list)
    required: list[str] = field(default_factory=list)  # absolute paths in the image
    all_seen: bool = True

    def run(self, stage: Stage) -> None:
        """Take in one stage, after those that it is made of."""
        for instruction in stage.instructions:
            if instruction.name in ("ARG", "ENV"):
                found = pairs(instruction, self.values)
                self.values.update(found)
                if instruction.name == "ENV":
                    place = instruction.place()
                    self.variables.update({name: Fact(value, place) for name, value in found.items()})
                    self.all_seen = self.all_seen and "PYTHONPATH" not in found
            elif instruction.name == "WORKDIR":
                self.folder = self._inside(instruction.text.strip())
            elif instruction.name in ("COPY", "ADD"):
                self._copy(instruction)
            elif instruction.name == "RUN":
                self._run(instruction)
            elif instruction.name == "CMD":
                self.command = self._words(instruction)
            elif instruction.name == "ENTRYPOINT":
                self.entry = self._words(instruction)

    def _inside(self, written: str) -> str | None:
        """A path of the image made absolute."""
        path = substituted(_without_quotes(written), self.values)
        if path is None or (self.folder is None and not path.startswith("/")):
            return None
        return posixpath.normpath(posixpath.join(self.folder or "/", path))

    def _words(self, instruction: Instruction) -> list[Fact[str]]:
        """The words of CMD or ENTRYPOINT, in JSON or as a shell has them."""
        text = instruction.text
        try:
            written = json.loads(text) if text.lstrip().startswith("[") else None
        except (ValueError, RecursionError):
            written = None
        if isinstance(written, list) and all(isinstance(word, str) for word in written):
            found, at = [], 0
            for word in written:
                start = text.find(json.dumps(word, ensure_ascii=False), at)
                end = start + len(word) + 2 if start >= 0 else None
                found.append(Fact(str(word), instruction.place(max(start, 0), end)))
                at = end or at
            return found
        words = [(match.start(), match.end(), match[0]) for match in re.finditer(r"\S+", text)]
        resolved = [(start, end, substituted(_without_quotes(word), self.values)) for start, end, word in words]
        return [Fact(word, instruction.place(start, end)) for start, end, word in resolved if word is not None]

    def _copy(self, instruction: Instruction) -> None:
        text = re.sub(r"^(\s*--\S+)+", "", instruction.text).strip()
        flags = instruction.text[: len(instruction.text.rstrip()) - len(text)]
        try:
            written = json.loads(text) if text.startswith("[") else text.split()
        except (ValueError, RecursionError):
            written = []
        if not isinstance(written, list) or len(written) < 2 or instruction.heredoc or "--from" in flags:
            self.all_seen = False
            return
        *sources, target = [substituted(_without_quotes(str(word)), self.values) for word in written]
        inside = self._inside(target) if target is not None else None
        for source in sources:
            if source is None or inside is None or target is None or "://" in source:
                self.all_seen = False
                continue
            into = target.endswith(("/", "/.")) or target == "." or len(sources) > 1
            self.copied.append(_Copied(posixpath.normpath(source.lstrip("/") or "."), inside, into))

    def _run(self, instruction: Instruction) -> None:
        text = re.sub(r"^(\s*--\S+)+", "", f"{instruction.text}\n{instruction.heredoc}")
        for line in re.split(r"&&|\|\||[;\n|]", text):
            try:
                words = shlex.split(line, comments=True)
            except ValueError:
                words = line.split()
            while words and ("=" in words[0] or words[0] in ("sudo", "exec") or words[0].startswith("<<")):
                words = words[1:]
            if not words or posixpath.basename(words[0]) in _NO_MODULES:
                continue
            self._install(words)

    def _install(self, words: list[str]) -> None:
        """`pip install -r requirements.txt`; whatever else runs may install what is not seen."""
        pip = [number for number, word in enumerate(words[:4]) if re.fullmatch(r"(.*/)?pip[\d.]*", word)]
        if not pip or "install" not in words[pip[0] : pip[0] + 4]:
            self.all_seen = False
            return
        rest = iter(words[words.index("install") + 1 :])
        for word in rest:
            name, _, value = word.partition("=")
            if name in ("-r", "--requirement") or re.fullmatch(r"-r.+", word):
                written = value or (word[2:] if len(word) > 2 and not word.startswith("--") else next(rest, ""))
                inside = self._inside(written)
                self.all_seen = self.all_seen and inside is not None
                self.required += [inside] if inside is not None else []
            elif word in ("-t", "--target", "--platform", "--python-version", "-i", "--index-url", "--implementation"):
                next(rest, None)
            elif not word.startswith("-") and word not in ("pip", "setuptools", "wheel", "awslambdaric"):
                self.all_seen = False

    # -- where it comes from ---------------------------------------------------------------------------------------

    def context_above(self, folder: str) -> str | None:
        """The folder that the image is built in: of `folder` and three above it the nearest that has most of what is
        copied, and each Python file among it. What is missing may be made before the build."""
        best, most = None, 0
        for _ in range(4):
            there = [self._there(folder, copied.source) for copied in self.copied]
            if sum(there) > most and all(
                found or not copied.source.endswith(".py") for found, copied in zip(there, self.copied)
            ):
                best, most = folder, sum(there)
            folder = os.path.dirname(folder)
        return best

    def _there(self, folder: str, source: str) -> bool:
        head, _, name = source.rpartition("/")
        if name in (".", ""):
            return True
        return any(fnmatch.fnmatchcase(other, name) for other in self.files.names(os.path.join(folder, head)))

    def code(self, context: str, root: str, handler: Fact[str] | None) -> Code:
        """What stands below `root` in the image."""
        holders: dict[str, set[str] | None] = {}
        prefixes: dict[str, str] = {}
        for source, target in self._sources(context):
            inside = posixpath.relpath(target, root)
            if inside.startswith(".."):
                continue
            folder, whole, below = source, self.files.names(source), ""
            # the folder from which everything has the path that it has in the image
            while inside != "." and os.path.basename(folder) == posixpath.basename(inside):
                folder, below = os.path.dirname(folder), posixpath.join(os.path.basename(folder), below)
                inside = posixpath.dirname(inside) or "."
            prefix = "" if inside == "." else inside
            if not whole and not source.endswith(".py"):
                listed_there = os.path.basename(source) in self.files.names(os.path.dirname(source))
                self.all_seen = self.all_seen and (listed_there or source.endswith(_NO_CODE))
                continue
            prefixes[folder] = prefix
            names = holders.setdefault(folder, set())
            if whole and not below:
                holders[folder] = None
            elif whole and names is not None:
                listed = files_below(self.files, source)
                names.update(posixpath.join(below, name) for name in listed or ())
            elif names is not None:
                names.add(below.rstrip("/"))
        if not holders:
            return Code()
        folder = self._chosen(holders, handler)
        kept = holders[folder]
        return Code(
            folder=folder,
            place=handler.place if handler is not None else None,
            files=frozenset(kept) if kept is not None else None,
            prefix=prefixes[folder],
            requirements=tuple(dict.fromkeys(self._manifests(context))),
            known=self.all_seen and len(holders) == 1,
        )

    def _sources(self, context: str) -> Iterator[tuple[str, str]]:
        """Each file or folder that is copied, absolute, and its path in the image: a folder's content goes into the
        target, a file gets its name there."""
        for copied in self.copied:
            head, _, name = copied.source.rpartition("/")
            folder = os.path.normpath(os.path.join(context, head))
            names = [name]
            if set(name) & set("*?["):
                names = [other for other in sorted(self.files.names(folder)) if fnmatch.fnmatchcase(other, name)]
            for one in names:
                source = os.path.normpath(os.path.join(folder, one))
                is_folder = bool(self.files.names(source))
                into = copied.into or len(names) > 1
                # a target without a slash is the file's own name, unless it is a folder already
                into = into or copied.target in (self.folder, self.values.get("LAMBDA_TASK_ROOT"))
                yield source, copied.target if is_folder or not into else posixpath.join(copied.target, one)

    def _manifests(self, context: str) -> Iterator[str]:
        """The files of the project that the lists which pip installs were copied from."""
        for path in self.required:
            for source, target in self._sources(context):
                inside = posixpath.relpath(path, target)
                found = source if inside == "." else os.path.join(source, inside)
                if not inside.startswith("..") and os.path.basename(found) in self.files.names(os.path.dirname(found)):
                    yield found
                    break
            else:
                self.all_seen = False

    def _chosen(self, holders: dict[str, set[str] | None], handler: Fact[str] | None) -> str:
        """Of several folders the one that has the handler's module, else the last."""
        module = handler.value.rpartition(".")[0].replace(".", "/") if handler is not None else ""
        for folder, names in holders.items():
            if f"{module}.py" in (names if names is not None else files_below(self.files, folder) or ()):
                return folder
        return list(holders)[-1]
