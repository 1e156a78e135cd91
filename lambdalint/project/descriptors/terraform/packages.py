"""What a function's or a layer's package holds: archives that Terraform makes of the project's folders and files.

https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file. What is built or fetched by
anything else is not known.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lambdalint.finding import Place
from lambdalint.project.deployment import Code, Deployment, Fact, Layer
from lambdalint.project.descriptors.dockerfile import Order
from lambdalint.project.descriptors.images import image_at
from lambdalint.project.descriptors.inline import InlineSource
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.terraform.bodies import Block
from lambdalint.project.descriptors.terraform.elsewhere import Elsewhere, defining, words_of
from lambdalint.project.descriptors.terraform.evaluate import evaluate
from lambdalint.project.descriptors.terraform.modules import Instance, Section, World
from lambdalint.project.descriptors.terraform.values import Value, as_text
from lambdalint.project.descriptors.tree import Node
from lambdalint.text import Text

ARCHIVES = frozenset({"data.archive_file", "archive_file"})
OBJECTS = frozenset({"aws_s3_object", "aws_s3_bucket_object"})

#: Beside a folder, they tell that something else may put what they name, or what they make, into it.
_MANIFESTS = frozenset({
    "requirements.txt", "pyproject.toml", "Pipfile", "poetry.lock", "uv.lock", "setup.py", "Makefile", "makefile",
    "Justfile", "Taskfile.yml", "noxfile.py", "tox.ini", "buildspec.yml", "Jenkinsfile", ".gitlab-ci.yml", ".github",
})  # fmt: skip
_SCRIPTS = (".sh", ".bat", ".ps1")
#: Blocks that run a program of the project's choice.
_PROGRAMS = frozenset({"data.external", "docker_container", "shell_script"})
#: The kinds of what tells of packages.
PACKAGE_KINDS = ARCHIVES | OBJECTS | _PROGRAMS


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of what is packed. `files`: those of the folder, where only some are."""

    folder: str
    place: Place
    files: frozenset[str] | None = None
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """A file (absolute) that is put into an archive under a name of its own."""

    path: str
    name: str
    place: Place

    def split(self) -> tuple[str, str, str]:
        """The folder that it is copied from, the one of the archive that it is put into, and its path below both: ""
        where it is called otherwise there."""
        parts, names = self.path.split(os.sep), self.name.split("/")
        alike = 0
        while alike < min(len(parts), len(names)) and parts[-1 - alike] == names[-1 - alike]:
            alike += 1
        if not alike:
            return os.path.dirname(self.path), "/".join(names[:-1]), ""
        return os.sep.join(parts[:-alike]) or os.sep, "/".join(names[:-alike]), "/".join(names[-alike:])


