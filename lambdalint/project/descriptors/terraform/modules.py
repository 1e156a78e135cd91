"""A module of Terraform: a folder's files read as one, with its variables' values, and what its blocks make."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from lambdalint.finding import Place
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.terraform.bodies import Block, Body, Expr, object_body
from lambdalint.project.descriptors.terraform.evaluate import Scope, Step, Work, evaluate
from lambdalint.project.descriptors.terraform.functions import Surroundings
from lambdalint.project.descriptors.terraform.json_syntax import expression
from lambdalint.project.descriptors.terraform.reading import Reading, read_file
from lambdalint.project.descriptors.terraform.syntax import normal, read_hcl
from lambdalint.project.descriptors.terraform.values import UNKNOWN, Ref, Value, unknown
from lambdalint.project.descriptors.tree import Unreadable, read_tree

#: How deep modules call modules, how many there are in one reading, and how many things one block makes.
MAX_DEPTH = 5
MAX_MODULES = 200
MAX_REPEATED = 100

_OVERRIDE = re.compile(r"(.*_)?override\.tf(\.json)?")
_AUTO = re.compile(r"terraform\.tfvars(\.json)?|.*\.auto\.tfvars(\.json)?")


@dataclass(slots=True)
class World:
    """What one reading has read."""

    files: Files
    root: str
    work: Work = field(default_factory=Work)
    count: int = 0
    _bodies: dict[str, Body] = field(default_factory=dict)
    _readings: list[Reading] = field(default_factory=list)

    @property
    def unread(self) -> list[Unreadable]:
        """What of the files that were read could not be."""
        return [error for reading in self._readings for error in reading.unread]

    def body(self, folder: str) -> Body:
        """All of a folder's files."""
        if folder not in self._bodies:
            self._bodies[folder] = self._read(folder)
        return self._bodies[folder]

    def _read(self, folder: str) -> Body:
        whole = Body()
        names = sorted(name for name in self.files.names(folder) if name.endswith((".tf", ".tf.json")))
        for name in sorted(names, key=lambda name: _OVERRIDE.fullmatch(name) is not None):
            body = self._file(os.path.join(folder, name))
            if body is None:
                continue
            for block in body.blocks:
                former = _OVERRIDE.fullmatch(name) and _same(whole, block)
                if former:
                    whole.blocks[whole.blocks.index(former)] = _overridden(former, block)
                else:
                    whole.blocks.append(block)
        return whole

    def _file(self, path: str) -> Body | None:
        """One file; None where it is not there."""
        text = self.files.text(path)
        if text is None:
            return None
        reading = read_file(text)
        self._readings.append(reading)
        return reading.body


def _same(body: Body, block: Block) -> Block | None:
    return next((one for one in body.blocks if (one.type, one.labels) == (block.type, block.labels)), None)


def _overridden(former: Block, block: Block) -> Block:
    """A block with what an override file says of it."""
    body = Body()
    body.attributes.update({**former.body.attributes, **block.body.attributes})
    kinds = {inner.type for inner in block.body.blocks}
    body.blocks.extend(inner for inner in former.body.blocks if inner.type not in kinds)
    body.blocks.extend(block.body.blocks)
    return replace(former, body=body, written=None)


@dataclass(slots=True, eq=False)
class Section:
    """A block's inside, where it stands."""

    body: Body
    scope: Scope
    place: Place

    def get(self, name: str) -> Value | None:
        """What an attribute comes to; None where it is not set, or null."""
        expr = self.body.attributes.get(name)
        if expr is None:
            return None
        value = evaluate(expr, self.scope)
        return None if value.is_null else value

    def likely(self, name: str) -> Value | None:
        """The same; where it may be null or empty, what it is else."""
        value = self.get(name)
        return value.unless_empty or value if value is not None else None

    def text(self, name: str) -> str | None:
        """An attribute that is known text."""
        value = self.get(name)
        return value.text if value is not None else None

    def sections(self, *kinds: str) -> list[Section]:
        """The blocks of a type inside, and inside those the blocks of the next; of `dynamic` ones too."""
        kind, *rest = kinds
        found = [Section(block.body, self.scope, block.place) for block in self.body.of(kind)]
        for block in self._dynamic(kind):
            found += self._repeated(block)
        return [inner for one in found for inner in one.sections(*rest)] if rest else found

    def sure(self, kind: str) -> bool:
        """Whether `sections` has each block of the type, and no more."""
        over = [block.body.attributes.get("for_each") for block in self._dynamic(kind)]
        return all(expr is not None and evaluate(expr, self.scope).known for expr in over)

    def _dynamic(self, kind: str) -> list[Block]:
        return [block for block in self.body.blocks if block.type == "dynamic" and block.labels == (kind,)]

    def _repeated(self, block: Block) -> list[Section]:
        contents = [inner for inner in block.body.blocks if inner.type == "content"]
        over = block.body.attributes.get("for_each")
        if not contents or over is None:
            return []
        given = block.body.attributes.get("iterator")
        name = str(given.value) if given is not None and given.kind == "name" else block.labels[0]
        return [
            Section(contents[0].body, self.scope.with_names({name: each}), contents[0].place)
            for _, each in _each(evaluate(over, self.scope), over.place)
        ]


