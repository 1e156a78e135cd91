"""What bundling makes of an asset's folder: a command is run in a container that has the folder as /asset-input, and
what it leaves in /asset-output is packaged.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk/BundlingOptions.html. checked = 2026-12-02

Of the command those words are read that copy files of the folder. What else it does is not seen, so that more may be
there; a bundling in Python (`local`) is taken to do the same.
"""

from __future__ import annotations

import fnmatch
import os
import posixpath
import re
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdalint.project.deployment import Code, Fact
from lambdalint.project.descriptors.cdk.constructs import Constructs, elements, entries, known
from lambdalint.project.descriptors.image_build import Build
from lambdalint.project.descriptors.image_files import Copied
from lambdalint.project.descriptors.reader import Files

if TYPE_CHECKING:
    from lambdalint.interpreter.shapes import Shape

INPUT, OUTPUT = "/asset-input", "/asset-output"
_SHELL = re.compile(r"(?:.*/)?(?:ba|da|z|k)?sh")
#: `-c`, `-lc`, `-euxc`: the next word is what the shell runs.
_RUNS = re.compile(r"-\w*c")
#: Flags of rsync whose value is a word of its own.
_WITH_VALUE = frozenset({"-e", "--exclude", "--exclude-from", "--files-from", "--filter", "--include"})
#: So many files that a pattern names, and no more.
_MAX_FITTING = 1_000


def bundled(constructs: Constructs, options: Shape | None, code: Code, handler: Fact[str] | None, files: Files) -> Code:
    """The code that bundling makes of `code`, an asset's folder. Where its command is not read, or does not copy the
    handler's module, it is that folder if the module stands in it, else something that is made of the folder."""
    if options is None or code.folder is None:
        return code
    module = handler.value.rpartition(".")[0].replace("/", ".") if handler is not None else ""
    build = _Shell(files, code.folder).run(_script(constructs, options))
    made = build.code(code.folder, OUTPUT, handler)
    if made.folder is not None and build.holds(made, module):
        return Code(made.folder, code.place, files=made.files, prefix=made.prefix, renamed=made.renamed)
    if not module or _has_module(code.folder, module, files):
        return code
    return Code(place=code.place, archive=code.folder)


def python_of(constructs: Constructs, options: Shape | None, folder: str, files: Files) -> str | None:
    """The folder of which all becomes a layer's folder `python`, where bundling makes that of an asset's folder."""
    if options is None:
        return None
    made = _Shell(files, folder).run(_script(constructs, options)).code(folder, f"{OUTPUT}/python", None)
    return made.folder if made.files is None and not made.prefix and not made.renamed else None


def _has_module(folder: str, module: str, files: Files) -> bool:
    *packages, last = module.split(".")
    names = files.names(os.path.join(folder, *packages))
    return f"{last}.py" in names or last in names


def _script(constructs: Constructs, options: Shape) -> str:
    """What a shell is given to run, or the command itself; "" where it is not known."""
    made = constructs.made_by(options, "BundlingOptions")
    given = dict(made.call.keywords) if made is not None else {key: one.value for key, one in entries(options)[0]}
    words: list[str] = []
    for name in ("entrypoint", "command"):
        shapes, complete = elements(given.get(name))
        found = [value for shape in shapes if isinstance(value := known(shape), str)]
        if len(found) < len(shapes) or (name in given and not complete):
            return ""
        words += found
    folder = known(given.get("working_directory"))
    before = f"cd {shlex.quote(folder)}\n" if isinstance(folder, str) else ""
    if len(words) > 2 and _SHELL.fullmatch(words[0]):
        run = next((number for number, word in enumerate(words) if number and _RUNS.fullmatch(word)), len(words))
        return before + "".join(words[run + 1 : run + 2])
    return before + shlex.join(words)


