"""Templates of SAM and CloudFormation: what calls a function."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lambdalint.finding import Position
from lambdalint.project.deployment import KINDS, Event
from lambdalint.project.descriptors.templates import services
from tests.templates import FUNCTION, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def shown(event: Event) -> tuple[str, dict[str, Any]]:
    return event.kind, {name: fact.value for name, fact in event.settings.items()}


SAM = """
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      Events:
        E: {event}
  Queue: {{Type: AWS::SQS::Queue}}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      StreamSpecification: {{StreamViewType: NEW_IMAGE}}
"""
BARE = {"stage_variables": False}


@pytest.mark.parametrize(
    ("event", "kind", "settings"),
    [
        (
            "{Type: Api, Properties: {Path: /a, Method: get}}",
            "rest-api",
            {"method": "get", "path": "/a"} | BARE,
        ),
        ("{Type: HttpApi}", "http-api", {"payload_format": "2.0"} | BARE),
        (
            "{Type: HttpApi, Properties: {PayloadFormatVersion: 1.0}}",
            "http-api",
            {"payload_format": "1.0"} | BARE,
        ),
        ("{Type: HttpApi, Properties: {PayloadFormatVersion: !Ref V}}", "http-api", BARE),
        ("{Type: Api, Properties: {Path: /, Method: get, RestApiId: !ImportValue Api}}", "other", {}),
        (
            "{Type: S3, Properties: {Bucket: !Ref B, Events: 's3:ObjectCreated:*'}}",
            "s3",
            {"notified": ["s3:ObjectCreated:*"]},
        ),
        (
            "{Type: S3, Properties: {Bucket: !Ref B, Events: ['s3:ObjectRemoved:Delete', 's3:ObjectCreated:Put']}}",
            "s3",
            {"notified": ["s3:ObjectRemoved:Delete", "s3:ObjectCreated:Put"]},
        ),
        ("{Type: S3, Properties: {Bucket: !Ref B, Events: ['s3:ObjectRemoved:*', !Ref V]}}", "s3", {}),
        (
            "{Type: DynamoDB, Properties: {Stream: !GetAtt Table.StreamArn, BatchSize: 5}}",
            "dynamodb",
            {"response_types": [], "batch_size": 5, "stream_view": "NEW_IMAGE"},
        ),
        (
            "{Type: DynamoDB, Properties: {Stream: !ImportValue Arn, BatchSize: 5}}",
            "dynamodb",
            {"response_types": [], "batch_size": 5},
        ),
        ("{Type: SNS, Properties: {Topic: t}}", "sns", {}),
        ("{Type: SNS, Properties: {Topic: t, SqsSubscription: false}}", "sns", {}),
        (
            "{Type: SNS, Properties: {Topic: t, SqsSubscription: true}}",
            "sqs",
            {"response_types": [], "batch_size": 10},
        ),
        (
            "{Type: SNS, Properties: {Topic: t, SqsSubscription: {BatchSize: 5}}}",
            "sqs",
            {"response_types": [], "batch_size": 5},
        ),
        ("{Type: SQS, Properties: {Queue: q}}", "sqs", {"response_types": [], "batch_size": 10}),
        (
            "{Type: SQS, Properties: {Queue: q, BatchSize: 1, FunctionResponseTypes: [ReportBatchItemFailures]}}",
            "sqs",
            {"response_types": ["ReportBatchItemFailures"], "batch_size": 1},
        ),
        ("{Type: SQS, Properties: {FunctionResponseTypes: !Ref T, BatchSize: !Ref S}}", "sqs", {}),
        ("{Type: Kinesis, Properties: {}}", "kinesis", {"response_types": [], "batch_size": 100}),
        ("{Type: DynamoDB, Properties: {}}", "dynamodb", {"response_types": [], "batch_size": 100}),
        ("{Type: MSK, Properties: {}}", "kafka", {"response_types": [], "batch_size": 100}),
        ("{Type: SelfManagedKafka, Properties: {}}", "kafka", {"response_types": [], "batch_size": 100}),
        ("{Type: MQ, Properties: {}}", "mq", {"response_types": [], "batch_size": 100}),
        ("{Type: DocumentDB, Properties: {}}", "documentdb", {"response_types": [], "batch_size": 100}),
        ("{Type: Schedule, Properties: {Schedule: rate(1 hour)}}", "schedule", {}),
        ("{Type: ScheduleV2, Properties: {Input: '{}'}}", "schedule", {"input": True}),
        ("{Type: EventBridgeRule, Properties: {InputPath: $.detail}}", "eventbridge", {"input": True}),
        ("{Type: CloudWatchEvent, Properties: {Input: !Ref AWS::NoValue}}", "eventbridge", {}),
        ("{Type: CloudWatchLogs, Properties: {LogGroupName: g}}", "cloudwatch-logs", {}),
        ("{Type: IoTRule, Properties: {Sql: SELECT}}", "iot-rule", {}),
        ("{Type: Cognito, Properties: {Trigger: PreSignUp}}", "cognito", {"trigger": "PreSignUp"}),
        ("{Type: AlexaSkill}", "alexa-skill", {}),
        ("{Type: Tomorrow}", "other", {}),
        ("!Ref Something", "other", {}),
    ],
)
def test_events_of_a_sam_function(project: Project, event: str, kind: str, settings: dict[str, Any]) -> None:
    (found,) = project.events(SAM.format(event=event))
    assert shown(found) == (kind, settings)
    assert (found.name, found.place.span().start) == ("E", Position(9, 9))


@pytest.mark.parametrize(
    ("api", "more", "found"),
    [
        ("!Ref A", "A: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}", False),
        ("!Ref A", "A: {Type: AWS::Serverless::Api, Properties: {Variables: {TABLE: orders}}}", None),
        ("!Ref A", "A: {Type: AWS::Serverless::Api, Properties: {CanarySetting: {PercentTraffic: 5}}}", None),
        ("!Ref A", "A: {Type: AWS::ApiGateway::RestApi}", None),
        ("!Ref ServerlessRestApi", "B: {Type: AWS::SNS::Topic}", None),
    ],
)
def test_that_a_stage_has_no_variables_is_known_of_an_api_of_sam(
    project: Project, api: str, more: str, found: bool | None
) -> None:
    event = f"{{Type: Api, Properties: {{Path: /a, Method: get, RestApiId: {api}}}}}"
    assert [one.setting("stage_variables") for one in project.events(SAM.format(event=event) + f"  {more}\n")] == [
        found
    ]


@pytest.mark.parametrize(("kind", "written"), [("Api", "Variables"), ("HttpApi", "StageVariables")])
def test_globals_give_variables_to_the_stage_of_an_implicit_api(project: Project, kind: str, written: str) -> None:
    text = SAM.format(event=f"{{Type: {kind}, Properties: {{Path: /a, Method: get}}}}")
    for shared, found in ((f"{{{written}: {{TABLE: orders}}}}", None), ("{OpenApiVersion: 3.0.1}", False)):
        (event,) = project.events(f"Globals: {{{kind}: {shared}}}\n{text}")
        assert event.setting("stage_variables") is found


def test_a_function_of_several_triggers_has_an_event_each(project: Project) -> None:
    found = project.events(SAM.format(event="{Type: Cognito, Properties: {Trigger: [PreSignUp, PostConfirmation]}}"))
    assert [event.setting("trigger") for event in found] == ["PreSignUp", "PostConfirmation"]


def test_a_url_is_an_event(project: Project) -> None:
    text = SAM.format(event="{Type: AlexaSkill}") + "\n"
    found = project.events(text.replace("      Events:", "      FunctionUrlConfig: {AuthType: NONE}\n      Events:"))
    assert [event.kind for event in found] == ["alexa-skill", "function-url"]


CALLERS = [
    (
        "R: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, Integration: {Type: AWS_PROXY, Uri: !Sub "
        "'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'}}}",
        "rest-api",
        {"method": "GET"},
    ),
    (
        "R: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS, Uri: !GetAtt F.Arn}}}",
        "rest-api-custom",
        {},
    ),
    (
        "R: {Type: AWS::ApiGateway::Authorizer, Properties: {Type: TOKEN, AuthorizerUri: !GetAtt F.Arn}}",
        "rest-authorizer",
        {"authorizer_type": "TOKEN"},
    ),
    ("R: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref F}}", "function-url", {}),
    (
        "R: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, EventSourceArn: "
        "'arn:aws:sqs:eu-west-1:1:q'}}",
        "sqs",
        {"response_types": [], "batch_size": 10},
    ),
    (
        "R: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !GetAtt F.Arn, EventSourceArn: !GetAtt "
        "T.StreamArn, StartingPosition: LATEST, FunctionResponseTypes: [ReportBatchItemFailures], BatchSize: '7'}}\n"
        "  T: {Type: AWS::DynamoDB::Table}",
        "dynamodb",
        {"response_types": ["ReportBatchItemFailures"], "batch_size": 7},
    ),
    (
        "R: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, EventSourceArn: !Ref Arn}}",
        "sqs",
        {"response_types": [], "batch_size": 10},
    ),
    (
        "R: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, EventSourceArn: !Ref Arn, "
        "StartingPosition: LATEST}}",
        "other",
        {},
    ),
    (
        "R: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, SelfManagedEventSource: {}}}",
        "kafka",
        {"response_types": [], "batch_size": 100},
    ),
    (
        "R: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, Targets: [{Id: !GetAtt "
        "F.Arn}], TargetGroupAttributes: [{Key: lambda.multi_value_headers.enabled, Value: 'true'}]}}",
        "alb",
        {"multi_value_headers": True},
    ),
    (
        "R: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Arn: !GetAtt F.Arn}]}}",
        "schedule",
        {},
    ),
    (
        "R: {Type: AWS::Events::Rule, Properties: {EventPattern: {}, Targets: [{Arn: !GetAtt F.Arn, InputTransformer: "
        "{}}]}}",
        "eventbridge",
        {"input": True},
    ),
    ("R: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !GetAtt F.Arn}}}", "schedule", {}),
    (
        "R: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {PreTokenGenerationConfig: {LambdaArn: !GetAtt "
        "F.Arn, LambdaVersion: V2_0}}}}",
        "cognito",
        {"trigger": "PreTokenGenerationConfig"},
    ),
    (
        "R: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {DefaultCacheBehavior: "
        "{LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: !Ref V}]}}}}\n"
        "  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}",
        "lambda-edge",
        {},
    ),
    ("R: {Type: Custom::Thing, Properties: {ServiceToken: !GetAtt F.Arn}}", "custom-resource", {}),
    (
        "R: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: "
        "{ProcessingConfiguration: {Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, "
        "ParameterValue: !Sub '${F.Arn}:$LATEST'}]}]}}}}",
        "firehose",
        {},
    ),
    (
        "R: {Type: AWS::CodePipeline::Pipeline, Properties: {Stages: [{Actions: [{ActionTypeId: {Category: Invoke, "
        "Provider: Lambda}, Configuration: {FunctionName: !Ref F}}]}]}}",
        "codepipeline",
        {},
    ),
    (
        'R: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: !Sub \'{"Resource": '
        '"${F.Arn}"}\'}}',
        "step-functions",
        {},
    ),
    (
        "R: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionSubstitutions: {A: !Ref F}}}",
        "step-functions",
        {},
    ),
    (
        "R: {Type: AWS::AppSync::DataSource, Properties: {Name: D, LambdaConfig: {LambdaFunctionArn: !GetAtt F.Arn}}}\n"
        "  Resolver: {Type: AWS::AppSync::Resolver, Properties: {DataSourceName: !GetAtt R.Name}}",
        "appsync",
        {},
    ),
    (
        "R: {Type: AWS::AppSync::DataSource, Properties: {Name: D, LambdaConfig: {LambdaFunctionArn: !GetAtt F.Arn}}}\n"
        "  Resolver: {Type: AWS::AppSync::Resolver, Properties: {DataSourceName: D, Code: x}}",
        "appsync",
        {"input": True},
    ),
    (
        "R: {Type: AWS::Connect::IntegrationAssociation, Properties: {IntegrationType: LAMBDA_FUNCTION, "
        "IntegrationArn: !GetAtt F.Arn}}",
        "connect",
        {},
    ),
    (
        "R: {Type: AWS::Serverless::WebSocketApi, Properties: {Routes: {$connect: {FunctionArn: !GetAtt F.Arn}}}}",
        "websocket",
        {"path": "$connect"},
    ),
    (
        "R: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {Authorizers: {A: {FunctionArn: !GetAtt F.Arn, "
        "AuthorizerPayloadFormatVersion: 2.0, EnableSimpleResponses: true}}}}}",
        "http-authorizer",
        {"payload_format": "2.0", "simple_responses": True},
    ),
    (
        "R: {Type: AWS::Serverless::Api, Properties: {Auth: {Authorizers: {A: {FunctionArn: !GetAtt F.Arn}}}}}",
        "rest-authorizer",
        {"authorizer_type": "TOKEN"},
    ),
    (
        "R: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {USER_ON_EVENT_FUNCTION_ARN: !GetAtt "
        "F.Arn}}}}",
        "custom-resource-provider",
        {},
    ),
]


@pytest.mark.parametrize(("resource", "kind", "settings"), CALLERS)
def test_resources_that_call_a_function(project: Project, resource: str, kind: str, settings: dict[str, Any]) -> None:
    (found,) = project.events(f"Resources:{FUNCTION}  {resource}\n")
    assert shown(found) == (kind, settings)
    assert found.place.span().start.row == 5


@pytest.mark.parametrize(("type_", "path", "kind"), services.NAMED)
def test_every_place_where_a_resource_names_a_function(project: Project, type_: str, path: str, kind: str) -> None:
    value = "!GetAtt F.Arn"
    for key in reversed(path.split(".")):
        value = f"[{value}]" if key == "[]" else f"{{{'Any' if key == '*' else key}: {value}}}"
    found = project.events(f"Resources:{FUNCTION}  R: {{Type: {type_}, Properties: {value}}}\n")
    assert [event.kind for event in found] == [kind]
    assert kind in KINDS


def permission(principal: str, more: str = "") -> str:
    return (
        "  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: lambda:InvokeFunction, "
        f"Principal: {principal}{more}}}}}\n"
    )


@pytest.mark.parametrize(
    ("principal", "more", "kind"),
    [
        ("s3.amazonaws.com", "", "s3"),
        ("sns.amazonaws.com", "", "sns"),
        ("events.amazonaws.com", "", "eventbridge"),
        ("!Sub 'logs.${AWS::Region}.amazonaws.com'", "", "cloudwatch-logs"),
        ("cognito-idp.amazonaws.com", "", "cognito"),
        ("lexv2.amazonaws.com", "", "lex"),
        ("lex.amazonaws.com", "", "other"),
        ("iot.amazonaws.com", ", SourceArn: 'arn:aws:iot:eu-west-1:1:rule/x'", "iot-rule"),
        ("iot.amazonaws.com", ", SourceArn: 'arn:aws:iot:eu-west-1:1:authorizer/x'", "iot-authorizer"),
        ("iot.amazonaws.com", "", "other"),
        ("config.amazonaws.com", "", "config-rule"),
        ("elasticloadbalancing.amazonaws.com", "", "alb"),
        ("vpc-lattice.amazonaws.com", "", "vpc-lattice"),
        ("lambda.alarms.cloudwatch.amazonaws.com", "", "cloudwatch-alarm"),
        ("apigateway.amazonaws.com", "", "other"),
        ("cloudformation.amazonaws.com", "", "other"),
        ("'*'", ", FunctionUrlAuthType: NONE", "function-url"),
        ("'*'", ", InvokedViaFunctionUrl: true", "function-url"),
        ("'123456789012'", "", "other"),
        ("!Ref Whoever", "", "other"),
    ],
)
def test_a_permission_tells_of_a_caller(project: Project, principal: str, more: str, kind: str) -> None:
    (found,) = project.events(f"Resources:{FUNCTION}{permission(principal, more)}")
    assert found.kind == kind


def test_a_permission_adds_nothing_to_the_resource_that_calls(project: Project) -> None:
    rule = "  R: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: x, Targets: [{Arn: !GetAtt F.Arn}]}}\n"
    found = project.events(f"Resources:{FUNCTION}{rule}{permission('events.amazonaws.com')}")
    assert [shown(event) for event in found] == [("schedule", {})]
    found = project.events(f"Resources:{FUNCTION}{rule}{permission('s3.amazonaws.com')}")
    assert [event.kind for event in found] == ["schedule", "s3"]


V2 = """
Resources:
  F: {{Type: AWS::Lambda::Function, Properties: {{Handler: app.handler, Runtime: python3.13, Code: src}}}}
  Api: {{Type: AWS::ApiGatewayV2::Api, Properties: {{ProtocolType: {protocol}}}}}
  I:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {{ApiId: !Ref Api, IntegrationType: {kind}, IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: '2.0'}}
  R:
    Type: AWS::ApiGatewayV2::Route
    Properties: {{ApiId: !Ref Api, RouteKey: {key}, Target: !Sub 'integrations/${{I}}'}}
