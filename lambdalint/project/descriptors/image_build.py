"""What the instructions of a Dockerfile leave behind: variables, a command, and which of the project's files stand
where in the image.

https://docs.docker.com/reference/dockerfile/
checked = 2026-11-30
"""

from __future__ import annotations

import fnmatch
import json
import os
import posixpath
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lambdalint.project.deployment import Code, Fact
from lambdalint.project.descriptors.dockerfile import Instruction, Stage, numbered, pairs, substituted
from lambdalint.project.descriptors.image_files import Copied, Hop, Tree
from lambdalint.project.descriptors.listing import files_below
from lambdalint.project.descriptors.reader import Files

#: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html: where AWS's own images have the code.
TASK_ROOT = "/var/task"
#: AWS's images, from its public registry, Docker Hub or a mirror of either.
AWS_IMAGE = re.compile(r"(?:.*/)?(?:lambda/python|aws-lambda-python)(?::(3\.\d+)?.*)?(?:@.*)?")

#: Files that hold no Python module, whether they are there or made before the build.
_NO_CODE = (".txt", ".json", ".md", ".toml", ".lock", ".sh", ".yml", ".yaml")
#: Commands of RUN that put no Python module where a handler imports it from.
_NO_MODULES = frozenset({
    "apk", "apt", "apt-get", "cd", "chmod", "chown", "dnf", "echo", "ls", "microdnf", "mkdir", "rm", "set", "true",
    "yum",
})  # fmt: skip
#: Flags with which COPY brings something else than the whole of what it names to the target that it names.
_ODD_FLAGS = ("--parents", "--exclude")
#: So much is copied, from stage to stage, and no more.
_MAX_COPIED = 1_000


def built(all_stages: list[Stage], files: Files, args: Mapping[str, str | None]) -> Build | None:
    """What is left behind of the last of some stages, each made after those that it is made of and copies from. None
    where there is none."""
    if not all_stages:
        return None
    needed = {len(all_stages) - 1}
    for number in range(len(all_stages) - 1, -1, -1):
        if number in needed:
            stage = all_stages[number]
            needed |= {stage.parent} if stage.parent is not None else set()
            named = (copied_from(instruction) for instruction in stage.instructions)
            found = (numbered(all_stages[:number], name) for name in named if name is not None)
            needed |= {one for one in found if one is not None}
    builds: dict[int, Build] = {}
    for number in sorted(needed):
        stage = all_stages[number]
        if stage.parent is not None:
            build = builds[stage.parent].copy()
        else:
            aws = stage.base is not None and AWS_IMAGE.fullmatch(stage.base) is not None
            build = Build(files, TASK_ROOT if aws else "/", environment={"LAMBDA_TASK_ROOT"} if aws else set())
        build.run(stage, all_stages[:number], builds, args)
        builds[number] = build
    return builds[len(all_stages) - 1]


def copied_from(instruction: Instruction) -> str | None:
    """The stage or image that a COPY takes from; None where it takes from the folder that the image is built in."""
    match = re.search(r"(?:^|\s)--from=(\S+)", _flags(instruction.text)) if instruction.name == "COPY" else None
    return without_quotes(match[1]) if match is not None else None


def without_quotes(word: str) -> str:
    """A word as Docker reads it: quotes are none of it, wherever they stand."""
    return re.sub(r"[\"']", "", word)


def _flags(text: str) -> str:
    match = re.match(r"(\s*--\S+)*", text)
    return match[0] if match is not None else ""


