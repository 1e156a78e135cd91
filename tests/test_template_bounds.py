"""Templates that are broken, odd or meant to hurt: they end, and raise nothing but `Unreadable`."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdalint.project.descriptors.templates.reader import read
from lambdalint.project.descriptors.tree import Unreadable
from lambdalint.text import Text
from tests.templates import Project
from tests.test_template_events import CALLERS

#: Something of everything that is read.
WHOLE: dict[str, Any] = {
    "Transform": "AWS::Serverless-2016-10-31",
    "Parameters": {
        "Stage": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]},
        "Names": {"Type": "CommaDelimitedList", "Default": "a, b"},
    },
    "Mappings": {"M": {"eu": {"Runtime": "python3.13"}, "us": {"Runtime": "python3.13"}}},
    "Conditions": {
        "IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
        "Both": {"Fn::And": [{"Condition": "IsProd"}, {"Fn::Not": [{"Condition": "IsProd"}]}]},
        "Either": {"Fn::Or": [{"Condition": "IsProd"}, {"Condition": "Both"}]},
    },
    "Globals": {"Function": {"Timeout": 3, "Layers": [{"Ref": "Layer"}], "Environment": {"Variables": {"A": "b"}}}},
    "Resources": {
        "F": {
            "Type": "AWS::Serverless::Function",
            "Condition": "Either",
            "Metadata": {"BuildMethod": "python3.13"},
            "Properties": {
                "Handler": {"Fn::Sub": ["${Module}.handler", {"Module": {"Fn::Select": [0, {"Ref": "Names"}]}}]},
                "Runtime": {"Fn::FindInMap": ["M", {"Ref": "AWS::Region"}, "Runtime"]},
                "CodeUri": {"Fn::If": ["IsProd", "src", {"Ref": "AWS::NoValue"}]},
                "Environment": {
                    "Variables": {
                        "J": {"Fn::ToJsonString": {"a": [1, True, {"Fn::Length": [1, 2]}]}},
                        "B": {"Fn::Base64": {"Fn::Join": ["-", {"Fn::Split": [",", "a,b"]}]}},
                        "C": {"Fn::GetAtt": ["T", "Arn"]},
                    }
                },
                "Events": {
                    "Api": {"Type": "HttpApi", "Properties": {"ApiId": {"Ref": "Api"}, "Path": "/", "Method": "get"}},
                    "Topic": {"Type": "SNS", "Properties": {"SqsSubscription": {"BatchSize": 3}}},
                    "Queue": {"Type": "SQS", "Properties": {"FunctionResponseTypes": ["ReportBatchItemFailures"]}},
                },
            },
        },
        "G": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Runtime": "python3.13", "Handler": "index.handler", "FunctionName": "g",
                "Code": {"ZipFile": "def handler(event, context):\n    return 1\n"},
            },
        },
        "Layer": {"Type": "AWS::Serverless::LayerVersion", "Properties": {"ContentUri": "layer"}},
        "T": {"Type": "AWS::DynamoDB::Table"},
        "M": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {"FunctionName": {"Ref": "G"}, "EventSourceArn": {"Fn::GetAtt": ["T", "StreamArn"]}},
        },
        "P": {"Type": "AWS::Lambda::Permission", "Properties": {"FunctionName": "g", "Principal": "s3.amazonaws.com"}},
        "Api": {
            "Type": "AWS::Serverless::HttpApi",
            "Properties": {
                "DefinitionBody": {
                    "paths": {"/": {"get": {"x-amazon-apigateway-integration": {
                        "type": "aws_proxy", "uri": {"Fn::Sub": "x/${F.Arn}/invocations"},
                    }}}},
                },
                "Auth": {"Authorizers": {"A": {"FunctionArn": {"Fn::GetAtt": ["F", "Arn"]}}}},
            },
        },
        "Machine": {
            "Type": "AWS::Serverless::StateMachine",
            "Properties": {"Definition": {"States": {"S": {"Parameters": {"FunctionName": "g"}}}}},
        },
        "App": {
            "Type": "AWS::Serverless::Application",
            "Properties": {"Location": "template.yaml", "Parameters": {"Stage": {"Ref": "Stage"}}},
        },
    },
}  # fmt: skip

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, "", "x", "${", "${}", "${!}", "${F.Arn", [], {}, [[]], {"Ref": None}, {"Ref": "F"},
    {"Ref": "AWS::NoValue"}, {"Fn::If": []}, {"Fn::If": ["IsProd", 1]}, {"Fn::Sub": []}, {"Fn::Join": ["", None]},
    {"Fn::Select": [9, []]}, {"Fn::GetAtt": "F"}, {"Fn::FindInMap": ["M", "eu", "x"]}, {"Fn::Transform": {}},
    {"Fn::ForEach::X": []}, {"Fn::Equals": [1, 1]}, {"Condition": "Either"}, "\x00", "\ud800", "a" * 1000, "../../..",
)  # fmt: skip


class OneFile:
    """A project of one template."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def text(self, path: str) -> Text | None:
        return Text("template.yaml", self.data) if path == "/p/template.yaml" else None

    def names(self, folder: str) -> frozenset[str]:
        return frozenset({"template.yaml"}) if folder == "/p" else frozenset()