"""


@pytest.mark.parametrize(
    ("protocol", "kind", "key", "expected"),
    [
        (
            "HTTP",
            "AWS_PROXY",
            "GET /a/{id}",
            ("http-api", {"payload_format": "2.0", "method": "GET", "path": "/a/{id}"}),
        ),
        ("WEBSOCKET", "AWS_PROXY", "$connect", ("websocket", {"path": "$connect"})),
        ("WEBSOCKET", "AWS", "$connect", ("other", {"path": "$connect", "input": True})),
    ],
)
def test_routes_of_an_api_of_version_2(
    project: Project, protocol: str, kind: str, key: str, expected: tuple[str, dict[str, Any]]
) -> None:
    (found,) = project.events(V2.format(protocol=protocol, kind=kind, key=f'"{key}"'))
    assert shown(found) == expected
    assert found.name == "R"


def test_paths_of_resources_are_joined(project: Project) -> None:
    (found,) = project.events(f"""
Resources:{FUNCTION}
  Api: {{Type: AWS::ApiGateway::RestApi}}
  A: {{Type: AWS::ApiGateway::Resource, Properties: {{ParentId: !GetAtt Api.RootResourceId, PathPart: a}}}}
  B: {{Type: AWS::ApiGateway::Resource, Properties: {{ParentId: !Ref A, PathPart: '{{id}}'}}}}
  M:
    Type: AWS::ApiGateway::Method
    Properties: {{ResourceId: !Ref B, HttpMethod: ANY, Integration: {{Type: AWS_PROXY, Uri: !GetAtt F.Arn}}}}
