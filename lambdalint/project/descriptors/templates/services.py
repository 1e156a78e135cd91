"""Resources of other services that call a function: where each names it, as data, and those that need more.

Each row is as the reference of the resource type has it:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.project.deployment import Event, Fact
from lambdalint.project.descriptors.templates.events import Call, Settings, input_settings, listed, replaced
from lambdalint.project.descriptors.templates.template import Resource, Template
from lambdalint.project.descriptors.templates.values import Reference, Value
from lambdalint.project.descriptors.tree import Node

#: Type of resource, where it names a function (`[]`: in each element of a list, `*`: under each key), kind of event.
NAMED = (
    ("AWS::SNS::Topic", "Subscription.[].Endpoint", "sns"),
    ("AWS::SNS::Subscription", "Endpoint", "sns"),
    ("AWS::Logs::SubscriptionFilter", "DestinationArn", "cloudwatch-logs"),
    ("AWS::Logs::Destination", "TargetArn", "other"),
    ("AWS::CloudWatch::Alarm", "AlarmActions.[]", "cloudwatch-alarm"),
    ("AWS::CloudWatch::Alarm", "OKActions.[]", "cloudwatch-alarm"),
    ("AWS::CloudWatch::Alarm", "InsufficientDataActions.[]", "cloudwatch-alarm"),
    ("AWS::CodeCommit::Repository", "Triggers.[].DestinationArn", "codecommit"),
    ("AWS::IoT::TopicRule", "TopicRulePayload.Actions.[].Lambda.FunctionArn", "iot-rule"),
    ("AWS::IoT::TopicRule", "TopicRulePayload.ErrorAction.Lambda.FunctionArn", "other"),
    ("AWS::IoT::Authorizer", "AuthorizerFunctionArn", "iot-authorizer"),
    ("AWS::Config::ConfigRule", "Source.SourceIdentifier", "config-rule"),
    ("AWS::Config::OrganizationConfigRule", "OrganizationCustomRuleMetadata.LambdaFunctionArn", "config-rule"),
    ("AWS::SecretsManager::RotationSchedule", "RotationLambdaARN", "secrets-rotation"),
    ("AWS::Bedrock::Agent", "ActionGroups.[].ActionGroupExecutor.Lambda", "bedrock-agent"),
    ("AWS::Bedrock::Agent", "PromptOverrideConfiguration.OverrideLambda", "other"),
    ("AWS::BedrockAgentCore::Gateway", "InterceptorConfigurations.[].Interceptor.Lambda.Arn", "other"),
    ("AWS::BedrockAgentCore::GatewayTarget", "TargetConfiguration.Mcp.Lambda.LambdaArn", "other"),
    ("AWS::SES::ReceiptRule", "Rule.Actions.[].LambdaAction.FunctionArn", "ses"),
    (
        "AWS::S3ObjectLambda::AccessPoint",
        "ObjectLambdaConfiguration.TransformationConfigurations.[].ContentTransformation.AwsLambda.FunctionArn",
        "s3-object-lambda",
    ),
    ("AWS::Transfer::Server", "IdentityProviderDetails.Function", "transfer-identity"),
    ("AWS::Transfer::Workflow", "Steps.[].CustomStepDetails.Target", "other"),
    ("AWS::Lex::Bot", "TestBotAliasSettings.BotAliasLocaleSettings.[].BotAliasLocaleSetting."
     "CodeHookSpecification.LambdaCodeHook.LambdaArn", "lex"),
    ("AWS::Lex::BotAlias", "BotAliasLocaleSettings.[].BotAliasLocaleSetting."
     "CodeHookSpecification.LambdaCodeHook.LambdaArn", "lex"),
    ("AWS::VpcLattice::TargetGroup", "Targets.[].Id", "vpc-lattice"),
    ("AWS::CloudFormation::CustomResource", "ServiceToken", "custom-resource"),
    ("AWS::CloudFormation::Macro", "FunctionName", "other"),
    ("AWS::CloudFormation::LambdaHook", "LambdaFunction", "other"),
    ("AWS::AppSync::GraphQLApi", "LambdaAuthorizerConfig.AuthorizerUri", "appsync-authorizer"),
    (
        "AWS::AppSync::GraphQLApi",
        "AdditionalAuthenticationProviders.[].LambdaAuthorizerConfig.AuthorizerUri",
        "appsync-authorizer",
    ),
    ("AWS::AppSync::Api", "EventConfig.AuthProviders.[].LambdaAuthorizerConfig.AuthorizerUri", "other"),
    ("AWS::Serverless::GraphQLApi", "Auth.LambdaAuthorizer.AuthorizerUri", "appsync-authorizer"),
    ("AWS::Serverless::GraphQLApi", "Auth.Additional.[].LambdaAuthorizer.AuthorizerUri", "appsync-authorizer"),
    ("AWS::Lambda::Url", "TargetFunctionArn", "function-url"),
    ("AWS::Lambda::EventInvokeConfig", "DestinationConfig.OnSuccess.Destination", "other"),
    ("AWS::Lambda::EventInvokeConfig", "DestinationConfig.OnFailure.Destination", "other"),
    ("AWS::Serverless::Function", "EventInvokeConfig.DestinationConfig.OnSuccess.Destination", "other"),
    ("AWS::Serverless::Function", "EventInvokeConfig.DestinationConfig.OnFailure.Destination", "other"),
    ("AWS::Serverless::Function", "DeploymentPreference.Hooks.PreTraffic", "codedeploy-hook"),
    ("AWS::Serverless::Function", "DeploymentPreference.Hooks.PostTraffic", "codedeploy-hook"),
    ("AWS::Pipes::Pipe", "Target", "other"),
    ("AWS::Pipes::Pipe", "Enrichment", "other"),
    ("AWS::AppConfig::Extension", "Actions.*.[].Uri", "other"),
    ("AWS::Cognito::IdentityPool", "CognitoEvents.*", "other"),
    ("AWS::Greengrass::FunctionDefinition", "InitialVersion.Functions.[].FunctionArn", "other"),
    ("AWS::Greengrass::FunctionDefinitionVersion", "Functions.[].FunctionArn", "other"),
    ("AWS::GreengrassV2::ComponentVersion", "LambdaFunction.LambdaArn", "other"),
    ("AWS::GameLift::MatchmakingConfiguration", "NotificationTarget", "other"),
)  # fmt: skip

_BY_TYPE: dict[str, list[tuple[str, str]]] = {}
for _type, _path, _kind in NAMED:
    _BY_TYPE.setdefault(_type, []).append((_path, _kind))


def named_calls(template: Template, resource: Resource) -> Iterator[Call]:
    """The functions that a resource names where `NAMED` says so."""
    for path, kind in _BY_TYPE.get(resource.type, ()):
        for value in _at(resource.value(template.certain), path):
            function = template.function(value)
            if function is not None:
                yield function, Event(kind, resource.place, resource.name)


def bucket_calls(template: Template, bucket: Resource) -> Iterator[Call]:
    """The notifications of an AWS::S3::Bucket, each of one kind of events."""
    configurations = bucket.value(template.certain, "NotificationConfiguration", "LambdaConfigurations")
    for configuration in configurations.one_or_more():
        function = template.function(configuration.get("Function")) if configuration.is_map else None
        if function is not None:
            settings = listed("notified", configuration.get("Event"))
            yield function, Event("s3", bucket.place, bucket.name, settings)


def on_devices(template: Template) -> frozenset[str]:
    """The functions that Greengrass runs on devices, which gives them variables of its own.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-greengrass-functiondefinition-environment.html
    """
    resources = (one for one in template.resources.values() if one.type.startswith("AWS::Greengrass"))
    return frozenset(function for resource in resources for function, _ in named_calls(template, resource))


def _at(value: Value, path: str) -> list[Value]:
    values = [value]
    for key in path.split("."):
        if key == "[]":
            values = [element for one in values for element in one.one_or_more()]
        elif key == "*":
            values = [element for one in values for _, element in one.items()]
        else:
            values = [one.get(key) for one in values if one.is_map]
    return values


def custom_resource_calls(template: Template, resource: Resource) -> Iterator[Call]:
    """A `Custom::...` resource."""
    function = template.function(resource.value(template.certain, "ServiceToken"))
    if function is not None:
        yield function, Event("custom-resource", resource.place, resource.name)


def rule_calls(template: Template, rule: Resource) -> Iterator[Call]:
    """An AWS::Events::Rule: by a schedule, or by a pattern."""
    scope = template.certain
    pattern, schedule = rule.value(scope, "EventPattern"), rule.value(scope, "ScheduleExpression")
    kind = "schedule" if pattern.absent and not schedule.absent else "eventbridge"
    for target in rule.value(scope, "Targets").elements():
        function = template.function(target.get("Arn"))
        if function is not None:
            yield function, Event(kind, rule.place, rule.name, input_settings(target))


def schedule_calls(template: Template, schedule: Resource) -> Iterator[Call]:
    """An AWS::Scheduler::Schedule."""
    target = schedule.value(template.certain, "Target")
    # a universal target, `arn:aws:scheduler:::aws-sdk:lambda:invoke`, names the function in its input
    function = template.function(target.get("Arn")) or template.function(target.get("Input"))
    if function is not None:
        yield function, Event("schedule", schedule.place, schedule.name, input_settings(target))


def user_pool_calls(template: Template, pool: Resource) -> Iterator[Call]:
    """An AWS::Cognito::UserPool."""
    triggers = pool.value(template.certain, "LambdaConfig")
    for trigger, value in triggers.items():
        function = template.function(value.get("LambdaArn") if value.is_map else value)
        if function is not None:
            settings: Settings = {"trigger": Fact(trigger, triggers.key_place(trigger))}
            yield function, Event("cognito", pool.place, pool.name, settings)


def target_group_calls(template: Template, group: Resource) -> Iterator[Call]:
    """An AWS::ElasticLoadBalancingV2::TargetGroup of functions."""
    scope = template.certain
    settings: Settings = {"multi_value_headers": Fact(False, group.place)}
    attributes = group.value(scope, "TargetGroupAttributes")
    if attributes.open:
        settings = {}
    for attribute in attributes.elements():
        if attribute.get("Key").text == "lambda.multi_value_headers.enabled":
            truth = attribute.get("Value").truth
            settings = {"multi_value_headers": Fact(truth, attribute.get("Value").place)} if truth is not None else {}
    for target in group.value(scope, "Targets").elements():
        function = template.function(target.get("Id"))
        if function is not None:
            yield function, Event("alb", group.place, group.name, settings)


def distribution_calls(template: Template, distribution: Resource) -> Iterator[Call]:
    """An AWS::CloudFront::Distribution; its events are called by what the distribution calls them."""
    config = distribution.value(template.certain, "DistributionConfig")
    behaviours = [config.get("DefaultCacheBehavior"), *config.get("CacheBehaviors").elements()]
    for behaviour in behaviours:
        for association in behaviour.get("LambdaFunctionAssociations").elements():
            function = template.function(association.get("LambdaFunctionARN"))
            if function is not None:
                yield function, Event("lambda-edge", distribution.place, association.get("EventType").text or "")


def delivery_stream_calls(template: Template, stream: Resource) -> Iterator[Call]:
    """An AWS::KinesisFirehose::DeliveryStream, whatever its destination."""
    for _, destination in stream.value(template.certain).items():
        for processor in destination.get("ProcessingConfiguration", "Processors").elements():
            for parameter in processor.get("Parameters").elements():
                if parameter.get("ParameterName").text == "LambdaArn":
                    function = template.function(parameter.get("ParameterValue"))
                    if function is not None:
                        yield function, Event("firehose", stream.place, stream.name)


def alias_calls(template: Template, alias: Resource) -> Iterator[Call]:
    """The hooks of CodeDeploy about a new version of an AWS::Lambda::Alias."""
    policy = alias.node.get("UpdatePolicy", "CodeDeployLambdaAliasUpdate")
    for key in ("BeforeAllowTrafficHook", "AfterAllowTrafficHook"):
        hook = policy.get(key) if policy is not None else None
        function = template.function(template.certain.value(hook)) if hook is not None else None
        if function is not None:
            yield function, Event("codedeploy-hook", alias.place, alias.name)


def pipeline_calls(template: Template, pipeline: Resource) -> Iterator[Call]:
    """An AWS::CodePipeline::Pipeline whose actions invoke functions."""
    for stage in pipeline.value(template.certain, "Stages").elements():
        for action in stage.get("Actions").elements():
            if action.get("ActionTypeId", "Provider").text == "Lambda":
                function = template.function(action.get("Configuration", "FunctionName"))
                if function is not None:
                    yield function, Event("codepipeline", pipeline.place, pipeline.name)


def connect_calls(template: Template, association: Resource) -> Iterator[Call]:
    """An AWS::Connect::IntegrationAssociation; a bot of Lex has another type than a function."""
    scope = template.certain
    if association.value(scope, "IntegrationType").text == "LAMBDA_FUNCTION":
        function = template.function(association.value(scope, "IntegrationArn"))
        if function is not None:
            yield function, Event("connect", association.place, association.name)


def state_machine_calls(template: Template, machine: Resource) -> Iterator[Call]:
    """A state machine: every function that its definition, or what is put into it, names."""
    found: dict[str, None] = {}
    for key in ("Definition", "DefinitionString", "DefinitionSubstitutions"):
        written = machine.properties.get(key)
        for node in nodes_below(written) if written is not None else ():
            name = node.get("FunctionName")
            references = [part for part in template.certain.value(node).parts if isinstance(part, Reference)]
            values = [Value(node, (part,), template.certain) for part in references]
            for named in [*values, *([template.certain.value(name)] if name is not None else [])]:
                function = template.function(named)
                if function is not None:
                    found[function] = None
    for function in found:
        yield function, Event("step-functions", machine.place, machine.name)


def nodes_below(node: Node) -> Iterator[Node]:
    """A node and all below it, each once, however many aliases lead to it."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting += reversed(node.elements())
            waiting += reversed([child for _, child in node.items()])


