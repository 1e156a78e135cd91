"""One service of the Serverless Framework: what its file says once for all functions, and how they are found."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lambdalint.finding import Place
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.serverless.variables import Unresolved, Variables, scalar
from lambdalint.project.descriptors.tree import Node

#: Plugins that change neither what is in a package nor the variables and layers of a function that is written: they
#: name domains and roles, prune, sync buckets, alert, run locally, or make resources of other kinds. What any other
#: brings is not seen, so a plugin that is missing here makes lambdalint say less, and never something false.
#: Source: what each says of itself, https://www.npmjs.com/package/serverless-prune-plugin and so on.
HARMLESS = frozenset({
    "serverless-apigateway-service-proxy", "serverless-apigw-binary", "serverless-appsync-plugin",
    "serverless-domain-manager", "serverless-dynamodb", "serverless-dynamodb-local", "serverless-finch",
    "serverless-iam-roles-per-function", "serverless-offline", "serverless-offline-sns", "serverless-offline-sqs",
    "serverless-plugin-aws-alerts", "serverless-plugin-log-retention", "serverless-plugin-split-stacks",
    "serverless-prune-plugin", "serverless-pseudo-parameters", "serverless-python-requirements", "serverless-s3-local",
    "serverless-s3-sync", "serverless-step-functions",
})  # fmt: skip

REQUIREMENTS_PLUGIN = "serverless-python-requirements"
#: Plugins that give functions variables, and leave their packages and layers alone:
#: https://www.npmjs.com/package/serverless-dotenv-plugin
_OF_VARIABLES = frozenset({"serverless-dotenv-plugin"})


@dataclass(frozen=True, slots=True)
class Written:
    """A function as it stands in a file: its name, where that stands, and what is said of it."""

    name: str
    place: Place
    node: Node


class Service:
    """What a service's file says, variables resolved."""

    def __init__(self, path: str, root: Node, files: Files) -> None:
        """`path` is the absolute path of the service's file, `root` what is in it."""
        self.path, self.root, self.files = path, root, files
        self.folder = os.path.dirname(path)
        self.variables = Variables(path, root, files)

    def get(self, node: Node | None, *path: str) -> Node | None:
        """What stands under keys, resolved: None where nothing does, an `Unresolved` where that cannot be known."""
        return self.variables.get(node, *path)

    @cached_property
    def provider(self) -> Node | None:
        """`provider:`, or what the short form `provider: aws` names."""
        return self.get(self.root, "provider")

    @property
    def is_aws(self) -> bool:
        """Whether it is surely deployed to AWS."""
        return "aws" in (scalar(self.provider), scalar(self.get(self.provider, "name")))

    def setting(self, function: Written, name: str) -> Node | None:
        """What holds for a function: its own word, or the provider's."""
        own = self.get(function.node, name)
        return own if own is not None and own.value is not None else _either(own, self.get(self.provider, name))

    @cached_property
    def functions(self) -> tuple[Written, ...]:
        """The functions, in their order. `functions` is a mapping, a list of mappings, or a file with either."""
        found: dict[str, Written] = {}
        node = self.get(self.root, "functions")
        for mapping in (node, *self.variables.elements(node)):
            for name, written in mapping.items() if mapping is not None else ():
                function = self.variables.resolved(written)
                if function is not None and isinstance(function.value, dict):
                    assert mapping is not None
                    found[name] = Written(name, mapping.key_place(name), function)
        return tuple(found.values())

    @cached_property
    def plugins(self) -> frozenset[str] | None:
        """The names of the plugins; None where one cannot be known."""
        node = self.get(self.root, "plugins")
        if node is not None and isinstance(node.value, dict):
            node = self.get(node, "modules")
        if isinstance(node, Unresolved):
            return None
        names = [scalar(element) for element in self.variables.elements(node)]
        return None if None in names else frozenset(name for name in names if name is not None)

    @property
    def plain(self) -> bool:
        """Whether no plugin can add to packages, variables or layers what is not written here."""
        return self.plugins is not None and self.plugins <= HARMLESS and not self._is_of_dashboard

    @property
    def packs_plainly(self) -> bool:
        """Whether no plugin can add to packages or layers what is not written here."""
        return self.plugins is not None and self.plugins <= HARMLESS | _OF_VARIABLES and not self._is_of_dashboard

    @cached_property
    def _is_of_dashboard(self) -> bool:
        """Whether the Framework's dashboard may wrap each handler in a module of its own, which finds the handler's own
        folder too: https://www.serverless.com/framework/docs/guides/dashboard"""
        return all(self.get(self.root, name) is not None for name in ("org", "app"))

    @cached_property
    def version(self) -> int | None:
        """The Framework's major version, where `frameworkVersion` names one alone."""
        text = scalar(self.get(self.root, "frameworkVersion")) or ""
        found = {int(major) for major in re.findall(r"(?<![\d.])(\d+)(?![\d])", re.sub(r"<\s*[\d.]+", "", text))}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def resources(self) -> dict[str, Node]:
        """The CloudFormation resources that are written here, by logical id."""
        parts = self._resource_parts()
        return {name: node for part in parts for name, node in self.mapping(self.get(part, "Resources"))}

    def logical_id(self, function: str) -> str:
        """The logical id of a function's resource."""
        return f"{logical_name(function)}LambdaFunction"

    def overridden(self, function: str) -> frozenset[str]:
        """The properties of a function that `resources` sets over what stands in `functions`."""
        name = self.logical_id(function)
        found: set[str] = set()
        for part in self._resource_parts():
            for section in ("Resources", "extensions"):
                found.update(key for key, _ in self.mapping(self.get(part, section, name, "Properties")))
        return frozenset(found)

    @cached_property
    def extended(self) -> frozenset[str]:
        """The logical ids that `resources.extensions` adds to."""
        return frozenset(
            key for part in self._resource_parts() for key, _ in self.mapping(self.get(part, "extensions"))
        )

    def _resource_parts(self) -> Iterator[Node]:
        node = self.get(self.root, "resources")
        if node is not None:
            yield from [node] if isinstance(node.value, dict) else self.variables.elements(node)

    def mapping(self, node: Node | None) -> Iterator[tuple[str, Node]]:
        """The items of a mapping, or of each mapping of a list, resolved."""
        for part in (node, *self.variables.elements(node)):
            for key, written in part.items() if part is not None else ():
                value = self.variables.resolved(written)
                if value is not None:
                    yield key, value


def _either(own: Node | None, general: Node | None) -> Node | None:
    return own if isinstance(own, Unresolved) else general


def logical_name(name: str) -> str:
    """A function's or layer's name as it begins a logical id: `say-hello` gives `SayDashhello`.

    https://www.serverless.com/framework/docs/providers/aws/guide/resources
    """
    for char, word in (("-", "Dash"), ("_", "Underscore"), (".", "Dot")):
        name = name.replace(char, word)
    return name[:1].upper() + name[1:]