""")
    assert shown(found) == ("rest-api", {"method": "ANY", "path": "/a/{id}"})


OPENAPI = """
  Api:
    Type: {type}
    Properties:
      {key}: {body}
"""
BODY = (
    "{paths: {/a: {get: {x-amazon-apigateway-integration: {type: %s, payloadFormatVersion: '1.0', uri: {Fn::Sub: "
    "'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${F.Arn}/invocations'}}}}}}"
)


@pytest.mark.parametrize(
    ("type_", "key", "kind", "expected"),
    [
        ("AWS::Serverless::Api", "DefinitionBody", "aws_proxy", "rest-api"),
        ("AWS::Serverless::Api", "DefinitionBody", "AWS", "rest-api-custom"),
        ("AWS::Serverless::HttpApi", "DefinitionBody", "AWS_PROXY", "http-api"),
        ("AWS::ApiGateway::RestApi", "Body", "aws_proxy", "rest-api"),
        ("AWS::ApiGatewayV2::Api", "Body", "aws_proxy", "http-api"),
    ],
)
def test_a_definition_says_what_it_integrates(project: Project, type_: str, key: str, kind: str, expected: str) -> None:
    (found,) = project.events(f"Resources:{FUNCTION}{OPENAPI.format(type=type_, key=key, body=BODY % kind)}")
    assert (found.kind, found.setting("method"), found.setting("path")) == (expected, "GET", "/a")
    assert found.setting("payload_format") == ("1.0" if expected == "http-api" else None)


@pytest.mark.parametrize(
    "definition",
    [
        "DefinitionUri: api.yaml",
        "DefinitionBody: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: api.yaml}}}",
    ],
)
def test_a_definition_in_a_file_of_the_project(project: Project, definition: str) -> None:
    project.write("api.yaml", BODY % "aws")
    (found,) = project.events(
        f"Resources:{FUNCTION}  Api: {{Type: AWS::Serverless::Api, Properties: {{{definition}}}}}\n"
    )
    assert found.kind == "rest-api-custom"
    assert found.place.span().path == "api.yaml"


@pytest.mark.parametrize(
    ("api", "kinds"),
    [
        ("{DefinitionBody: %s}" % (BODY % "aws"), ["rest-api-custom"]),
        ("{DefinitionUri: s3://bucket/key}", ["other"]),
        ("{DefinitionBody: {paths: {}}}", ["other"]),
        ("{DefinitionBody: {paths: {}}, MergeDefinitions: true}", ["rest-api"]),
        ("{StageName: v1}", ["rest-api"]),
    ],
)
def test_an_api_with_a_definition_is_called_as_that_says(project: Project, api: str, kinds: list[str]) -> None:
    event = "{Type: Api, Properties: {Path: /a, Method: get, RestApiId: !Ref Api}}"
    text = SAM.format(event=event) + f"  Api: {{Type: AWS::Serverless::Api, Properties: {api}}}\n"
    assert [found.kind for found in project.events(text)] == kinds


@pytest.mark.parametrize(
    ("properties", "payloads"),
    [
        ("{ApiId: !Ref Api, Path: /a, Method: GET}", ["1.0"]),
        ("{ApiId: Api, Path: /a, Method: GET}", ["1.0"]),
        ("{ApiId: !Ref Api, Path: /b, Method: GET}", ["2.0", "1.0"]),
        ("{ApiId: !Ref Api}", ["2.0", "1.0"]),
    ],
)
def test_sam_adds_the_routes_that_the_definition_of_an_http_api_lacks(
    project: Project, properties: str, payloads: list[str]
) -> None:
    text = SAM.format(event=f"{{Type: HttpApi, Properties: {properties}}}")
    text += f"  Api: {{Type: AWS::Serverless::HttpApi, Properties: {{DefinitionBody: {BODY % 'aws_proxy'}}}}}\n"
    assert [event.setting("payload_format") for event in project.events(text)] == payloads


def test_a_hook_of_an_alias(project: Project) -> None:
    found = project.events(f"""