@dataclass(slots=True)
class Build:
    """What the instructions leave behind. `folder`: the working folder; `folders`: some that are surely there;
    `environment`: the variables over which no ARG has power; `required`: absolute paths in the image of the lists that
    pip installs; `others`: the stages that it copies from."""

    files: Files
    folder: str | None
    environment: set[str] = field(default_factory=set)
    values: dict[str, str | None] = field(default_factory=lambda: {"LAMBDA_TASK_ROOT": TASK_ROOT})
    variables: dict[str, Fact[str | None]] = field(default_factory=dict)
    command: list[Fact[str]] = field(default_factory=list)
    entry: list[Fact[str]] = field(default_factory=list)
    copied: list[Copied] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    others: list[Build] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    all_seen: bool = True

    def __post_init__(self) -> None:
        self.folders |= {"/"} if self.folder is None else {"/", self.folder}

    def copy(self) -> Build:
        """The same, for a stage that goes on from it."""
        return replace(
            self,
            environment=set(self.environment),
            values=dict(self.values),
            variables=dict(self.variables),
            copied=list(self.copied),
            required=list(self.required),
            others=list(self.others),
            folders=set(self.folders),
        )

    def run(
        self, stage: Stage, before: list[Stage], builds: Mapping[int, Build], args: Mapping[str, str | None]
    ) -> None:
        """Take in one stage, after those that it is made of. `before`: the stages above it, `builds` what those that
        it needs leave behind; `args`: what the builder gives."""
        for instruction in stage.instructions:
            if instruction.name == "ARG":
                found = {**pairs(instruction, self.values, stage.general)}
                given = {name: args.get(name, value) for name, value in found.items()}
                self.values.update({name: value for name, value in given.items() if name not in self.environment})
            elif instruction.name == "ENV":
                found, place = pairs(instruction, self.values), instruction.place()
                self.values.update(found)
                self.environment.update(found)
                self.variables.update({name: Fact(value, place) for name, value in found.items()})
                self.all_seen = self.all_seen and "PYTHONPATH" not in found
            elif instruction.name == "WORKDIR":
                self.folder = self._inside(instruction.text.strip())
                self.folders |= {self.folder} if self.folder is not None else set()
            elif instruction.name in ("COPY", "ADD"):
                name = copied_from(instruction)
                number = numbered(before, name) if name is not None else None
                self._copy(instruction, builds[number] if number is not None else None, name is not None)
            elif instruction.name == "RUN":
                self._run(instruction)
            elif instruction.name == "CMD":
                self.command = self._words(instruction)
            elif instruction.name == "ENTRYPOINT":
                self.entry = self._words(instruction)

    def _inside(self, written: str) -> str | None:
        """A path of the image made absolute."""
        path = substituted(without_quotes(written), self.values)
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
        resolved = [(start, end, substituted(without_quotes(word), self.values)) for start, end, word in words]
        return [Fact(word, instruction.place(start, end)) for start, end, word in resolved if word is not None]

    def _copy(self, instruction: Instruction, other: Build | None, from_elsewhere: bool) -> None:
        """COPY or ADD: from the folder that the image is built in, or from what another stage leaves behind. What an
        image of somebody else holds is not seen."""
        flags = _flags(instruction.text)
        text = instruction.text[len(flags) :].strip()
        try:
            written = json.loads(text) if text.startswith("[") else text.split()
        except (ValueError, RecursionError):
            written = []
        odd = any(flag in flags for flag in _ODD_FLAGS) or (from_elsewhere and other is None)
        if not isinstance(written, list) or len(written) < 2 or instruction.heredoc or odd:
            self.all_seen = False
            return
        *sources, target = [substituted(without_quotes(str(word)), self.values) for word in written]
        inside = self._inside(target) if target is not None else None
        for source in sources:
            if source is None or inside is None or target is None or "://" in source:
                self.all_seen = False
                continue
            # a target without a slash is the file's own name, unless it is a folder already
            into = target.endswith(("/", "/.")) or target == "." or len(sources) > 1 or inside in self.folders
            if into:
                self.folders.add(inside)
            if other is None:
                self.copied.append(Copied(posixpath.normpath(source.lstrip("/") or "."), inside, into))
            else:
                self._take(other.copied, Hop(posixpath.normpath(posixpath.join("/", source)), inside, into))
        if other is not None:
            more = (one for one in (other, *other.others) if all(one is not known for known in self.others))
            self.others += list(more)
            self.all_seen = self.all_seen and other.all_seen

    def _take(self, copied: list[Copied], hop: Hop) -> None:
        """What was copied once is copied again, inside the image."""
        if len(self.copied) + len(copied) > _MAX_COPIED:
            self.all_seen = False
        else:
            self.copied += [replace(one, hops=(*one.hops, hop)) for one in copied]

    def _run(self, instruction: Instruction) -> None:
        text = f"{instruction.text[len(_flags(instruction.text)) :]}\n{instruction.heredoc}"
        folder = self.folder
        inner = re.search(r"(?<!\$)\(", text) is not None  # `(cd src && make)` goes on where it was
        for line in re.split(r"&&|\|\||[;\n|]", text):
            try:
                words = shlex.split(line, comments=True)
            except ValueError:
                words = line.split()
            while words and ("=" in words[0] or words[0] in ("sudo", "exec") or words[0].startswith("<<")):
                words = words[1:]
            name = posixpath.basename(words[0]) if words else ""
            if name == "mkdir":
                made = (self._inside(word) for word in words[1:] if not word.startswith("-"))
                self.folders |= {path for path in made if path is not None}
            elif name == "cd":
                self.folder = self._inside(words[1]) if len(words) == 2 and not inner else None
            elif name == "cp" and not inner:
                self._duplicate([word for word in words[1:] if not word.startswith("-")])
            if name and name not in _NO_MODULES:
                self._install(words)
        self.folder = folder

    def _duplicate(self, words: list[str]) -> None:
        """`cp -r a b /folder`, where the folder is known to be there. What else is copied so is not seen."""
        *sources, target = [(word, self._inside(word)) for word in words] or [("", None)]
        if target[1] is None or target[1] not in self.folders:
            return
        for written, path in sources:
            if path is not None and path != "/":
                content = written.endswith("/.")
                inside = target[1] if content else posixpath.join(target[1], posixpath.basename(path))
                self._take(self.copied, Hop(path, inside, content))

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
        sources = list(dict.fromkeys(copied.source for copied in self.copied))
        for _ in range(4):
            there = [self._there(folder, source) for source in sources]
            if sum(there) > most and all(
                found or not source.endswith(".py") for found, source in zip(there, sources)
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
        renamed: dict[str, str] = {}
        for source, target in Tree(self.files, context, self.copied).placed():
            inside = posixpath.relpath(target, root)
            if inside.startswith(".."):
                continue
            folder, whole, below = source, self.files.names(source), ""
            if source.endswith(".py") and os.path.basename(source) != posixpath.basename(inside):
                if self.files.text(source) is not None:
                    renamed[inside] = source
                    holders.setdefault(os.path.dirname(source), set())
                    prefixes.setdefault(os.path.dirname(source), posixpath.dirname(inside))
                    continue
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
            renamed=tuple(renamed.items()),
        )

    def targets(self) -> list[str]:
        """The folders in the image that something may have been copied into."""
        ends = (copied.hops[-1] if copied.hops else copied for copied in self.copied)
        return [path for end in ends for path in (end.target, posixpath.dirname(end.target))]

    def holds(self, code: Code, module: str) -> bool:
        """Whether the module of a handler is in a folder of the project, and packaged."""
        path = f"{module.replace('.', '/')}.py"
        if path in dict(code.renamed):
            return True
        if code.prefix and not path.startswith(f"{code.prefix}/"):
            return False
        inside = path[len(code.prefix) :].lstrip("/")
        packed = code.files is None or inside in code.files
        return packed and code.folder is not None and self.files.text(os.path.join(code.folder, inside)) is not None

    @property
    def starts_client(self) -> bool:
        """Whether ENTRYPOINT, if there is one, ends with the runtime's client."""
        return bool(self.entry) and self.entry[-1].value.endswith(("awslambdaric", "lambda-entrypoint.sh"))

    def _manifests(self, context: str) -> Iterator[str]:
        """The files of the project that the lists which pip installs were copied from. Those of a stage from which
        something is copied count, too: it may be what was installed."""
        yield from self._own_manifests(context)
        for other in self.others:
            yield from other._own_manifests(context)
            self.all_seen = self.all_seen and other.all_seen

    def _own_manifests(self, context: str) -> Iterator[str]:
        placed = list(Tree(self.files, context, self.copied).placed()) if self.required else []
        for path in self.required:
            for source, target in placed:
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
