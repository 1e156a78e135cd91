"""A template: its resources by logical id, and which of them a value names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from lambdalint.finding import Place
from lambdalint.project.descriptors.templates.conditions import Choice
from lambdalint.project.descriptors.templates.globals import Globals
from lambdalint.project.descriptors.templates.scope import Scope
from lambdalint.project.descriptors.templates.values import Evaluator, Given, Names, Reference, Value
from lambdalint.project.descriptors.tree import Node, Unreadable, read_tree
from lambdalint.text import Text

T = TypeVar("T")

FUNCTIONS = frozenset({"AWS::Serverless::Function", "AWS::Lambda::Function"})
#: Resources that stand for a function, and the property that names it.
_STANDS_FOR = {"AWS::Lambda::Alias": "FunctionName", "AWS::Lambda::Version": "FunctionName"}
_MAX_INCLUDED = 20
_ARN = re.compile(r":function:([^:/]+)")


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as it is written, what its template's `Globals` say of it counted in."""

    name: str
    type: str
    place: Place
    node: Node
    properties: Node

    def value(self, scope: Evaluator, *path: str) -> Value:
        """A property, or what stands in it."""
        return scope.value(self.properties).get(*path)

    def metadata(self, scope: Scope, *path: str) -> Value:
        """What the resource's `Metadata` says."""
        node = self.node.get("Metadata")
        return scope.value(node if node is not None else Node({}, self.place)).get(*path)

    @property
    def condition(self) -> str | None:
        """The condition under which there is such a resource."""
        node = self.node.get("Condition")
        return node.value if node is not None and isinstance(node.value, str) else None


class Template:
    """A template.

    Args:
        text: the file.
        root: the map that holds `Resources`, and may hold `Parameters`, `Mappings`, `Conditions`, `Globals`.
        given: the parameters that a parent template hands down.
        functions: logical ids of functions that are not among the resources, which may be named all the same (those
            that the Serverless Framework makes).
        local: reads a file that the template names by a path; by default none.
    """

    def __init__(
        self,
        text: Text,
        root: Node,
        given: Mapping[str, Given] | None = None,
        functions: frozenset[str] = frozenset(),
        local: Callable[[str], Text | None] = lambda path: None,
    ) -> None:
        self.text = text
        self.root = root
        self._others = functions
        self._local = local
        self._made: dict[str, Any] = {}
        self._included: dict[str, Node | None] = {}
        resources = frozenset(name for name, *_ in self._written()) | functions
        self.names = Names(root.get("Parameters"), root.get("Mappings"), root.get("Conditions"), resources, given or {})

    def scope(self, choice: Choice | None = None, forks: bool = False) -> Scope:
        """What evaluates the template's nodes under a choice of its conditions."""
        return Scope.choosing(self.names, choice, forks)

    @cached_property
    def certain(self) -> Scope:
        """What holds whatever its conditions are."""
        return self.scope()

    @property
    def is_sam(self) -> bool:
        return any(resource.type.startswith("AWS::Serverless::") for resource in self.resources.values())

    @cached_property
    def is_rewritten(self) -> bool:
        """Whether a macro that is not AWS's own goes over the template, which may give its functions layers and
        variables (Datadog's does)."""
        written = self.root.get("Transform")
        names = self.certain.value(written).one_or_more() if written is not None else []
        texts = [name.get("Name").text if name.is_map else name.text for name in names]
        return any(text is None or not text.startswith("AWS::") for text in texts)

    def _written(self) -> Iterator[tuple[str, str, Place, Node]]:
        """The resources that have a type: logical id, type, place."""
        section = self.root.get("Resources")
        if section is None:
            return
        for name, node in section.items():
            kind = node.get("Type")
            if kind is not None and isinstance(kind.value, str):
                yield name, kind.value, section.key_place(name), node

    @cached_property
    def resources(self) -> Mapping[str, Resource]:
        """The resources, in the template's order."""
        shared = Globals(self.root.get("Globals"))
        found = {}
        for name, kind, place, node in self._written():
            properties = node.get("Properties") or Node({}, place, {})
            properties = shared.merged(kind, properties, node.get("IgnoreGlobals"))
            found[name] = Resource(name, kind, place, node, properties)
        return found

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for a name."""
        if name not in self._made:
            self._made[name] = make()
        made: T = self._made[name]
        return made

    def included(self, location: Value) -> Value | None:
        """The content of a local YAML or JSON file that the template names; None where it cannot be read."""
        path = location.text
        if path is None or "://" in path or (path not in self._included and len(self._included) >= _MAX_INCLUDED):
            return None
        if path not in self._included:
            text = self._local(path)
            try:
                self._included[path] = read_tree(text) if text is not None else None
            except Unreadable:
                self._included[path] = None
        node = self._included[path]
        return self.certain.value(node) if node is not None else None

    def of_type(self, *kinds: str) -> Iterator[Resource]:
        """The resources of some types."""
        return (resource for resource in self.resources.values() if resource.type in kinds)

    def named(self, value: Value) -> Resource | None:
        """The resource that a value refers to: the first that its text names."""
        for part in value.parts:
            if isinstance(part, Reference) and part.name in self.resources:
                return self.resources[part.name]
        return None

    def function(self, value: Value) -> str | None:
        """The logical id of the function that a value names: by reference, by an alias or version of it, within an
        ARN or a URI, or by its `FunctionName`; None where it names none of this template."""
        for _ in range(len(_STANDS_FOR) + 1):
            part = next((part for part in value.parts if isinstance(part, Reference)), None)
            if part is None:
                break
            resource = self.resources.get(part.name)
            if part.name in self._others or (resource is not None and resource.type in FUNCTIONS):
                return part.name
            if resource is None or resource.type not in _STANDS_FOR:
                break
            value = resource.value(self.certain, _STANDS_FOR[resource.type])
        return self._by_name(value.canonical)

    def _by_name(self, text: str) -> str | None:
        found = _ARN.search(text)
        return self._function_names.get(found[1] if found is not None else text)

    @cached_property
    def _function_names(self) -> Mapping[str, str | None]:
        """Logical ids by the `FunctionName` that is given; None for a name that two have."""
        names: dict[str, str | None] = {}
        for resource in self.of_type(*FUNCTIONS):
            name = resource.value(self.certain, "FunctionName").canonical
            if name and "${?" not in name:
                names[name] = None if name in names else resource.name
        return names