def _each(over: Value, place: Place) -> list[tuple[str, Value]]:
    """What a value is gone through by: a key in words, and an object of `key` and `value`. One that stands for any
    where they are not known."""
    if not over.known or not isinstance(over.data, (dict, tuple)):
        return [("", Value({"key": unknown(place), "value": unknown(place)}, place))]
    if isinstance(over.data, dict):
        pairs = [(key, Value(key, value.place), value) for key, value in over.data.items()]
    else:
        pairs = [(str(value.data), value, value) for value in over.data]
    return [(key, Value({"key": name, "value": value}, place)) for key, name, value in pairs[:MAX_REPEATED]]


@dataclass(slots=True, eq=False)
class Instance(Section):
    """One thing that a `resource`, `data` or `module` block makes. `kind`: a resource's type, "data." and a type, or
    "module". `key`: which it is of several. `child`: the module that it calls, in the project; where that is a copy of
    terraform-aws-modules/lambda (`packs`), it is known by what is given to it instead."""

    kind: str
    name: str
    address: str
    module: Module
    key: str | int | None = None
    child: Module | None = None
    packs: bool = False
    _values: dict[str, Value | None] = field(default_factory=dict)

    def attribute(self, name: str, place: Place) -> Value:
        """An attribute, as an expression elsewhere names it."""
        if name not in self._values:
            self._values[name] = None  # in a circle it is not known
            self._values[name] = self._attribute(name, place)
        value = self._values[name]
        return value if value is not None else unknown(place)

    def _attribute(self, name: str, place: Place) -> Value:
        if self.child is not None:
            return self.child.output(name, place)
        own = (Ref(self, name),)
        expr = self.body.attributes.get(name)
        if expr is None or self.kind == "module":
            return Value(UNKNOWN, place, own)
        value = evaluate(expr, self.scope)
        return replace(value, refs=(*own, *value.refs))


