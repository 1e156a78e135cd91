"""What was understood of a function: where it is, who calls it, what it reads, answers and calls. For a person."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lambdalint.contracts.infer import infer
from lambdalint.finding import Span
from lambdalint.interpreter.invocation import Invocation
from lambdalint.interpreter.shapes import Either, Instance, Known, Mapping, Opaque, Sequence, Shape
from lambdalint.project.deployment import Deployment, Event
from lambdalint.project.function import Function

#: Keys of an answer that are named.
_NAMED_KEYS = 4


@dataclass(frozen=True, slots=True)
class Understood:
    """One function. `name`: what the descriptor calls it, "" without one; `descriptor`: its kind. `called_by`: what the
    descriptor says calls it, or `guessed`, what the code shows. `reads`: fields of the event, `records[].body`.
    `variables`: of the environment. `calls`: operations of AWS. `unknown`: why nothing is known of its code, or "";
    `foreign`: it is no Python."""

    handler: str
    path: str | None = None
    row: int | None = None
    name: str = ""
    descriptor: str = ""
    declared: Span | None = None
    runtime: str | None = None
    called_by: tuple[str, ...] = ()
    guessed: bool = False
    reads: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    unknown: str = ""
    foreign: bool = False


def unresolved(deployment: Deployment, why: str, path: str | None = None) -> Understood:
    """A deployed function whose code was not found; or was, at `path`, and cannot be read."""
    handler = deployment.handler.value if deployment.handler is not None else ""
    foreign = deployment.runtime is not None and not deployment.runtime.value.startswith("python")
    return Understood(handler, path, **_declared(deployment), unknown=why, foreign=foreign)  # type: ignore[arg-type]


def understood(run: Invocation, function: Function) -> Understood:
    """What a record shows of a function, in its deployment."""
    run.function = function
    deployment = function.deployment
    callers = infer(run)
    guesses = callers.possible if callers.http is not None else ()
    span = run.handler.place.span()
    path, row = (_written(function) if span.path != function.source.path else None) or (span.path, span.start.row)
    said = _declared(deployment) if deployment is not None else {}
    if not said.get("called_by"):
        said |= {"called_by": tuple(dict.fromkeys(source.short for source in guesses)), "guessed": True}
    return Understood(
        function.handler,
        path,
        row,
        reads=_fields(read.path for read in run.event_reads),
        variables=_unique(str(read.path[0]) for read in run.environment_reads if read.how != "set"),
        answers=_unique(answer for found in run.returns for answer in _answers(found.value)),
        calls=_unique(name for call in run.calls if (name := _operation(call.name)) is not None),
        **said,  # type: ignore[arg-type]
    )


def _written(function: Function) -> tuple[str, int] | None:
    """Where the handler's module writes the handler out, under decorators that put another function in its place, or
    sets it to what another module makes."""
    for statement in function.source.tree.body if function.source.tree is not None else ():
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names = [statement.name]
        elif isinstance(statement, ast.Assign):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
        else:
            continue
        if function.attribute in names:
            return function.source.path, statement.lineno
    return None


def _declared(deployment: Deployment) -> dict[str, object]:
    return {
        "name": deployment.name,
        "descriptor": deployment.descriptor,
        "declared": deployment.place.span(),
        "runtime": deployment.runtime.value if deployment.runtime is not None else None,
        "called_by": tuple(map(_event, deployment.events)),
    }


def _event(event: Event) -> str:
    """`rest-api GET /orders`, `sqs`."""
    method, path = str(event.setting("method") or "").upper() or None, event.setting("path")
    return " ".join(str(part) for part in (event.kind, method, path) if part is not None)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _fields(paths: Iterable[tuple[str | int, ...]]) -> tuple[str, ...]:
    """The fields that are read, without those in which others are read."""
    texts = _unique(_field(path) for path in paths if path)
    return tuple(text for text in texts if not any(other.startswith((f"{text}.", f"{text}[")) for other in texts))


def _field(path: tuple[str | int, ...]) -> str:
    """`Records[].body`."""
    text = ""
    for part in path:
        if str(part).endswith("()"):  # what is in a text belongs to it: `body.name`
            continue
        if isinstance(part, int) or part in ("[]", "*"):
            text += "[]"
        else:
            text += f".{part}" if text else part
    return text


def _answers(shape: Shape) -> Iterator[str]:
    """An answer in a word: its status, its keys, or its type."""
    if isinstance(shape, Either):
        for option in shape.options:
            yield from _answers(option)
    elif isinstance(shape, Mapping):
        status = shape.entry("statusCode")
        if status is not None:
            yield str(status.value.value) if isinstance(status.value, Known) else "any status"
        elif shape.names:
            more = ", ..." if len(shape.names) > _NAMED_KEYS or shape.open else ""
            yield "{" + ", ".join(shape.names[:_NAMED_KEYS]) + more + "}"
        else:
            yield "a dict" if shape.open or shape.entries else "{}"
    elif isinstance(shape, Known):
        yield "None" if shape.value is None else f"a {type(shape.value).__name__}"
    elif isinstance(shape, (Sequence, Opaque, Instance)):
        yield f"a {shape.type.rpartition('.')[2]}"
    else:
        yield "?"


def _operation(name: str) -> str | None:
    """`s3.get_object` of `boto3.client.s3.get_object`; None for what is no operation of AWS."""
    package, _, rest = name.partition(".")
    kind, _, operation = rest.partition(".")
    if package != "boto3" or "." not in rest:
        return None
    return operation if kind in ("client", "resource") and "." in operation else rest if kind == "dynamodb" else None
