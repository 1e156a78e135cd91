"""What the resources of boto3 give - `boto3.resource("s3").Object(...)` - as lines that stand in answers.bin beside
those of their service: see scripts/aws_answers.py, which writes them.

The first line is `resource:s3`. Each line that follows is a resource: its name (`-` for the service itself), the number
of the structure that has its attributes (or `-`), and words:

- `.name` an identifier, which is a text;
- `name=operation` an action that gives the answer of an operation, `name>Bucket` one that gives a resource,
  `name>>Object` one that gives a list of them; `name` one of which nothing is said;
- `name*Object` a collection, `name@Vpc` a resource that it refers to, `name@@Vpc` a list of them;
- `!name=operation` what can be done to all of a collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boto3.resources.model import ResourceModel
from botocore import xform_name
from botocore.model import ServiceModel

if TYPE_CHECKING:
    from aws_answers import Service


def text(service: Service, described: dict[str, Any], model: dict[str, Any]) -> str:
    """The lines of a service's resources. In: the service, whose structures may become more; its model, and the model
    of its resources."""
    shapes = ServiceModel(described, service.name)
    defined = model["resources"]
    lines = [f"resource:{service.name}", _line(service, shapes, "-", model["service"], defined)]
    return "\n".join([*lines, *(_line(service, shapes, name, one, defined) for name, one in defined.items())])


def _line(service: Service, shapes: ServiceModel, name: str, one: dict[str, Any], defined: dict[str, Any]) -> str:
    model = ResourceModel(name, one, defined)
    shape = shapes.shape_for(model.shape) if model.shape else None
    model.load_rename_map(shape)
    words = [f".{identifier.name}" for identifier in model.identifiers]
    words += [_action(action) for action in model.actions]
    words += [f"!{_action(action)}" for action in model.batch_actions]
    words += [f"{sub.name}>{sub.resource.type}" for sub in model.subresources]
    words += [f"{found.name}*{found.resource.type}" for found in model.collections]
    for reference in model.references:
        many = "[" in (reference.resource.path or "") or any(
            "[" in (i.path or "") for i in reference.resource.identifiers
        )
        words.append(f"{reference.name}{'@@' if many else '@'}{reference.resource.type}")
    number = str(service.structure(model.shape)) if model.shape else "-"
    return " ".join([name, number, *words])


def _action(action: Any) -> str:
    if action.resource is not None:
        many = "[" in (action.resource.path or "") or any("[" in (i.path or "") for i in action.resource.identifiers)
        return f"{action.name}{'>>' if many else '>'}{action.resource.type}"
    if action.path not in (None, "@"):
        return str(action.name)
    return f"{action.name}={xform_name(action.request.operation)}"