class Module:
    """One folder, called once. `arguments`: what its caller gives; None for the folder that Terraform runs in.
    `within`: the folders whose modules call it, one the next, and its own."""

    def __init__(
        self,
        world: World,
        folder: str,
        arguments: Mapping[str, Value] | None = None,
        address: str = "",
        callers: tuple[str, ...] = (),
    ) -> None:
        self.world, self.folder, self.address = world, folder, address
        self.body = world.body(folder)
        self.within = (*callers, folder)
        self._arguments = arguments
        self._blocks: dict[tuple[str, ...], Block] = {}
        for block in self.body.blocks:
            self._blocks.setdefault((block.type, *block.labels), block)
        self._lacks_defaults = False
        self._values: dict[tuple[str, str], Value | None] = {}
        self._made: dict[tuple[str, str], list[Instance]] = {}
        around = Surroundings(world.files, world.root)
        self.scope = Scope(self, world.work, around, {})
        self._settings = self._root_settings() if arguments is None else {}

    @property
    def is_root(self) -> bool:
        """Whether Terraform surely runs here, so that no caller gives other values: only such a folder sets up a
        provider or a backend (https://developer.hashicorp.com/terraform/language/modules/develop/providers)."""
        if any(block.type == "provider" for block in self.body.blocks):
            return True
        settings = [block for block in self.body.blocks if block.type == "terraform"]
        terraform = [inner.type for block in settings for inner in block.body.blocks]
        names = self.world.files.names(self.folder)
        return not {"backend", "cloud"}.isdisjoint(terraform) or any(_AUTO.fullmatch(name) for name in names)

    @cached_property
    def _locals(self) -> dict[str, Expr]:
        found: dict[str, Expr] = {}
        for block in self.body.of("locals"):
            found.update(block.body.attributes)
        return found

    def variable(self, name: str, place: Place) -> Value:
        """A variable of the module."""
        return self._once("var", name, place)

    def output(self, name: str, place: Place) -> Value:
        """An output of the module."""
        return self._once("output", name, place)

    def resolve(self, name: str, steps: Sequence[Step], place: Place) -> tuple[Value, int]:
        """What a name, and the first steps behind it, stand for."""
        words = [step if isinstance(step, str) else "" for step in steps[:2]]
        if name in ("var", "local") and words:
            return self._once(name, words[0], place), 1
        if name == "path" and words:
            return Value(self.folder if words[0] == "module" else self.world.root, place), 1
        if name == "module" and words:
            return self._whole("module", words[0], place), 1
        if name == "data" and len(words) == 2:
            return self._whole(f"data.{words[0]}", words[1], place), 2
        if name in ("each", "count", "self", "terraform", "ephemeral") or not words:
            return unknown(place), len(steps)
        return self._whole(name, words[0], place), 1

    def instances(self, wanted: Callable[[str, Block], bool]) -> Iterator[Instance]:
        """What its blocks make that are wanted, told by their kind, and the modules that it calls, with theirs."""
        for block in self.body.blocks:
            if block.type in ("resource", "data") and len(block.labels) == 2:
                kind = f"data.{block.labels[0]}" if block.type == "data" else block.labels[0]
                if wanted(kind, block):
                    yield from self.made(kind, block.labels[1])
            elif block.type == "module" and len(block.labels) == 1:
                for call in self.made("module", block.labels[0]):
                    yield call
                    if call.child is not None:
                        yield from call.child.instances(wanted)

    def made(self, kind: str, name: str) -> list[Instance]:
        """What one block makes: a resource's type, "data." and a type, or "module"."""
        key = (kind, name)
        if key not in self._made:
            self._made[key] = []  # in a circle there is none
            block = self._block(kind, name)
            if block is not None and not block.body.unread:
                self._made[key] = self._repeated(block, kind, name)
        return self._made[key]

    def _block(self, kind: str, name: str) -> Block | None:
        if kind == "module":
            return self._blocks.get(("module", name))
        if kind.startswith("data."):
            return self._blocks.get(("data", kind[5:], name))
        return self._blocks.get(("resource", kind, name))

    def _whole(self, kind: str, name: str, place: Place) -> Value:
        """What a block makes, as a value: one thing, or all by their keys."""
        made, block = self.made(kind, name), self._block(kind, name)
        if block is None:
            return unknown(place)
        wholes = [Value(UNKNOWN, place, (Ref(one, ""),)) for one in made]
        keyed = {one.key: whole for one, whole in zip(made, wholes) if one.key is not None}
        if keyed and "count" in block.body.attributes:
            return Value(tuple(wholes), place)
        if keyed:
            return Value({str(key): whole for key, whole in keyed.items()}, place)
        return wholes[0] if wholes else unknown(place)

    def _repeated(self, block: Block, kind: str, name: str) -> list[Instance]:
        count, over = block.body.attributes.get("count"), block.body.attributes.get("for_each")
        found: list[tuple[str | int | None, dict[str, Value]]] = [(None, {})]
        if count is not None:
            number = evaluate(count, self.scope)
            if number.number is None or (number.number == 0 and self._may_be_switched_on(count)):
                found = [(None, {"count": Value({"index": unknown(count.place)}, count.place)})]
            else:
                indices = [Value(index, count.place) for index in range(min(number.number, MAX_REPEATED))]
                found = [(index.number, {"count": Value({"index": index}, count.place)}) for index in indices]
        elif over is not None:
            value = evaluate(over, self.scope)
            found = [(key if value.known else None, {"each": one}) for key, one in _each(value, over.place)]
        return [self._instance(block, kind, name, key, names) for key, names in found]

    def _may_be_switched_on(self, count: Expr) -> bool:
        """Whether nothing is made only since variables have their defaults, which who deploys may set."""
        if not self.is_root:
            return False
        kept, self._values, self._lacks_defaults = self._values, {}, True
        try:
            return evaluate(count, self.scope).number is None
        finally:
            self._values, self._lacks_defaults = kept, False

    def _instance(self, block: Block, kind: str, name: str, key: str | int | None, names: dict[str, Value]) -> Instance:
        scope = self.scope.with_names(names)
        written = "" if key is None else f"[{key}]" if isinstance(key, int) else f'["{key}"]'
        address = f"{self.address}{kind}.{name}{written}"
        instance = Instance(block.body, scope, block.place, kind, name, address, self, key)
        source = instance.text("source") if kind == "module" else None
        if source is None or not source.startswith(("./", "../")):
            return instance
        folder = os.path.normpath(os.path.join(self.folder, source))
        world = self.world
        instance.packs = _packs(world.body(folder))
        if instance.packs:
            return instance
        if len(self.within) <= MAX_DEPTH and world.count < MAX_MODULES and world.body(folder).blocks:
            world.count += 1
            arguments = {key: evaluate(expr, scope) for key, expr in block.body.attributes.items()}
            instance.child = Module(world, folder, arguments, f"{address}.", self.within)
        return instance

    def _once(self, kind: str, name: str, place: Place) -> Value:
        key = (kind, name)
        if key not in self._values:
            self._values[key] = None  # in a circle it is not known
            make = {"var": self._variable, "local": self._local, "output": self._output}[kind]
            self._values[key] = make(name, place)
        value = self._values[key]
        return value if value is not None else unknown(place)

    def _local(self, name: str, place: Place) -> Value:
        expr = self._locals.get(name)
        return evaluate(expr, self.scope) if expr is not None else unknown(place)

    def _output(self, name: str, place: Place) -> Value:
        block = self._blocks.get(("output", name))
        expr = block.body.attributes.get("value") if block is not None else None
        return evaluate(expr, self.scope) if expr is not None else unknown(place)

    def _variable(self, name: str, place: Place) -> Value:
        block = self._blocks.get(("variable", name))
        if block is None:
            return unknown(place)
        given = self._settings.get(name) if self._arguments is None else self._arguments.get(name)
        default = block.body.attributes.get("default") if not self._lacks_defaults else None
        if given is None and (self._arguments is not None or self.is_root) and default is not None:
            given = evaluate(default, self.scope)
        if given is None:
            return unknown(place)
        kind = block.body.attributes.get("type")
        return _typed(given, kind, self.scope) if kind is not None else given

    def _root_settings(self) -> dict[str, Value]:
        """What files of variables set where Terraform runs. Those that are only read when named (`-var-file`) leave
        what they set open."""
        found: dict[str, Value] = {}
        present = sorted(self.world.files.names(self.folder))
        names = [name for name in present if name.endswith((".tfvars", ".tfvars.json"))]
        for name in sorted(names, key=lambda name: (not name.startswith("terraform.tfvars"), name)):
            for key, value in self._setting_file(os.path.join(self.folder, name)).items():
                found[key] = value if _AUTO.fullmatch(name) else unknown(value.place)
        return found

    def _setting_file(self, path: str) -> dict[str, Value]:
        text = self.world.files.text(path)
        if text is None:
            return {}
        try:
            body = (
                object_body(expression(read_tree(text), text))
                if path.endswith(".json")
                else read_hcl(text, normal(text))
            )
        except Unreadable:
            return {}
        return {name: evaluate(expr, self.scope) for name, expr in body.attributes.items()}