Resources:{FUNCTION}
  A:
    Type: AWS::Lambda::Alias
    UpdatePolicy: {{CodeDeployLambdaAliasUpdate: {{BeforeAllowTrafficHook: !Ref F}}}}
""")
    assert [event.kind for event in found] == ["codedeploy-hook"]


def test_authorizers_in_globals_are_those_of_the_api_that_sam_makes(project: Project) -> None:
    text = "Globals: {Api: {Auth: {Authorizers: {A: {FunctionArn: !GetAtt F.Arn, FunctionPayloadType: REQUEST}}}}}\n"
    (found,) = project.events(f"{text}Resources:{FUNCTION}")
    assert shown(found) == ("rest-authorizer", {"authorizer_type": "REQUEST"})


@pytest.mark.parametrize(
    "name",
    [
        "!Ref Alias",
        "!Sub '${Alias}'",
        "!Sub 'arn:aws:lambda:eu-west-1:1:function:${Stage}-f'",
        "!Sub 'arn:aws:lambda:eu-west-1:1:function:${Stage}-f:live'",
        "!Sub '${Stage}-f'",
        "!Join ['-', [!Ref Stage, f]]",
    ],
)
def test_names_by_which_a_function_is_called(project: Project, name: str) -> None:
    found = project.events(f"""
