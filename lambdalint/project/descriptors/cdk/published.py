"""What a stack publishes under a name, and others read under it: an export, a parameter, the name of a function.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk/CfnOutput.html,
https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_ssm/StringParameter.html and the `from_function_...` of
https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda/Function.html. checked = 2026-12-02
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.project.descriptors.cdk.constructs import Construct, Constructs, known

if TYPE_CHECKING:
    from lambdalint.interpreter.shapes import Shape

#: What publishes a value, the arguments that name and give it, and a word for the way.
_PUBLISH = {
    "CfnOutput": ("export_name", "value", "export"),
    "aws_ssm.StringParameter": ("parameter_name", "string_value", "parameter"),
}
#: What reads a value, the position and the name of the argument that names it, and the way.
_READ = {
    "Fn.import_value": (0, "shared_value_to_import", "export"),
    "aws_ssm.StringParameter.from_string_parameter_name": (2, "string_parameter_name", "parameter"),
    "aws_ssm.StringParameter.value_for_string_parameter": (1, "parameter_name", "parameter"),
    "aws_ssm.StringParameter.value_from_lookup": (1, "parameter_name", "parameter"),
}
#: Static methods of functions that give one which is made elsewhere: the argument that says which.
_ELSEWHERE = {
    "from_function_arn": "function_arn",
    "from_function_attributes": "function_arn",
    "from_function_name": "function_name",
}


class Published:
    """Finds what was published. Of several values of a name the first: they are of several paths, or stages."""

    def __init__(self, constructs: Constructs) -> None:
        self._constructs = constructs
        self._values: dict[tuple[str, str], Shape] = {}
        for construct in constructs:
            if construct.name in _PUBLISH:
                named, given, way = _PUBLISH[construct.name]
                self._note(way, construct.given(named), construct.given(given))
            elif construct.call.made is not None and construct.name.startswith("aws_lambda"):
                self._note("function", construct.given("function_name"), construct.call.made)

    def _note(self, way: str, name: Shape | None, value: Shape | None) -> None:
        text = known(name)
        if isinstance(text, str) and value is not None:
            self._values.setdefault((way, text), value)

    def function(self, maker: Construct) -> Shape | None:
        """The value that stands for a function which `maker` gives as one made elsewhere; None of anything else."""
        argument = _ELSEWHERE.get(maker.method) if maker.name.startswith("aws_lambda") else None
        given = maker.argument(2, argument) if argument is not None else None
        text = known(given)
        if isinstance(text, str):
            return self._values.get(("function", text.rpartition(":function:")[2]))
        reader = self._constructs.maker(given)
        if reader is None or reader.name not in _READ:
            return given
        position, named, way = _READ[reader.name]
        name = known(reader.argument(position, named))
        return self._values.get((way, name)) if isinstance(name, str) else None