class Packages:
    """The archives of one reading."""

    def __init__(self, world: World, instances: Sequence[Instance]) -> None:
        self._files, self._world = world.files, world
        self._by_path: dict[str, Instance] = {}
        self._by_key: dict[str, list[Instance]] = {}
        for instance in instances:
            path = instance.text("output_path") if instance.kind in ARCHIVES else None
            if path is not None:
                self._by_path.setdefault(self.absolute(path), instance)
            key = instance.text("key") if instance.kind in OBJECTS else None
            if key is not None:
                self._by_key.setdefault(key, []).append(instance)
        self._runs_programs = any(map(_runs_program, instances))
        self._elsewhere = Elsewhere(world.files, world.root)
        makers = [one for one in instances if one.kind in ("aws_lambda_function", "module") and one.child is None]
        self._same_handler: dict[str, set[str]] = {}
        for maker in makers:
            handler = maker.likely("handler")
            if handler is not None and handler.text:
                self._same_handler.setdefault(handler.text, set()).add(_package(maker))
        self._images = {_package(maker) for maker in makers if maker.get("image_uri") is not None}

    def absolute(self, path: str) -> str:
        """A path as Terraform takes it: from the folder that it runs in."""
        return os.path.normpath(os.path.join(self._world.root, path))

    def code(self, function: Instance, handler: str | None) -> Code:
        """The code of a function, by its `filename`, or by the object in S3 that an archive is put into."""
        filename, key = function.likely("filename"), function.likely("s3_key")
        upload = self._upload(key)
        packed = filename or (upload.get("source") if upload is not None else None)
        written = packed or key
        archive = self._archive(packed)
        code = Code(place=written.place if written is not None else None)
        if archive is not None:
            code = self._archived(archive, handler)
            if replaced_later(function):
                code = replace(code, known=False) if handler is not None and self._holds(code, handler) else Code()
        elif packed is not None and packed.text is not None and handler is not None:
            code = self._beside(packed, handler, function)
        if code.folder is not None or code.inline is not None or handler is None:
            return code
        sources = [archive.get("source_dir"), archive.get("source_file")] if archive is not None else []
        return self.found(function, handler, (*sources, packed, key)) or code

    def found(self, function: Instance, handler: str, packages: Sequence[Value | None]) -> Code | None:
        """Code that something else packs, by the names of the function and of its package."""
        alone = len(self._same_handler.get(handler, ())) < 2
        folder = self._elsewhere.code(handler, words_of(function, packages), alone, function.module.folder)
        place = next((value.place for value in packages if value is not None), function.place)
        return Code(folder, place) if folder is not None else None

    def image(self, function: Instance, command: Fact[str] | None) -> Deployment | None:
        """What the image of a function is built of, by its `image_uri`; None where it is not told. `command`: the
        handler that it is given."""
        uri = function.likely("image_uri")
        for ref in uri.all_refs() if uri is not None else ():
            for section in (ref.of, *ref.of.sections("build")) if isinstance(ref.of, Instance) else ():
                found = self._built(section, command)
                if found is not None:
                    return found
        words = words_of(function, [function.get("source_path"), uri])
        return self._elsewhere.image(words, len(self._images) < 2, function.module.folder, command)

    def _built(self, section: Section, command: Fact[str] | None) -> Deployment | None:
        """The image that the `build` of a `docker_image` makes, or a call of terraform-aws-modules/lambda's
        docker-build.

        https://registry.terraform.io/providers/kreuzwerker/docker/latest/docs/resources/image
        https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws/latest/submodules/docker-build
        """
        context = _first(section, "context", "source_path")
        file, target = _first(section, "dockerfile", "docker_file_path"), _first(section, "target", "build_target")
        if context is None or context.text is None or (target is not None and target.text is None):
            return None
        folder, name = self.absolute(context.text), file.text if file is not None else "Dockerfile"
        args = _first(section, "build_args", "build_arg")
        given = {key: as_text(value) for key, value in args.items()} if args is not None else {}
        order = Order(given, target.text if target is not None else None, command)
        return image_at(os.path.join(folder, name), self._files, folder, order) if name is not None else None

    def _holds(self, code: Code, handler: str) -> bool:
        """Whether the handler's module is in a folder."""
        module = f"{handler.rpartition('.')[0].replace('.', '/')}.py"
        if module in dict(code.renamed):
            return True
        return code.folder is not None and self._files.text(os.path.join(code.folder, module)) is not None

    def layer(self, instance: Instance, place: Place) -> Layer:
        """The layer that an `aws_lambda_layer_version` makes. `place`: where a function names it."""
        code = self.code(instance, None)
        if code.folder is None or code.files is not None or code.prefix:
            return Layer(place)
        return Layer(place, code.folder, known=code.known)

    def source(self, path: Value, prefix: str = "") -> Source | None:
        """A folder or a file that is packed; None where there is none such in the project."""
        if path.text is None:
            return None
        absolute = self.absolute(path.text)
        if self._files.text(absolute) is not None:
            folder, name = os.path.split(absolute)
            return Source(folder, path.place, frozenset({name}), prefix)
        return Source(absolute, path.place, None, prefix) if self._files.names(absolute) else None

    def alone(self, folder: str, near: Iterable[str]) -> bool:
        """Whether nothing that is seen puts more into a folder before it is packed."""
        if self._runs_programs:
            return False
        for one in (folder, os.path.dirname(folder), *near):
            names = self._files.names(one)
            if not names.isdisjoint(_MANIFESTS) or any(name.endswith(_SCRIPTS) for name in names):
                return False
        return True

    def _archive(self, filename: Value | None) -> Instance | None:
        if filename is None:
            return None
        for ref in filename.refs:
            if isinstance(ref.of, Instance) and ref.of.kind in ARCHIVES:
                return ref.of
        return self._by_path.get(self.absolute(filename.text)) if filename.text is not None else None

    def _beside(self, filename: Value, handler: str, function: Instance) -> Code:
        """Code whose package something else makes. The one folder near it that has the handler is taken to be packed;
        what else is packed is not known."""
        path = self.absolute(filename.text or "")
        folders = [os.path.dirname(path), os.path.splitext(path)[0], function.module.folder]
        module, _, attribute = handler.rpartition(".")
        defines = defining(attribute)
        found = []
        for folder in dict.fromkeys(folders):
            text = self._files.text(os.path.join(folder, f"{module.replace('.', '/')}.py")) if module else None
            if text is not None and defines.search(text.text):
                found.append(folder)
        return Code(found[0] if len(found) == 1 else None, filename.place)

    def _upload(self, key: Value | None) -> Instance | None:
        """The object in S3 that has a key."""
        for ref in key.refs if key is not None else ():
            if isinstance(ref.of, Instance) and ref.of.kind in OBJECTS:
                return ref.of
        objects = self._by_key.get(key.text, []) if key is not None and key.text is not None else []
        return objects[0] if len(objects) == 1 else None

    def _archived(self, archive: Instance, handler: str | None) -> Code:
        folder, file = archive.get("source_dir"), archive.get("source_file")
        path = folder or file
        if path is not None:
            found = self.source(path)
            if found is None or (found.files is None) != (folder is not None):
                return Code(place=path.place)
            known = found.files is not None or self.alone(found.folder, (archive.module.folder, self._world.root))
            return Code(found.folder, found.place, files=found.files, known=known)
        code = self._written(archive, handler)
        return code if code is not None else Code(place=archive.place)

    def _written(self, archive: Instance, handler: str | None) -> Code | None:
        """An archive of what `source` blocks say: files of the project, each under a name of its own, or code itself.
        Where they are of several folders, the one that has the handler is followed, and what else is there is not."""
        if archive.get("source_content") is not None:
            blocks: list[Section] = [archive]
            content, filename = "source_content", "source_content_filename"
        else:
            blocks, content, filename = archive.sections("source"), "content", "filename"
        copied = [self._copied(block, content, filename) for block in blocks]
        if len(blocks) == 1 and archive.sure("source") and copied[0] is None:
            written = blocks[0].get(content)
            return _inline(written, blocks[0].text(filename)) if written is not None else None
        whole = archive.sure("source") and None not in copied
        return _of_files([one for one in copied if one is not None], handler or "", whole)

    def _copied(self, block: Section, content: str, filename: str) -> Copied | None:
        """The file that a block copies, by the attributes that give the `content` and the `filename`."""
        expr, name = block.body.attributes.get(content), block.text(filename)
        if name is None or expr is None or expr.kind != "call" or expr.value != "file" or len(expr.parts) != 1:
            return None
        path = evaluate(expr.parts[0], block.scope).text
        absolute = self.absolute(path) if path is not None else None
        if absolute is None or self._files.text(absolute) is None:
            return None
        return Copied(absolute, posixpath.normpath(name), expr.parts[0].place)