class _Shell:
    """Reads the commands of a script for what they copy to where. `folder`: the one that they are in, in the container;
    None where it is not known."""

    def __init__(self, files: Files, asset: str) -> None:
        self._files, self._asset = files, asset
        self._folder: str | None = INPUT
        self._folders = {INPUT, OUTPUT}  # some that are surely there
        self._copied: list[Copied] = []

    def run(self, script: str) -> Build:
        """What is left behind: the files of the asset's folder that are copied."""
        nested = re.search(r"(?<!\$)\(", script) is not None  # `(cd src && make)` goes on where it was
        for line in re.split(r"&&|\|\||[;\n|]", script.replace("\\\n", " ")):
            try:
                words = shlex.split(line.strip("() \t"), comments=True)
            except ValueError:
                continue
            name = posixpath.basename(words[0]) if words else ""
            if name == "cd":
                self._folder = self._inside(words[1]) if len(words) == 2 and not nested else None
            elif name == "mkdir":
                self._folders |= {path for word in words[1:] if (path := self._inside(word)) is not None}
            elif name in ("cp", "rsync"):
                self._copy(words, name == "rsync")
        return Build(self._files, INPUT, copied=self._copied)

    def _inside(self, word: str) -> str | None:
        """A path of the container made absolute."""
        if not {"$", "`", "\0"}.isdisjoint(word) or (self._folder is None and not word.startswith("/")):
            return None
        return posixpath.normpath(posixpath.join(self._folder or "/", word))

    def _copy(self, words: list[str], mirrors: bool) -> None:
        """`cp -r a b /asset-output`. `mirrors`: it is rsync, for which `a/` is what stands in `a`."""
        into, paths = _operands(words[1:])
        if into is None:
            into = paths.pop() if len(paths) > 1 else None
        target = self._inside(into) if into is not None else None
        if into is None or target is None:
            return
        sources = [(word, source) for word in paths for source in self._sources(word)]
        flat = any(re.fullmatch(r"-\w*T\w*|--no-target-directory", word) for word in words[1:] if not mirrors)
        # a folder that is copied becomes the target, where that is not there
        flat = flat or (not mirrors and len(sources) == 1 and target not in self._folders)
        is_folder = target in self._folders or into.endswith("/") or len(sources) > 1
        for word, source in sources:
            inner = flat or posixpath.basename(word) == "." or (mirrors and word.endswith("/"))
            self._place(source, target, inner, is_folder or posixpath.splitext(target)[1] == "")

    def _place(self, source: str, target: str, inner: bool, is_folder: bool) -> None:
        """Note one source, relative to the asset's folder. `inner`: of a folder, its content goes into the target.
        `is_folder`: the target of a file is a folder."""
        name = posixpath.basename(source if source != "." else INPUT)
        if self._files.names(os.path.normpath(os.path.join(self._asset, source))):
            self._folders.add(target)
            self._copied.append(Copied(source, target if inner else posixpath.join(target, name), True))
        else:
            self._copied.append(Copied(source, target, is_folder))

    def _sources(self, written: str) -> Iterator[str]:
        """The paths in the asset's folder that a word stands for, relative to it."""
        path = self._inside(written)
        inside = posixpath.relpath(path, INPUT) if path is not None else ".."
        if inside.startswith(".."):
            return
        head, name = posixpath.split(inside)
        if not {"*", "?", "["}.isdisjoint(head):
            return
        if {"*", "?", "["}.isdisjoint(name):
            yield inside
            return
        names = sorted(self._files.names(os.path.join(self._asset, head)))
        fitting = [one for one in fnmatch.filter(names, name) if not one.startswith(".")]
        yield from (posixpath.join(head, one) for one in fitting[:_MAX_FITTING])


def _operands(words: list[str]) -> tuple[str | None, list[str]]:
    """The folder that a flag names as the target, and the words that are no flags."""
    into, paths = None, []
    rest = iter(words)
    for word in rest:
        if word in ("-t", "--target-directory"):
            into = next(rest, None)
        elif word.startswith("--target-directory="):
            into = word.partition("=")[2]
        elif word in _WITH_VALUE:
            next(rest, None)
        elif not word.startswith("-"):
            paths.append(word)
    return into, paths
