"""The routes by which an API calls an integration: the method and the path of each.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_apigateway/Resource.html (`add_method`) ;
https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_apigatewayv2/HttpApi.html (`add_routes`)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.project.deployment import Fact
from lambdalint.project.descriptors.cdk.constructs import (
    Construct,
    Constructs,
    elements,
    identity,
    known,
    name_of,
)

if TYPE_CHECKING:
    from lambdalint.interpreter.shapes import Shape

Settings = dict[str, Fact[Any]]
_MOST_PARTS = 20


class Routes:
    """What the calls of an app say of the routes to its integrations."""

    def __init__(self, constructs: Constructs) -> None:
        self._constructs = constructs
        self._found: dict[object, list[Settings] | None] = {}
        for construct in constructs:
            if construct.method == "add_method":
                self._note(construct.argument(1, "target"), self._of_resource(construct))
            elif construct.method == "add_routes":
                self._note(construct.given("integration"), self._of_http(construct))

    def to(self, integration: Construct) -> list[Settings]:
        """The routes to an integration; one without settings where not all of them are known."""
        return self._found.get(identity(integration.call.made)) or [{}]

    def _note(self, integration: Shape | None, routes: list[Settings] | None) -> None:
        key = identity(integration)
        if key is None:
            return
        before = self._found.get(key, [])
        self._found[key] = None if routes is None or before is None else [*before, *routes]

    def _of_resource(self, construct: Construct) -> list[Settings] | None:
        """`resource.add_method("GET", integration)`."""
        method = construct.argument(0, "http_method")
        named = known(method)
        if construct.open or not construct.certain or not isinstance(named, str):
            return None
        path = self._path(construct.receiver)
        found: Settings = {"method": Fact(named.upper(), construct.at(method))}
        return [found | {"path": Fact(path, construct.place)} if path is not None else found]

    def _path(self, resource: Shape | None) -> str | None:
        """The path of a resource, by the calls that made it and those above."""
        parts: list[str] = []
        for _ in range(_MOST_PARTS):
            if name_of(resource).endswith(".root"):
                return "/" + "/".join(reversed(parts))
            maker = self._constructs.maker(resource)
            if maker is None or maker.method not in ("add_resource", "resource_for_path"):
                return None
            part = known(maker.argument(0, "path_part", "path"))
            if not isinstance(part, str):
                return None
            parts.append(part.strip("/"))
            resource = maker.receiver
        return None

    def _of_http(self, construct: Construct) -> list[Settings] | None:
        """`api.add_routes(path="/orders", methods=[HttpMethod.GET], integration=integration)`."""
        path, methods = construct.given("path"), construct.given("methods")
        text = known(path)
        if construct.open or not construct.certain or not isinstance(text, str):
            return None
        names, complete = elements(methods)
        said = [name_of(one).rpartition(".HttpMethod.")[2] for one in names]
        if methods is not None and (not complete or not all(said)):
            return None
        return [
            {"method": Fact(one, construct.at(methods)), "path": Fact(text, construct.at(path))}
            for one in said or ["ANY"]
        ]