Parameters: {{Stage: {{Type: String}}}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {{FunctionName: !Sub '${{Stage}}-f', Handler: app.handler}}
  G:
    Type: AWS::Lambda::Function
    Properties: {{FunctionName: g, Handler: app.handler}}
  Alias: {{Type: AWS::Lambda::Alias, Properties: {{FunctionName: !GetAtt F.Arn, Name: live}}}}
  S: {{Type: AWS::SNS::Subscription, Properties: {{Endpoint: {name}}}}}
""")
    assert [event.kind for event in found] == ["sns"]


def test_a_caller_that_may_be_there_counts_and_one_that_is_not_does_not(project: Project) -> None:
    text = """
Parameters: {{Stage: {{Type: String, Default: dev}}}}
Conditions: {{IsProd: !Equals [!Ref Stage, prod]}}
Resources:
  F:
    Type: AWS::Lambda::Function
    {condition}
    Properties: {{Handler: !If [IsProd, a.h, b.h]}}
  S: {{Type: AWS::SNS::Subscription, Condition: IsProd, Properties: {{Endpoint: !GetAtt F.Arn}}}}
"""
    prod, other = project.read(text.format(condition="Description: x"))
    assert [len(prod.events), len(other.events)] == [1, 0]
    found = project.events(text.format(condition="Description: x").replace("!If [IsProd, a.h, b.h]", "a.h"))
    assert [event.kind for event in found] == ["sns"]
