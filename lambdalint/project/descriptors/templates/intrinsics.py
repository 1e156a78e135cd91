"""The intrinsic functions of CloudFormation and of its AWS::LanguageExtensions transform.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
What is not here (ImportValue, GetAZs, Cidr, Transform) is unknown.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from lambdalint.project.descriptors.templates.values import ABSENT, Evaluator, Part, Reference, Unknown, Value
from lambdalint.project.descriptors.tree import Node

#: Evaluates one function: the scope, the node of the call, the node of its argument.
Function: TypeAlias = Callable[[Evaluator, Node, Node], Value]

#: Longer lists are unknown, and larger values as JSON.
MAX_VALUES = 10_000

_VARIABLE = re.compile(r"\$\{([^}]*)\}")


def _ref(scope: Evaluator, node: Node, argument: Node) -> Value:
    name = argument.value
    return _named(scope, node, name) if isinstance(name, str) else scope.unknown(node)


def _named(scope: Evaluator, node: Node, name: str) -> Value:
    """What `Ref` gives for a name."""
    if name == "AWS::NoValue":
        return Value(node, ABSENT, scope)
    declared = scope.names.parameters.get(name) if scope.names.parameters is not None else None
    if declared is not None:
        return _parameter(scope, node, name, declared)
    # SAM: `!Ref Function.Alias`, `!Ref Function.Version`, `!Ref Api.Stage`
    resource, _, attribute = name.partition(".")
    if resource in scope.names.resources:
        return Value(node, (Reference(resource, attribute),), scope)
    return scope.unknown(node, name)


def _parameter(scope: Evaluator, node: Node, name: str, declared: Node) -> Value:
    """What a parent hands down, or a parameter's default. Of an SSM parameter either is its name in the store."""
    given = scope.names.given.get(name)
    default = declared.get("Default")
    if given is not None:
        value = given.value if scope.defaults else given.decided
    elif scope.defaults and default is not None:
        value = scope.value(default)
    else:
        return scope.unknown(node, name)
    kind = declared.get("Type")
    kind_text = (kind.text if kind is not None else None) or ""
    if value.text is None or kind_text.startswith("AWS::SSM::"):
        return scope.unknown(node, name)
    if kind_text == "CommaDelimitedList" or kind_text.startswith("List<"):
        # the spaces about a comma do not count
        return _listed(scope, value.node, re.sub(r"\s*,\s*", ",", value.text.strip()), ",")
    return value


def _listed(scope: Evaluator, node: Node, text: str, between: str) -> Value:
    texts = text.split(between, MAX_VALUES)
    if len(texts) > MAX_VALUES:
        return scope.unknown(node)
    return Value(node, [Node(part, node.place) for part in texts], scope)


def _get_att(scope: Evaluator, node: Node, argument: Node) -> Value:
    names = argument.elements() or [Node(part, argument.place) for part in (argument.text or "").split(".", 1)]
    texts = [scope.value(name).text for name in names]
    if len(texts) < 2 or texts[0] is None:
        return scope.unknown(node)
    attribute = ".".join(text or "?" for text in texts[1:])
    if texts[0] not in scope.names.resources:
        return scope.unknown(node, f"{texts[0]}.{attribute}")
    return Value(node, (Reference(texts[0], attribute),), scope)


def _sub(scope: Evaluator, node: Node, argument: Node) -> Value:
    template, *rest = argument.elements() or [argument]
    variables = rest[0] if rest else None
    if not isinstance(template.value, str) or len(rest) > 1:
        return scope.unknown(node)
    parts: list[Part] = []
    end = 0
    for found in _VARIABLE.finditer(template.value):
        parts.append(template.value[end : found.start()])
        end = found.end()
        name = found[1].strip()
        if name.startswith("!"):
            parts.append(f"${{{name[1:]}}}")
            continue
        own = variables.get(name) if variables is not None else None
        value = scope.value(own) if own is not None else _in_text(scope, template, name)
        parts.extend(value.parts or (Unknown(name),))
    parts.append(template.value[end:])
    return scope.joined(template, tuple(part for part in parts if part != ""))


def _in_text(scope: Evaluator, node: Node, name: str) -> Value:
    resource, dot, attribute = name.partition(".")
    if dot and resource in scope.names.resources:
        return Value(node, (Reference(resource, attribute),), scope)
    return _named(scope, node, name)


