"""Layers that put a handler of their own before the function's: the template names it, a variable names the true one.

A wrapper that Lambda's AWS_LAMBDA_EXEC_WRAPPER starts (OpenTelemetry's /opt/otel-instrument, Splunk, Dynatrace) leaves
the template's handler as it is, and needs nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lambdalint.project.deployment import Deployment, Fact


@dataclass(frozen=True, slots=True)
class Wrapper:
    """`handlers`: what the template's handler is, in dotted form. `variables`: which name the true one; the first that
    is set does."""

    name: str
    handlers: tuple[str, ...]
    variables: tuple[str, ...]
    source: str
    checked: str = "2026-11-24"


WRAPPERS = (
    Wrapper(
        "Datadog",
        ("datadog_lambda.handler.handler",),
        ("DD_LAMBDA_HANDLER",),
        "https://docs.datadoghq.com/serverless/guide/handler_wrapper/",
    ),
    Wrapper(
        "New Relic",
        ("newrelic_lambda_wrapper.handler",),
        ("NEW_RELIC_LAMBDA_HANDLER",),
        "https://github.com/newrelic/newrelic-lambda-layers/blob/master/python/newrelic_lambda_wrapper.py",
    ),
    Wrapper(
        "Lumigo",
        ("lumigo_tracer._handler",),
        ("LUMIGO_ORIGINAL_HANDLER",),
        "https://github.com/lumigo-io/serverless-lumigo-plugin",
    ),
    Wrapper(
        "Sentry",
        ("sentry_sdk.integrations.init_serverless_sdk.sentry_lambda_handler",),
        ("SENTRY_INITIAL_HANDLER",),
        "https://github.com/getsentry/sentry-python/blob/master/scripts/init_serverless_sdk.py",
    ),
    Wrapper(
        "OpenTelemetry",
        ("otel_wrapper.lambda_handler",),
        ("ORIG_HANDLER",),
        "https://github.com/open-telemetry/opentelemetry-lambda/blob/main/python/src/otel/otel_sdk/otel_wrapper.py",
    ),
    Wrapper(
        "Epsagon",
        ("epsagon.wrapper", "epsagon.handler.wrapper"),
        ("EPSAGON_HANDLER",),
        "https://github.com/epsagon/epsagon-python/blob/master/epsagon/handler.py",
    ),
    Wrapper(
        "Thundra",
        ("thundra.handler.wrapper",),
        ("thundra_agent_lambda_handler", "THUNDRA_AGENT_LAMBDA_HANDLER"),
        "https://github.com/thundra-io/thundra-agent-python/blob/master/thundra/handler.py",
    ),
    Wrapper(
        "IOpipe",
        ("iopipe.handler.wrapper",),
        ("IOPIPE_HANDLER",),
        "https://github.com/iopipe/iopipe-python#lambda-layers",
    ),
    Wrapper(
        "Instana",
        ("instana.lambda_handler",),
        ("LAMBDA_HANDLER",),
        "https://www.ibm.com/docs/en/SSE1JP5/src/pages/ecosystem/aws-lambda/python/index.html",
    ),
)

_BY_HANDLER = {handler: wrapper for wrapper in WRAPPERS for handler in wrapper.handlers}


def unwrapped(deployment: Deployment) -> Deployment:
    """The deployment with its true handler, and the template's own as `wrapper`, where a layer's handler stands before
    it. Without the variable, or with a value that is not known, the handler is not known."""
    if deployment.handler is None:
        return deployment
    dotted = deployment.handler.value.removeprefix("/opt/python/").replace("/", ".")
    wrapper = _BY_HANDLER.get(dotted)
    if wrapper is None:
        return deployment
    true: Fact[str] | None = None
    for name in wrapper.variables:
        fact = deployment.variables.get(name)
        if fact is not None:
            true = Fact(fact.value, fact.place) if fact.value is not None else None
            break
    return replace(deployment, handler=true, wrapper=deployment.handler)
