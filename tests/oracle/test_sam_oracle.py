"""The rules of HTTP answers and of authorizers against SAM CLI's local API Gateway: its parsers are asked what they
make of an answer, and the rules must agree.

SAM CLI (341 MB) is no dependency of the tests: `nox -f scripts/noxfile.py -s sam` installs it for this file alone.

Where SAM CLI is known to take what AWS refuses, the answer is left out of one direction:
- it makes text of any body with str(), so a dict "works" until it is deployed (LL301);
- it takes any positive number as a status, what int() makes one of, and 200 for null, 0 and "" (LL303);
- it looks at no header's value, and leaves out cookies that are no list (LL305);
- it takes the words "true" and "false" as isBase64Encoded, and of payload 2.0 anything (LL306);
- an authorizer's `context` may hold anything, and an Effect be any text (LL321).
Where it refuses what AWS is not known to refuse: a principalId that is no string, a statement without Action or
Resource, a status of null for payload 1.0 (a warning here).
"""

from __future__ import annotations

import json
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from lambdalint.checks import RULES

from ..picture import draw, event, judge, response, returning

service = pytest.importorskip("samcli.local.apigw.local_apigw_service")
routes = pytest.importorskip("samcli.local.apigw.route")
authorizers = pytest.importorskip("samcli.local.apigw.authorizers.lambda_authorizer")
errors = pytest.importorskip("samcli.local.apigw.exceptions")

ABSENT = object()
STATUSES = [ABSENT, 200, "201", 404, 0, -1, 700, "OK", None, True, [200]]
BODIES = [ABSENT, "x", "", None, {"a": 1}, [1], 1, True]
HEADERS = [ABSENT, {}, {"A": "b"}]
EXTRAS: list[dict[str, Any]] = [{}, {"message": "x"}, {"isBase64Encoded": False}, {"base64Encoded": True}]
ANSWERS: list[Any] = [
    {
        key: value
        for key, value in (("statusCode", status), ("body", body), ("headers", headers), *extra.items())
        if value is not ABSENT
    }
    for status, body, headers, extra in product(STATUSES, BODIES, HEADERS, EXTRAS)
]
ANSWERS += ["text", None, [1], 5, True]

SOURCES = {
    "rest": event("rest-api"),
    "http 1.0": event("http-api", payload_format="1.0"),
    "http 2.0": event("http-api", payload_format="2.0"),
}
#: A request that accepts anything.
REQUEST = SimpleNamespace(accept_mimetypes=SimpleNamespace(best_match=lambda types: None))
#: What SAM CLI is laxer in than AWS, by rule.
LAX = {"LL301", "LL303", "LL305", "LL306"}


def refused_by_sam(kind: str, answer: Any) -> bool:
    parse = service.LocalApigwService
    text = json.dumps(answer)
    try:
        if kind == "http 2.0":
            parse._parse_v2_payload_format_lambda_output(text, [], None)
        else:
            route = routes.Route.API if kind == "rest" else routes.Route.HTTP
            parse._parse_v1_payload_format_lambda_output(text, [], REQUEST, route)
    except (service.LambdaResponseParseException, TypeError):  # it lets int([200]) through as a TypeError
        return True
    return False


def reported(kind: str, answer: Any, severities: tuple[str, ...] = ("error",)) -> set[str]:
    shape = response(**answer) if isinstance(answer, dict) else draw(answer)
    run = returning(shape, events=(SOURCES[kind],))
    return {
        code
        for code, rule in RULES.items()
        if code.startswith("LL30") and any((r.severity or rule.severity).value in severities for r in judge(code, run))
    }


@pytest.mark.parametrize("kind", list(SOURCES))
def test_what_sam_refuses_is_reported(kind: str) -> None:
    refused = [answer for answer in ANSWERS if refused_by_sam(kind, answer)]
    assert refused
    assert [answer for answer in refused if not reported(kind, answer, ("error", "warning"))] == []


@pytest.mark.parametrize("kind", list(SOURCES))
def test_what_is_an_error_is_refused_by_sam_or_one_of_its_known_deviations(kind: str) -> None:
    false = [answer for answer in ANSWERS if reported(kind, answer) - LAX and not refused_by_sam(kind, answer)]
    assert false == []


STATEMENT = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}
GRANTS: list[Any] = [
    {"principalId": "me", "policyDocument": POLICY},
    {"principalId": "me", "policyDocument": {"Statement": [STATEMENT]}, "context": {"a": "b"}},
    {"policyDocument": POLICY},
    {"principalId": "me"},
    {"principalId": "me", "policyDocument": "x"},
    {"principalId": "me", "policyDocument": {"Version": "2012-10-17"}},
    {"principalId": "me", "policyDocument": {"Statement": [{"Action": "x", "Resource": "*"}]}},
    {"principalId": "me", "policyDocument": {"Statement": ["x"]}},
    {"isAuthorized": True},
    {"isAuthorized": False, "context": {"a": ["b"]}},
    {"isAuthorized": "true"},
    {"isAuthorized": None},
    {"statusCode": 401},
    {},
]


@pytest.mark.parametrize("simple", [False, True])
@pytest.mark.parametrize("answer", GRANTS, ids=json.dumps)
def test_authorizers_agree(answer: Any, simple: bool) -> None:
    named = (
        event("http-authorizer", payload_format="2.0", simple_responses=True) if simple else event("rest-authorizer")
    )
    authorizer = authorizers.LambdaAuthorizer("a", "request", "f", [], "2.0" if simple else "1.0", None, simple)
    try:
        authorizer.is_valid_response(json.dumps(answer), "arn:aws:execute-api:x")
    except errors.InvalidLambdaAuthorizerResponse:
        refused = True
    else:
        refused = False
    found = judge("LL321", returning(response(**answer), events=(named,)))
    assert any(report.severity.value == "error" for report in found if report.severity) == refused
