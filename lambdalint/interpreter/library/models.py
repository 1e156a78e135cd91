"""The registry of models: full names, and the functions that answer for them.

A model takes the machine and the call, and gives what the call gives; it raises `Raised` where that raises, on paper.
Each module of models enters its own with `@models(...)` when it is imported; a name has one model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from lambdalint.interpreter.kinds import CALLED, real_class
from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.values import Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

Model: TypeAlias = "Callable[[Machine, CallSite], Value]"
M = TypeVar("M", bound=Callable[..., Value])

_MODELS: dict[str, Model] = {}
CALLED.update(CALLS)
#: What begins so has one model, as far as it has none of its own: `boto3.client.*`.
_FAMILIES = (
    *("boto3.client.", "boto3.pages.", "boto3.waiter.", "boto3.resource.", "boto3.collection."),
    *("boto3.s3.", "boto3.ec2.", "boto3.iam.", "boto3.sqs.", "boto3.sns.", "boto3.cloudformation."),
    *("sqlalchemy.func.", "boto3.cloudwatch.", "boto3.dynamodb.Table."),
)


def models(*names: str) -> Callable[[M], M]:
    """Enter a function as the model of some full names.

    Raises:
        ValueError: one of them has a model.
    """

    def enter(function: M) -> M:
        for name in names:
            if name in _MODELS:
                raise ValueError(f"{name} has a model: {_MODELS[name].__qualname__}")
            _MODELS[name] = function
        CALLED.update(names)
        return function

    return enter


def find(name: str) -> Model | None:
    """The model of a full name."""
    found = _MODELS.get(name)
    if found is None and name.startswith(_FAMILIES) and name not in CALLS:
        return _MODELS[f"{'.'.join(name.split('.', 2)[:2])}.*"]
    if found is None and name.endswith(".__init__"):
        cls = real_class(name[: -len(".__init__")])
        if cls is not None and issubclass(cls, BaseException):
            return _MODELS["Exception.__init__"]
    return found


def answers(name: str) -> bool:
    """Whether a model or a row of the table answers for a call."""
    return name in CALLS or find(name) is not None
