"""LL324 and a part of LL330: is a source that waits for a call ever told how it went?

A custom resource, a pipeline's action or a Config rule reads no answer: the function sends its result itself. A path
that ends without having handed anything to code that could do so leaves the source waiting.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.http import judged
from lambdalint.checks.registry import rule
from lambdalint.checks.way import once
from lambdalint.contracts import EventSource, Reply
from lambdalint.contracts.callers import Callers, on_path
from lambdalint.contracts.infer import infer
from lambdalint.finding import Report, Severity
from lambdalint.interpreter.invocation import Call, Invocation, Return

#: Methods of clients that ask nothing of a service.
_LOCAL = frozenset({"get_paginator", "get_waiter", "can_paginate", "close", "generate_presigned_url"})
#: Calls that show that the function answers itself, be it on another path.
_ANSWERING = frozenset({"cfnresponse.send", "crhelper.CfnResource"})


@rule("LL324", "custom-resource-unanswered", Severity.ERROR)
def custom_resource_unanswered(run: Invocation) -> Iterator[Report]:
    """A path of a CloudFormation custom resource never sends its response."""
    yield from once(unanswered(run, "LL324"))


def unanswered(run: Invocation, code: str) -> Iterator[Report]:
    """The paths on which a source is not told the result, of the sources that `code` speaks of."""
    if not judged(run):
        return
    callers = infer(run)
    if not any(source.reply is not None and source.reply.code == code for source in callers.possible):
        return
    if not callers.certain or not _answers_itself(run, callers):
        return
    never = run.complete and not any(found.replied for found in (*run.returns, *run.possible_returns))
    silent = []
    for found in run.returns:
        if found.replied or found.after_unseen:
            continue
        here = on_path(callers, found)
        for caller in here.callers:
            source = caller.sources[0] if len(caller.sources) == 1 else None
            if source is not None and source.reply is not None and source.reply.code == code:
                if not (source.reply.waits or never):
                    continue
                silent.append(found)
                yield _path(run, found, source, source.reply, here)
    if not silent:
        yield from _raising(run, callers, code)


def _answers_itself(run: Invocation, callers: Callers) -> bool:
    """Whether the function is surely the one that is to answer: a descriptor says so, or it reads what an answer needs.
    A custom resource of the CDK's provider framework returns its result."""
    if callers.named or any(call.name in _ANSWERING for call in run.calls):
        return True
    keys = {source.reply.key for source in callers.possible if source.reply is not None}
    return any(read.path and read.path[0] in keys for read in run.event_reads)


def _path(run: Invocation, found: Return, source: EventSource, reply: Reply, callers: Callers) -> Report:
    if found.after_except:
        what = "after an exception was caught, this path ends and"
    elif all(not other.replied for other in (*run.returns, *run.possible_returns)):
        what = f"`{run.handler.name}`"
    else:
        what = "this path"
    place = run.handler.place if found.how == "end" else found.place
    then = reply.otherwise if not callers.mixed else f"if {source.title} calls this, {reply.otherwise}"
    message = f"{what} never sends the result: {then}"
    doubtful = callers.mixed or (found.after_except and _may_be_the_sending(run, found))
    return Report(place, message, (), reply.advice, Severity.WARNING if doubtful else None)


def _may_be_the_sending(run: Invocation, found: Return) -> bool:
    """Whether what this path caught may be that the sending itself failed, when there is nothing left to do: it is sent
    where exceptions are caught, and no service is called before it in a `try` that caught something."""
    if not any(call.in_try and call.replied for call in run.calls):
        return False
    return not any(_is_operation(call) and not call.replied and call.tries & found.caught for call in run.calls)


def _raising(run: Invocation, callers: Callers, code: str) -> Iterator[Report]:
    """The first operation of a service that may raise where nothing may catch it, before anything was sent."""
    source = callers.possible[0]
    if len(callers.possible) > 1 or source.reply is None or source.reply.code != code or not source.reply.waits:
        return
    for call in run.calls:
        again = call.in_try and _is_raised_again(run, call)
        if _is_operation(call) and not (call.at_init or call.replied) and (again or not call.in_try):
            name = ".".join(call.name.split(".")[-2:])
            what = "it is caught, an exception leaves all the same, and the result" if again else "the result"
            message = f"if `{name}` raises, {what} is never sent: {source.reply.otherwise}"
            advice = "send the failure where it is caught" if again else "catch it, and send the failure"
            yield Report(call.place, message, (), advice, Severity.WARNING)
            return


def _is_raised_again(run: Invocation, call: Call) -> bool:
    """Whether what a call raises is caught, and the path ends in an exception all the same - the clause raises, or what
    comes behind it misses what it wanted - and has sent nothing: no other clause catches anything there, and no path
    behind it ends well."""
    if not run.complete:
        return False
    left = [found for found in run.leaving if found.caught & call.tries]
    if any(found.caught & call.tries for found in (*run.returns, *run.possible_returns)):
        return False
    return len({found.caught for found in left}) == 1 and any(not (found.replied or found.missed) for found in left)


def _is_operation(call: Call) -> bool:
    parts = call.name.split(".")
    return call.name.startswith("boto3.client.") and len(parts) == 4 and parts[3] not in _LOCAL
