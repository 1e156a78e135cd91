"""LL002-LL004, LL011: does the handler that a descriptor names exist?

Source: awslambdaric's bootstrap `_get_handler`, and
https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html#naming
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lambdalint.checks.registry import rule
from lambdalint.finding import Place, Report, Severity
from lambdalint.project.deployment import Deployment
from lambdalint.project.resolve import Resolved


@dataclass(frozen=True, slots=True)
class UnreadDescriptor:
    """A descriptor that could not be read: why, and where. `broken`: whoever deploys it cannot read it either."""

    reason: str
    place: Place
    broken: bool


@rule("LL011", "descriptor-unreadable", Severity.ERROR, on="descriptor")
def descriptor_unreadable(unread: UnreadDescriptor) -> Iterator[Report]:
    """A template that deploys functions cannot be read."""
    if unread.broken:
        yield Report(unread.place, f"the template cannot be read: {unread.reason}; it does not deploy")
    else:
        yield Report(
            unread.place,
            f"the template is not read, so its functions are not checked against it: {unread.reason}",
            severity=Severity.WARNING,
        )


def _severity(deployment: Deployment) -> Severity | None:
    """A warning for what a Dockerfile alone says: whoever deploys the image may give it another command."""
    return Severity.WARNING if deployment.descriptor == "Dockerfile" else None


def _handler(deployment: Deployment) -> str:
    return deployment.handler.value if deployment.handler is not None else ""


@rule("LL002", "handler-module-missing", Severity.ERROR, on="deployment")
def handler_module_missing(found: Resolved) -> Iterator[Report]:
    """The module of a template's handler is not in the code folder."""
    if found.fault != "no-module":
        return
    where = "inline code" if found.looked == "inline code" else f"`{found.looked or '.'}`"
    here = found.deployment.code.inline_module
    what = f"is module `{here}`, not `{found.module}`" if found.looked == "inline code" else f"has no `{found.module}`"
    yield Report(
        found.place,
        f"the handler `{_handler(found.deployment)}` is not found: {where} {what}, so every invocation fails with "
        "Runtime.ImportModuleError",
        advice=f"`{found.nearest}`" if found.nearest else None,
        severity=_severity(found.deployment),
    )


@rule("LL003", "handler-function-missing", Severity.ERROR, on="deployment")
def handler_function_missing(found: Resolved) -> Iterator[Report]:
    """The handler's module is there, and has no such function."""
    if found.fault != "no-name":
        return
    name = _handler(found.deployment).rpartition(".")[2]
    if found.why == "binds" and found.function is not None:
        why = f"`{found.function.source.path}` binds no `{name}`"
    elif found.why == "folder":
        why = f"`{found.module}` is a folder without `__init__.py`, which has no `{name}`"
    else:
        why = f"`{found.module}` is the standard library's module, which the runtime has imported before your file"
    yield Report(
        found.place,
        f"the handler `{_handler(found.deployment)}` is not found: {why}, so every invocation fails with "
        "Runtime.HandlerNotFound",
        advice=f"`{found.nearest}`" if found.nearest else None,
        severity=_severity(found.deployment),
    )


@rule("LL004", "handler-malformed", Severity.ERROR, on="deployment")
def handler_malformed(found: Resolved) -> Iterator[Report]:
    """The handler string cannot name a function: no dot, a class's method, a module that is built into Python."""
    text = _handler(found.deployment)
    if found.fault == "built-in":
        yield Report(
            found.place,
            f"the handler `{text}` names `{found.module}`, which is built into Python, so every invocation fails with "
            "Runtime.BuiltInModuleConflict",
            advice="rename the file",
            severity=_severity(found.deployment),
        )
    elif found.fault == "malformed" and found.why == "it has no dot":
        yield Report(
            found.place,
            f"the handler `{text}` has no dot between module and function, so every invocation fails with "
            "Runtime.MalformedHandlerName",
            advice=f"`{found.nearest or text + '.lambda_handler'}`",
            severity=_severity(found.deployment),
        )
    elif found.fault == "malformed":
        yield Report(
            found.place,
            f"the handler `{text}` is not found: {found.why}, so every invocation fails with Runtime.ImportModuleError",
            advice="name a function at the top level of the module",
            severity=_severity(found.deployment),
        )