def _packs(body: Body) -> bool:
    """Whether a module is a copy of terraform-aws-modules/lambda: the program that packs is called by this name."""
    return any((one.type, one.labels) == ("data", ("external", "archive_prepare")) for one in body.blocks)


def _typed(value: Value, kind: Expr, scope: Scope, depth: int = 0) -> Value:
    """A value as a variable of a type takes it: what is optional has its default.
    https://developer.hashicorp.com/terraform/language/expressions/type-constraints"""
    inner = kind.parts[0] if kind.kind == "call" and kind.parts else None
    if inner is None or depth > 10 or isinstance(value.data, (str, int, float)) or value.data is None:
        return value
    if kind.value in ("list", "set", "map") and isinstance(value.data, dict):
        items = {key: _typed(one, inner, scope, depth + 1) for key, one in value.items()}
        return replace(value, data=items)
    if kind.value in ("list", "set") and isinstance(value.data, tuple):
        return replace(value, data=tuple(_typed(one, inner, scope, depth + 1) for one in value.data))
    if kind.value == "object" and isinstance(value.data, dict) and inner.kind == "object":
        items = dict(value.items())
        for key, wanted in object_body(inner).attributes.items():
            optional = wanted.kind == "call" and wanted.value == "optional" and wanted.parts
            own = wanted.parts[0] if optional else wanted
            if key in items and not items[key].is_null:
                items[key] = _typed(items[key], own, scope, depth + 1)
            elif optional and not value.open:
                default = evaluate(wanted.parts[1], scope) if len(wanted.parts) > 1 else Value(None, value.place)
                items[key] = _typed(default, own, scope, depth + 1)
        return replace(value, data=items)
    return value