def graphql_calls(template: Template, api: Resource) -> Iterator[Call]:
    """An AWS::Serverless::GraphQLApi: its resolvers have code that makes the event.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-graphqlapi.html
    """
    for name, source in api.value(template.certain, "DataSources", "Lambda").items():
        function = template.function(source.get("FunctionArn"))
        if function is not None:
            yield function, Event("appsync", api.place, name, replaced(source.place))


def data_source_calls(template: Template, source: Resource) -> Iterator[Call]:
    """An AWS::AppSync::DataSource. Its event is AppSync's own where all that use it are seen, and none has code or a
    template that makes another."""
    scope = template.certain
    function = template.function(source.value(scope, "LambdaConfig", "LambdaFunctionArn"))
    if function is None:
        return
    name = source.value(scope, "Name").canonical
    users = [
        resource
        for resource in template.of_type("AWS::AppSync::Resolver", "AWS::AppSync::FunctionConfiguration")
        if _uses(template, resource.value(scope, "DataSourceName"), source, name)
    ]
    making = ("Code", "CodeS3Location", "RequestMappingTemplate", "RequestMappingTemplateS3Location")
    direct = users and all(user.value(scope, key).absent for user in users for key in making)
    yield function, Event("appsync", source.place, source.name, {} if direct else replaced(source.place))


def _uses(template: Template, value: Value, source: Resource, name: str) -> bool:
    resource = template.named(value)
    return resource is source or (resource is None and bool(name) and value.canonical == name)


def provider_calls(template: Template, function: Resource) -> Iterator[Call]:
    """CDK's provider framework calls the functions that its own functions' variables name.

    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#provider-framework
    """
    variables = function.value(template.certain, "Environment", "Variables")
    for name in ("USER_ON_EVENT_FUNCTION_ARN", "USER_IS_COMPLETE_FUNCTION_ARN"):
        called = template.function(variables.get(name))
        if called is not None:
            yield called, Event("custom-resource-provider", function.place, function.name)
