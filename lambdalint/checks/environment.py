"""LL008: are the variables that the function reads declared?

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from lambdalint.checks.registry import rule
from lambdalint.contracts import always_set
from lambdalint.finding import Note, Report, Severity
from lambdalint.interpreter.invocation import Invocation

#: Calls that may set any variable.
_SETTERS = frozenset({
    "os.environ.update", "os.environ.__setitem__", "os.putenv", "dotenv.load_dotenv", "dotenv.main.load_dotenv",
})  # fmt: skip


@rule("LL008", "env-undeclared", Severity.ERROR)
def env_undeclared(run: Invocation) -> Iterator[Report]:
    """A variable of the environment is read that the function's settings do not declare."""
    deployment = run.function.deployment
    if deployment is None or not deployment.variables_known:
        return
    if any(call.name in _SETTERS for call in (*run.calls, *run.possible_calls)):
        return
    if any(read.how == "set" and not read.path[0] for read in run.environment_reads):
        return  # what it is set to may be anything: the parameters below a path, the lines of a file
    asked = {read.path[0] for read in run.environment_reads if read.how != "item" or read.guarded}
    for read in run.environment_reads:
        name = read.path[0]
        if read.possible or name in asked or name in deployment.variables or name in always_set():
            continue
        asked.add(name)  # said once
        nearest = get_close_matches(str(name), deployment.variables, n=1, cutoff=0.8)
        declared = f"; `{nearest[0]}` is declared" if nearest else ""
        yield Report(
            read.place,
            f"`{name}` is not declared among the variables of `{deployment.name}`{declared}: reading "
            "it raises KeyError",
            (Note(deployment.place, "declared here"),),
            advice=f"`{nearest[0]}`" if nearest else f"declare `{name}`, or read it with `os.environ.get`",
        )