def _join(scope: Evaluator, node: Node, argument: Node) -> Value:
    arguments = argument.elements()
    between = scope.value(arguments[0]).text if len(arguments) == 2 else None
    listed = scope.value(arguments[1]) if len(arguments) == 2 else None
    if between is None or listed is None or not listed.is_list:
        return scope.unknown(node)
    parts: list[Part] = []
    for number, element in enumerate(listed.elements()):
        if number and between:
            parts.append(between)
        parts.extend(element.parts or (Unknown(f"?{id(element.node)}"),))
    return scope.joined(node, tuple(parts))


def _split(scope: Evaluator, node: Node, argument: Node) -> Value:
    texts = [scope.value(element).text for element in argument.elements()]
    if len(texts) != 2 or not texts[0] or texts[1] is None:
        return scope.unknown(node)
    return _listed(scope, node, texts[1], texts[0])


def _select(scope: Evaluator, node: Node, argument: Node) -> Value:
    arguments = argument.elements()
    if len(arguments) != 2:
        return scope.unknown(node)
    number, elements = scope.value(arguments[0]).number, scope.value(arguments[1]).elements()
    return elements[number] if number is not None and number < len(elements) else scope.unknown(node)


def _find_in_map(scope: Evaluator, node: Node, argument: Node) -> Value:
    """Where the first key is open (a region, mostly), what every one of the map has."""
    names = [scope.value(element).text for element in argument.elements()[:3]]
    if len(names) < 3 or names[0] is None or names[2] is None or scope.names.mappings is None:
        return scope.unknown(node)
    mapping = scope.names.mappings.get(names[0])
    if mapping is None:
        return scope.unknown(node)
    if names[1] is not None:
        found = mapping.get(names[1], names[2])
        return scope.value(found) if found is not None else scope.unknown(node)
    leaves = [leaf for _, row in mapping.items() if (leaf := row.get(names[2])) is not None]
    if leaves and len({leaf.text for leaf in leaves}) == 1 and leaves[0].text is not None:
        return scope.joined(node, (leaves[0].text,))
    return scope.unknown(node)


def _if(scope: Evaluator, node: Node, argument: Node) -> Value:
    if len(argument.elements()) != 3:
        return scope.unknown(node)
    name, one, other = argument.elements()
    if _same(one, other):
        return scope.value(one)
    truth = scope.decide(name.value) if isinstance(name.value, str) else None
    return scope.unknown(node) if truth is None else scope.value(one if truth else other)


def _same(one: Node, other: Node) -> bool:
    """Whether both branches are one text, so that the condition does not matter."""
    return one.text is not None and one.text == other.text


def _base64(scope: Evaluator, node: Node, argument: Node) -> Value:
    text = scope.value(argument).text
    if text is None:
        return scope.unknown(node)
    return scope.joined(node, (base64.b64encode(text.encode("utf-8", "replace")).decode(),))


def _length(scope: Evaluator, node: Node, argument: Node) -> Value:
    listed = scope.value(argument)
    return Value(node, len(listed.elements()), scope) if listed.is_list else scope.unknown(node)


def _to_json(scope: Evaluator, node: Node, argument: Node) -> Value:
    try:
        text = json.dumps(_plain(scope.value(argument), [MAX_VALUES]), separators=(",", ":"))
    except ValueError:
        return scope.unknown(node)
    return scope.joined(node, (text,))


def _plain(value: Value, left: list[int]) -> Any:
    """A value as JSON has it.

    Raises:
        ValueError: a part is open, or there are too many.
    """
    left[0] -= 1
    if left[0] < 0 or value.absent:
        raise ValueError
    if value.is_map:
        return {key: _plain(item, left) for key, item in value.items()}
    if value.is_list:
        return [_plain(element, left) for element in value.elements()]
    if isinstance(value.content, (bool, int, float)):
        return value.content
    if value.text is None:
        raise ValueError
    return value.text


FUNCTIONS: dict[str, Function] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::Split": _split,
    "Fn::Select": _select,
    "Fn::FindInMap": _find_in_map,
    "Fn::If": _if,
    "Fn::Base64": _base64,
    "Fn::Length": _length,
    "Fn::ToJsonString": _to_json,
}
