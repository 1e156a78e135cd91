"""The resources in serverless.yml that call functions of the service: CloudFormation, read as a template's are.

A resource that refers to a function in a way that is not known is an event of kind "other": what it sends cannot be
told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lambdalint.project.deployment import Event
from lambdalint.project.descriptors.serverless.references import function_named, logical_ids
from lambdalint.project.descriptors.serverless.service import Service
from lambdalint.project.descriptors.serverless.variables import Unresolved, scalar
from lambdalint.project.descriptors.templates.callers import events_of
from lambdalint.project.descriptors.templates.template import Template
from lambdalint.project.descriptors.tree import Node
from lambdalint.text import Text

#: Resources that name a function and do not call it.
_SILENT = re.compile(
    r"AWS::(Lambda::(Version|Alias|EventInvokeConfig|Function|LayerVersion.*)|Logs::LogGroup|IAM::.*|CloudWatch::.*"
    r"|ApplicationAutoScaling::.*|SSM::Parameter)"
)
#: How deep a resource is nested, and how much the resources hold: variables may name what they are part of.
_MAX_DEPTH = 60
_MAX_NODES = 20_000


def resource_template(service: Service, text: Text) -> Template:
    """`resources` as a template in which the service's functions may be named."""
    left = [_MAX_NODES]
    nodes = {name: _written(service, node, 0, left) for name, node in service.resources.items()}
    place = service.root.place
    root = Node({"Resources": Node(dict(nodes), place, {name: node.place for name, node in nodes.items()})}, place, {})
    ids = frozenset(service.logical_id(function.name) for function in service.functions)
    return Template(text, root, functions=ids - nodes.keys())


def _written(service: Service, node: Node | None, depth: int, left: list[int]) -> Node:
    """A piece of CloudFormation with the Framework's variables worked out. What they leave open is as what another
    stack exports. `${X.Arn}` in a Fn::Sub is CloudFormation's own. `left`: how many nodes there may still be."""
    node = service.variables.resolved(node)
    left[0] -= 1
    if node is None or isinstance(node, Unresolved) or depth > _MAX_DEPTH or left[0] < 0:
        place = node.place if node is not None else service.root.place
        return Node({"Fn::ImportValue": Node("", place)}, place, {"Fn::ImportValue": place})
    if isinstance(node.value, list):
        return Node([_written(service, one, depth + 1, left) for one in node.value], node.place)
    if isinstance(node.value, dict):
        items = {
            key: one if key == "Fn::Sub" and isinstance(one.value, str) else _written(service, one, depth + 1, left)
            for key, one in node.value.items()
        }
        return Node(items, node.place, node.keys)
    return node


def calls(service: Service, template: Template, function: str, own: Sequence[Event]) -> Iterator[Event]:
    """What calls a function besides its `own` events: something in `resources`, or in `stepFunctions`."""
    found = events_of(template, service.logical_id(function), template.certain, own)[len(own) :]
    yield from found
    told = {event.name for event in found}
    for key, node in service.resources.items():
        kind = scalar(service.get(node, "Type")) or ""
        silent = _SILENT.fullmatch(kind) or kind == "AWS::Lambda::Permission"
        if key not in told and not silent and function_named(service, node) == function:
            yield Event("other", node.place, key)
    machines = service.get(service.root, "stepFunctions", "stateMachines")
    for key, written in machines.items() if machines is not None else ():
        if {function, service.logical_id(function)} & logical_ids(service, service.variables.resolved(written)):
            yield Event("step-functions", machines.key_place(key) if machines else written.place, key)
