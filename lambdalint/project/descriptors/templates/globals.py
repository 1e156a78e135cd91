"""SAM's `Globals`: how they are merged into a resource.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
Maps merge, lists are joined with the global one first, else the resource's own value stands; an intrinsic function is
no map. The resource attribute `IgnoreGlobals` ("*", or a list of properties) keeps them out.
"""

from __future__ import annotations

from lambdalint.project.descriptors.templates.scope import MAX_DEPTH, is_intrinsic
from lambdalint.project.descriptors.tree import Node

#: More values than this are not merged in one template: the resources' own stand.
_MAX_MERGED = 200_000


class Globals:
    """The `Globals` section of one template."""

    def __init__(self, section: Node | None) -> None:
        self._section = section
        self._left = _MAX_MERGED

    def merged(self, kind: str, own: Node, ignored: Node | None) -> Node:
        """The properties of a resource of a type (`own`), with what is said of the type."""
        if self._section is None or not kind.startswith("AWS::Serverless::"):
            return own
        shared = self._section.get(kind.removeprefix("AWS::Serverless::"))
        if shared is None or (ignored is not None and ignored.value == "*"):
            return own
        if ignored is not None:
            names = {element.value for element in ignored.elements() if isinstance(element.value, str)}
            kept = {key: node for key, node in shared.items() if key not in names}
            shared = Node(kept, shared.place, shared.keys)
        return self._merged(shared, own, 0)

    def _merged(self, shared: Node, own: Node, depth: int) -> Node:
        if depth > MAX_DEPTH or is_intrinsic(shared) or is_intrinsic(own):
            return own
        if isinstance(shared.value, list) and isinstance(own.value, list):
            self._left -= len(shared.value) + len(own.value)
            return Node([*shared.value, *own.value], own.place) if self._left >= 0 else own
        if not isinstance(shared.value, dict) or not isinstance(own.value, dict):
            return own
        self._left -= len(shared.value) + len(own.value) + 1
        if self._left < 0:
            return own
        items = dict(shared.value)
        for key, node in own.value.items():
            items[key] = self._merged(items[key], node, depth + 1) if key in items else node
        return Node(items, own.place, {**(shared.keys or {}), **(own.keys or {})})