def _of_files(copied: Sequence[Copied], handler: str, whole: bool) -> Code | None:
    """The code that files make which are put into an archive one by one; None where nothing tells which of them are
    meant. `whole`: there is no more in it."""
    module = f"{handler.rpartition('.')[0].replace('.', '/')}.py"
    folders: dict[tuple[str, str], dict[str, Place]] = {}
    renamed: dict[str, str] = {}
    for one in copied:
        folder, prefix, name = one.split()
        if name:
            folders.setdefault((folder, prefix), {})[name] = one.place
        elif one.name.endswith(".py"):
            folders.setdefault((folder, prefix), {})
            renamed[one.name] = one.path
        else:
            whole = False
    # a module under another name is found where it is the handler's, and not where others import it
    known = whole and len(folders) == 1 and renamed.keys() <= {module}
    for one in copied:
        folder, prefix, _ = one.split()
        if one.name == module or list(folders) == [(folder, prefix)]:
            files = frozenset(folders[folder, prefix])
            return Code(folder, one.place, files=files, prefix=prefix, known=known, renamed=tuple(renamed.items()))
    return None


def _inline(content: Value, name: str | None) -> Code | None:
    text = content.place.source
    if content.text is None or name is None or not name.endswith(".py") or not isinstance(text, Text):
        return None
    source = InlineSource(text, Node(content.text, content.place), content.text)
    module = name.removesuffix(".py").replace("/", ".")
    return Code(place=content.place, inline=source, inline_module=module, known=True)


def _first(section: Section, *names: str) -> Value | None:
    """The first of some attributes that is set."""
    found = (section.get(name) for name in names)
    return next((value for value in found if value is not None), None)


#: What a `lifecycle` leaves alone when others deploy the code.
_CODE = frozenset({"all", "filename", "image_uri", "s3_bucket", "s3_key", "s3_object_version", "source_code_hash"})


def replaced_later(function: Instance) -> bool:
    """Whether others put code in the place of what Terraform packs: its `lifecycle` takes no notice of that.
    https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes"""
    ignored = [section.body.attributes.get("ignore_changes") for section in function.sections("lifecycle")]
    names = [part.value for expr in ignored if expr is not None for part in (expr.parts or (expr,))]
    return not _CODE.isdisjoint(name for name in names if isinstance(name, str))


def _package(function: Instance) -> str:
    """What tells one package from another."""
    for name in ("filename", "s3_key", "image_uri", "source_path", "local_existing_package"):
        value = function.likely(name)
        if value is not None and value.text:
            return value.text
        if value is not None:  # what it is made of tells it apart where its own parts do not
            made_of = [ref.of.address for ref in value.all_refs() if isinstance(ref.of, Instance)]
            return " ".join([value.pattern, *made_of]) if value.pattern else function.address
    return function.address


def may_run_program(block: Block) -> bool:
    """Whether a block of any kind may run a program of the project's choice."""
    return block.may_hold("local-exec")


def _runs_program(instance: Instance) -> bool:
    if instance.kind in _PROGRAMS:
        return True
    return any(block.type == "provisioner" and block.labels == ("local-exec",) for block in instance.body.blocks)


def code_of(sources: Sequence[Source], requirements: Sequence[str], handler: str | None, files: Files) -> Code:
    """The code that several sources hold together: the one that has the handler, if any has."""
    if not sources:
        return Code(requirements=tuple(requirements))
    module = f"{(handler or '').rpartition('.')[0].replace('.', '/')}.py"
    chosen = next((one for one in sources if files.text(os.path.join(one.folder, module)) is not None), sources[0])
    code = Code(chosen.folder, chosen.place, None, chosen.files, chosen.prefix, tuple(requirements))
    return replace(code, known=len(sources) == 1)
