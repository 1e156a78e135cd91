"""The functions that a template deploys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lambdalint.project.deployment import Code, Deployment, Event, Fact, Layer
from lambdalint.project.descriptors.templates.callers import events_of
from lambdalint.project.descriptors.templates.conditions import Choice, alternatives
from lambdalint.project.descriptors.templates.packages import Packages, command_of, image_named, is_image
from lambdalint.project.descriptors.templates.sam_events import own_events
from lambdalint.project.descriptors.templates.scope import Scope
from lambdalint.project.descriptors.templates.services import on_devices
from lambdalint.project.descriptors.templates.template import FUNCTIONS, Resource, Template
from lambdalint.project.descriptors.templates.values import Value
from lambdalint.project.descriptors.tree import Node

_LAYERS = ("AWS::Serverless::LayerVersion", "AWS::Lambda::LayerVersion")


def functions_of(template: Template, packages: Packages, descriptor: str | None = None) -> Iterator[Deployment]:
    """The functions that a template deploys, in its order; one several times where its conditions, of which no default
    decides any, make it another.

    Args:
        packages: says where code and layers stand.
        descriptor: the kind of descriptor, as people call it; by default what the template shows.
    """
    kind = descriptor or ("SAM" if template.is_sam else "CloudFormation")
    for resource in template.of_type(*FUNCTIONS):
        reader = _Function(template, packages, resource, kind)
        yield from alternatives(reader.deployment)


class _Function:
    """Reads one function of a template."""

    def __init__(self, template: Template, packages: Packages, resource: Resource, descriptor: str) -> None:
        self._template = template
        self._packages = packages
        self._resource = resource
        self._descriptor = descriptor

    @property
    def _on_devices(self) -> bool:
        return self._resource.name in self._template.once("on devices", lambda: on_devices(self._template))

    def deployment(self, choice: Choice, forks: bool) -> Deployment | None:
        """The function under a choice of the conditions; None where there is none then."""
        scope = self._template.scope(choice, forks)
        resource = self._resource
        if resource.condition is not None and scope.decide(resource.condition) is False:
            return None
        settled = scope.without_forks()
        packaged = self._image(scope) if is_image(resource, scope) else self._zipped(scope)
        values, variables_known = _variables(resource.value(scope, "Environment", "Variables"), settled)
        variables = {name: Fact(value.text, value.place) for name, value in values.items()}
        layers, layers_known = self._layers(scope)
        rewritten = self._template.is_rewritten
        return replace(
            packaged,
            timeout=resource.value(settled, "Timeout").number_fact(),
            memory=resource.value(settled, "MemorySize").number_fact(),
            variables={**packaged.variables, **variables},
            variables_known=packaged.variables_known and variables_known and not rewritten and not self._on_devices,
            filled=frozenset(name for name, value in values.items() if self._template.named(value) is not None),
            layers=layers,
            layers_known=layers_known and not rewritten,
            events=tuple(self._events(settled)),
        )

    def _zipped(self, scope: Scope) -> Deployment:
        """What an archive of code runs."""
        return Deployment(
            name=self._resource.name,
            descriptor=self._descriptor,
            place=self._resource.place,
            handler=self._resource.value(scope, "Handler").fact(),
            code=self._packages.code(self._resource, scope),
            runtime=self._resource.value(scope, "Runtime").fact(),
            variables_known=True,
        )

    def _image(self, scope: Scope) -> Deployment:
        """What an image runs: the one word of the command that overrides its own, else its own. It may have variables
        that are not seen."""
        name, place = self._resource.name, self._resource.place
        image = self._packages.image(self._resource, scope)
        if image is None:
            uri = self._resource.value(scope, "ImageUri")
            uri = self._resource.value(scope, "Code", "ImageUri") if uri.absent else uri
            code = Code(place=place, archive=image_named(uri.canonical), image=uri.canonical)
            image = Deployment(name, self._descriptor, place, code=code)
        config = self._resource.value(scope, "ImageConfig")
        own = config.get("Command").absent and config.get("EntryPoint").absent
        handler = image.handler if own else command_of(self._resource, scope)
        return replace(
            image, name=name, descriptor=self._descriptor, place=place, handler=handler, variables_known=False
        )

    def _layers(self, scope: Scope) -> tuple[tuple[Layer, ...], bool]:
        """The layers, and whether there are no others."""
        listed = self._resource.value(scope, "Layers")
        return tuple(self._layer(value, scope) for value in listed.elements()), not listed.open

    def _layer(self, value: Value, scope: Scope) -> Layer:
        version = self._template.named(value)
        if version is None or version.type not in _LAYERS:
            return Layer(value.place)
        return self._packages.layer(version, scope, value.place)

    def _events(self, scope: Scope) -> list[Event]:
        own = own_events(self._template, self._resource, scope)
        return events_of(self._template, self._resource.name, scope, list(own))


def _variables(variables: Value, settled: Scope) -> tuple[Mapping[str, Value], bool]:
    """The variables of a function, and whether there are no others. Whether one is there may hang on a condition, and
    makes the function another; what its value is does not."""
    found: dict[str, Value] = {}
    for name, node in variables.content.items() if isinstance(variables.content, dict) else ():
        if not name.startswith("Fn::"):
            value = (variables.scope if _may_be_absent(node) else settled).value(node)
            if not value.absent:
                found[name] = value
    return found, not variables.open


def _may_be_absent(node: Node) -> bool:
    """Whether it is a choice of which one branch is `AWS::NoValue`."""
    terms = node.get("Fn::If")
    branches = [branch.get("Ref") for branch in terms.elements()[1:]] if terms is not None else []
    return any(branch is not None and branch.value == "AWS::NoValue" for branch in branches)
