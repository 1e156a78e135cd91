"""What the resources of a template say of who calls a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lambdalint.project.deployment import Event
from lambdalint.project.descriptors.templates import apis, services
from lambdalint.project.descriptors.templates.events import Call
from lambdalint.project.descriptors.templates.permissions import permitted
from lambdalint.project.descriptors.templates.scope import Scope
from lambdalint.project.descriptors.templates.streams import mapping_calls
from lambdalint.project.descriptors.templates.template import Resource, Template

_Calls: TypeAlias = Callable[[Template, Resource], Iterator[Call]]

_READERS: dict[str, _Calls] = {
    "AWS::ApiGateway::Authorizer": apis.rest_authorizer_calls,
    "AWS::ApiGateway::Method": apis.method_calls,
    "AWS::ApiGateway::RestApi": apis.rest_api_calls,
    "AWS::ApiGatewayV2::Api": apis.api_v2_calls,
    "AWS::ApiGatewayV2::Authorizer": apis.authorizer_v2_calls,
    "AWS::ApiGatewayV2::Integration": apis.integration_calls,
    "AWS::AppSync::DataSource": services.data_source_calls,
    "AWS::CloudFront::Distribution": services.distribution_calls,
    "AWS::CodePipeline::Pipeline": services.pipeline_calls,
    "AWS::Cognito::UserPool": services.user_pool_calls,
    "AWS::Connect::IntegrationAssociation": services.connect_calls,
    "AWS::ElasticLoadBalancingV2::TargetGroup": services.target_group_calls,
    "AWS::Events::Rule": services.rule_calls,
    "AWS::KinesisFirehose::DeliveryStream": services.delivery_stream_calls,
    "AWS::Lambda::Alias": services.alias_calls,
    "AWS::Lambda::EventSourceMapping": mapping_calls,
    "AWS::Lambda::Function": services.provider_calls,
    "AWS::S3::Bucket": services.bucket_calls,
    "AWS::Scheduler::Schedule": services.schedule_calls,
    "AWS::Serverless::Api": apis.sam_api_calls,
    "AWS::Serverless::GraphQLApi": services.graphql_calls,
    "AWS::Serverless::HttpApi": apis.sam_api_calls,
    "AWS::Serverless::StateMachine": services.state_machine_calls,
    "AWS::Serverless::WebSocketApi": apis.sam_websocket_calls,
    "AWS::StepFunctions::StateMachine": services.state_machine_calls,
}


@dataclass(frozen=True, slots=True)
class _Caller:
    """Something that calls a function. `condition`: that under which there is such a resource. `unless`: it tells of
    nothing new where an event of one of these kinds is known."""

    event: Event
    condition: str | None
    unless: frozenset[str] = frozenset()


def events_of(template: Template, function: str, scope: Scope, own: Sequence[Event] = ()) -> list[Event]:
    """What calls a function, by its logical id, under the conditions of `scope`: a resource that may be there counts.

    `function` may be one of those that the template was given besides its resources. `own`: the events that the
    function declares itself, which come first.
    """
    callers = template.once("callers", lambda: _callers(template))
    there = [
        caller
        for caller in callers.get(function, ())
        if caller.condition is None or scope.decide(caller.condition) is not False
    ]
    events = [*own, *(caller.event for caller in there if not caller.unless)]
    kinds = {event.kind for event in events}
    return events + [caller.event for caller in there if caller.unless and kinds.isdisjoint(caller.unless)]


def _callers(template: Template) -> dict[str, list[_Caller]]:
    found: dict[str, list[_Caller]] = {}
    for resource in template.resources.values():
        for function, event in _calls(template, resource):
            found.setdefault(function, []).append(_Caller(event, resource.condition))
        permission = permitted(template, resource) if resource.type == "AWS::Lambda::Permission" else None
        if permission is not None:
            function, event, kinds = permission
            found.setdefault(function, []).append(_Caller(event, resource.condition, kinds))
    for function, event in apis.implicit_api_calls(template):
        found.setdefault(function, []).append(_Caller(event, None))
    return found


def _calls(template: Template, resource: Resource) -> Iterator[Call]:
    if resource.type in _READERS:
        yield from _READERS[resource.type](template, resource)
    if resource.type.startswith("Custom::"):
        yield from services.custom_resource_calls(template, resource)
    yield from services.named_calls(template, resource)
