"""Nested templates: AWS::Serverless::Application and AWS::CloudFormation::Stack with a local path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lambdalint.project.descriptors.templates.template import Template
from lambdalint.project.descriptors.templates.values import Given, Unknown, Value

_LOCATION = {"AWS::Serverless::Application": "Location", "AWS::CloudFormation::Stack": "TemplateURL"}


@dataclass(frozen=True, slots=True)
class Nested:
    """A template that another one nests: its path, relative to that one, and the parameters handed down."""

    path: str
    given: Mapping[str, Given]


def nested_templates(template: Template) -> Iterator[Nested]:
    """The local templates that a template nests."""
    scope = template.certain
    for resource in template.of_type(*_LOCATION):
        path = resource.value(scope, _LOCATION[resource.type]).text
        if path is None or "://" in path or "\0" in path:
            continue
        decided = dict(resource.value(scope.strict, "Parameters").items())
        given = {
            name: Given(_handed(value), _handed(decided.get(name, value)))
            for name, value in resource.value(scope, "Parameters").items()
        }
        yield Nested(path, given)


def _handed(value: Value) -> Value:
    """A value outside its template: what it refers to there is open."""
    if value.text is not None:
        return value
    return Value(value.node, (Unknown(f"?{id(value.node)}"),), value.scope)
