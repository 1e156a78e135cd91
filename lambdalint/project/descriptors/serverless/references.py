"""Which function a piece of CloudFormation in serverless.yml means: its logical id is made of its name."""

from __future__ import annotations

import re

from lambdalint.project.descriptors.serverless.service import Service
from lambdalint.project.descriptors.serverless.variables import scalar
from lambdalint.project.descriptors.tree import Node

_IN_TEXT = re.compile(r"\$\{([A-Za-z0-9]+)(?:\.[A-Za-z0-9.]+)?\}")
_MAX_NODES = 2_000


def logical_ids(service: Service, node: Node | None) -> frozenset[str]:
    """The logical ids that a value refers to: by Ref, Fn::GetAtt or Fn::Sub, however deep."""
    found: set[str] = set()
    stack, left = [node], _MAX_NODES
    while stack and left:
        left -= 1
        part = stack.pop()
        for key, inner in part.items() if part is not None else ():
            if key == "Fn::Sub":
                # its `${X.Arn}` is CloudFormation's own and no variable of the Framework's
                text = inner if isinstance(inner.value, str) else next(iter(inner.elements()), None)
                found.update(_IN_TEXT.findall(scalar(text) or ""))
                stack += inner.elements()[1:]
                continue
            value = service.variables.resolved(inner)
            if key == "Ref":
                found.add(scalar(value) or "")
            elif key == "Fn::GetAtt":
                first = next(iter(service.variables.elements(value)), value)
                found.add((scalar(first) or "").partition(".")[0])
            else:
                stack.append(value)
        stack += service.variables.elements(part)
    return frozenset(found - {""})


def function_named(service: Service, node: Node | None) -> str | None:
    """The one function of the service that a value refers to, or None."""
    ids = logical_ids(service, node)
    names = [function.name for function in service.functions if service.logical_id(function.name) in ids]
    return names[0] if len(names) == 1 else None