def outcome(data: bytes) -> int:
    """How many functions are read; 0 where the template cannot be."""
    try:
        return len(list(read("/p/template.yaml", OneFile(data))))
    except Unreadable:
        return 0


def test_the_whole_is_read() -> None:
    assert outcome(json.dumps(WHOLE).encode()) == 2


def mutated(value: Any, chance: random.Random) -> Any:
    """A value in which some parts are odd, are gone, or stand elsewhere."""
    roll = chance.random()
    if roll < 0.03:
        return chance.choice(ODD)
    if isinstance(value, dict):
        items = [(key, mutated(item, chance)) for key, item in value.items() if chance.random() > 0.01]
        if chance.random() < 0.02:
            items.append((chance.choice(["Fn::Transform", "Fn::If", "Ref", "Type", "x"]), chance.choice(ODD)))
        return dict(items)
    if isinstance(value, list):
        return [mutated(item, chance) for item in value for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 1, 2]))]
    return value


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_no_mutation_of_a_template_raises_anything_else(chance: random.Random, ascii_only: bool) -> None:
    outcome(json.dumps(mutated(WHOLE, chance), ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_change_of_its_characters_does(chance: random.Random) -> None:
    text = list(chance.choice([resource for resource, *_ in CALLERS]))
    for _ in range(chance.randrange(1, 5)):
        text[chance.randrange(len(text))] = chance.choice(
            [*"{}[]:&*!|>'\"%@`,\t\n #-", "", "!If", "&a ", "*a", "\u00e9"]
        )
    function = "  F: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Runtime: python3.13}}\n"
    outcome(f"Resources:\n{function}  {''.join(text)}\n".encode())


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_do(data: bytes) -> None:
    outcome(b"Resources:\n  F: {Type: AWS::Serverless::Function}\n  G: " + data)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_template_past_the_limit_is_not_read() -> None:
    data = b"Resources:\n  F: {Type: AWS::Serverless::Function}\n" + b"# x\n" * 2_500_000
    with pytest.raises(Unreadable, match=r"10\.0 MB"):
        list(read("/p/template.yaml", OneFile(data)))


def test_tabs_that_yaml_refuses_are_reported_where_they_stand(project: Project) -> None:
    with pytest.raises(Unreadable) as raised:
        project.read("Resources:\n\tF:\n\t\tType: AWS::Serverless::Function\n")
    assert raised.value.place.span().start.row == 2


@pytest.mark.parametrize(
    "call", ["!Join ['', [*{0}, *{0}]]", "[*{0}, *{0}]", "{{a: *{0}, b: *{0}}}", "!Sub ['${{X}}${{X}}', {{X: *{0}}}]"]
)
def test_aliases_of_aliases_do_not_multiply(project: Project, call: str) -> None:
    lines = ["bomb:", "  - &a0 [x]" if call.startswith(("[", "{")) else "  - &a0 xxxxxxxx"]
    lines += [f"  - &a{number} {call.format(f'a{number - 1}')}" for number in range(1, 300)]
    text = (
        "\n".join(lines)
        + """
Globals:
  Function:
    Environment: {Variables: *a299}
    Layers: *a299
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: *a299
      Runtime: python3.13
      CodeUri: *a299
      Environment: {Variables: {A: *a299}}
      Events: *a299
  M: {Type: AWS::Serverless::StateMachine, Properties: {Definition: *a299, DefinitionSubstitutions: {A: !Ref F}}}
"""
    )
    (function,) = project.read(text)
    assert function.handler is None
    assert "step-functions" in [event.kind for event in function.events]


def test_conditions_in_a_circle_are_open(project: Project) -> None:
    (function,) = project.read("""\
        Conditions:
          A: !Not [!Condition B]
          B: !And [!Condition A, !Condition A]
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties: {Handler: !If [A, a.h, b.h], Runtime: python3.13}
        """)
    assert function.handler is None
    assert function.runtime is not None


def test_aliases_of_functions_in_a_circle_name_none(project: Project) -> None:
    events = project.events("""\
        Resources:
          F: {Type: AWS::Lambda::Function}
          A: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref B}}
          B: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref A}}
          S: {Type: AWS::SNS::Subscription, Properties: {Endpoint: !Ref A}}
        """)
    assert events == []
