"""Which calls make a function, and which function a value stands for: itself, a version or an alias of it, its name, or
what another stack knows it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.project.descriptors.cdk.constructs import Construct, Constructs, identity, name_of, short_name
from lambdalint.project.descriptors.cdk.published import Published

if TYPE_CHECKING:
    from lambdalint.interpreter.shapes import Shape

#: Functions of a folder and a module in it.
BY_ENTRY = frozenset({"aws_lambda_python.PythonFunction"})
#: Functions of an image.
IMAGES = frozenset({"aws_lambda.DockerImageFunction"})
#: Resources as CloudFormation has them.
CFN = frozenset({"aws_lambda.CfnFunction"})
#: Settings of a function that some pattern makes.
PROPS = "aws_lambda.FunctionProps"
_FUNCTIONS = frozenset({
    "aws_cloudfront.experimental.EdgeFunction", "aws_lambda.Function", "aws_lambda.SingletonFunction",
    "triggers.TriggerFunction", PROPS, *BY_ENTRY, *IMAGES, *CFN,
})  # fmt: skip
#: What stands for the function when it is read from it.
_ITSELF = frozenset({
    "attr_arn", "current_version", "edge_arn", "function_arn", "function_name", "lambda_function", "latest_version",
    "ref", "resource_arns_for_grant_invoke",
})  # fmt: skip
#: Calls that make something that stands for a function, and the argument that it is.
_STANDS_FOR = {"aws_lambda.Alias": "version", "aws_lambda.Version": "lambda_"}
_MAX_DEPTH = 5


def is_function(construct: Construct) -> bool:
    """Whether a call makes a function."""
    return construct.name in _FUNCTIONS


class Owners:
    """Finds the function behind a value."""

    def __init__(self, constructs: Constructs) -> None:
        self._constructs = constructs
        self._published = Published(constructs)

    def function(self, shape: Shape | None, depth: int = 0, *, exactly: bool = True) -> object:
        """The identity of the function that a value stands for, or None; with `exactly` False, also of one from which
        something else was read (`fn.node`)."""
        maker = self._constructs.maker(shape)
        if maker is None or depth > _MAX_DEPTH:
            return None
        read = short_name(name_of(shape))[len(maker.name) :].strip(".")
        if exactly and any(word not in _ITSELF for word in read.split(".") if word):
            return None
        if is_function(maker):
            return identity(maker.call.made)
        if maker.method == "add_alias":
            return self.function(maker.receiver, depth + 1)
        if maker.name in _STANDS_FOR:
            return self.function(maker.given(_STANDS_FOR[maker.name]), depth + 1)
        elsewhere = self._published.function(maker)
        if elsewhere is not None:
            return self.function(elsewhere, depth + 1)
        if read == "lambda_function":  # of a pattern that makes the function of its settings, or is given it
            owners = (self.function(given, depth + 1) for _, given in maker.call.keywords)
            return next((owner for owner in owners if owner is not None), None)
        return None
