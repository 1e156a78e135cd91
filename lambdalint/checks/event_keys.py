"""LL403: keys of the event that who calls the handler does not send.

The levels of which every key is published are data: `[row.keys]` in lambdalint/contracts/*.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from lambdalint.checks.http import names
from lambdalint.checks.registry import rule
from lambdalint.checks.responses import error_status
from lambdalint.checks.way import once
from lambdalint.contracts import EventSource, Keys, sources
from lambdalint.contracts.callers import Callers, keys_of, signs
from lambdalint.contracts.infer import infer, meant_reads
from lambdalint.finding import Change, Mend, Report, Severity
from lambdalint.interpreter.invocation import Invocation, Read

#: How many keys are all told to who reads another one.
_LISTED = 16
#: Sources whose routes name what `pathParameters` has, and how: `/orders/{id}`, `/{proxy+}`.
_ROUTED = frozenset({"apigateway-rest", "apigateway-http-1.0", "apigateway-http-2.0"})
#: Where a handler reads which route it was called by.
_ROUTE: frozenset[Keys] = frozenset({
    ("resource",), ("path",), ("rawPath",), ("routeKey",), ("requestContext", "resourcePath"),
    ("requestContext", "routeKey"), ("requestContext", "path"), ("requestContext", "http", "path"),
})  # fmt: skip
_IN_BRACES = re.compile(r"\{([^{}+]+)\+?\}")


@rule("LL403", "event-key-unknown", Severity.ERROR)
def event_key_unknown(run: Invocation) -> Iterator[Report]:
    """The handler reads a key of the event that its source never sends."""
    callers = infer(run)
    if not callers.possible or callers.http is None or run.handler.kind != "function" or _is_open(run, callers):
        return
    paths = {keys_of(read.path) for read in run.event_reads}
    if any(read.how == "in" and _is_never_sent(keys_of(read.path), callers) for read in run.event_reads):
        return  # a branch for events of another form: what is read there is read of those
    yield from once(
        report
        for read in meant_reads(run, callers)
        if read.how in ("item", "get") and "key" in read.unasked and not read.possible
        if isinstance(read.path[-1], str) and _consequence(read, run)
        for report in _unknown(read, callers, paths, run)
    )


def _consequence(read: Read, run: Invocation) -> str:
    """What comes of a read of what is never there; nothing, where the code does without it."""
    if read.how == "get":
        return "" if read.guarded else "`.get` gives None, always"
    if not read.guarded:
        return "a KeyError fails the invocation"
    caught = [found for found in (*run.returns, *run.possible_returns) if found.caught & read.tries]
    statuses = [error_status(found.value) for found in caught]
    if not run.complete or not statuses or not all(statuses):
        return ""
    told = sorted({status[0] for status in statuses if status})
    return f"a KeyError fails each request, or is caught and answered with status {' or '.join(map(str, told))}"


def _is_open(run: Invocation, callers: Callers) -> bool:
    """Whether somebody may call of whom it is not known what they send."""
    deployment = run.function.deployment
    if deployment is not None and (
        deployment.answers_itself or any(event.kind == "other" for event in deployment.events)
    ):
        return True
    return any(caller.sends_anything(source) for caller in callers.callers for source in caller.sources)


def _is_never_sent(path: Keys, callers: Callers) -> bool:
    """Whether the last key of a path is none that any of the callers sends."""
    return all(keys is not None and path[-1] not in keys for keys in _keys_at(path[:-1], callers))


def _keys_at(level: Keys, callers: Callers) -> list[frozenset[str] | None]:
    """The keys that each of the callers sends at a level, None where that is not known. What stands in braces in the
    paths of the routes is what `pathParameters` has."""
    if level != ("pathParameters",) or not callers.named:
        return [source.keys_at(level) for source in callers.possible]
    paths = [path for caller in callers.callers if isinstance(path := caller.setting("path"), str) and "*" not in path]
    if len(paths) < len(callers.callers) or not all(source.id in _ROUTED for source in callers.possible):
        return [None]
    return [frozenset(name for path in paths for name in _IN_BRACES.findall(path)) or None]


def _is_of_other_case(path: Keys, callers: Callers) -> bool:
    """Whether the last key of a path has capitals, where all of the callers send their keys in lower case."""
    return bool(callers.possible) and all(source.sends_other_case(path) for source in callers.possible)


#: What tells a handler which form of an event it has before it: the version, or what only the other one has.
_VERSION, _OF_OTHERS = ("version",), (("httpMethod",), ("multiValueHeaders",))


def _is_read_lowered(path: Keys, run: Invocation, possible: tuple[EventSource, ...]) -> bool:
    """Whether a key is read or asked for in lower case too, or asked for as it is, or the handler tells apart what it
    was sent: then the code is written for events of either form."""
    reads = {(read.how, keys_of(read.path)) for read in run.event_reads}
    other = [keys for keys in _OF_OTHERS if all(keys not in source.listed for source in possible)]
    if any(keys == _VERSION or keys in other for _, keys in reads):
        return True
    same = {(how, keys) for how, keys in reads if keys[:-1] == path[:-1] and keys}
    return ("in", path) in same or any(other[-1] == path[-1].lower() for _, other in same)


def _unknown(read: Read, callers: Callers, paths: set[Keys], run: Invocation) -> Iterator[Report]:
    path = keys_of(read.path)
    level, key = path[:-1], path[-1]
    possible = callers.possible
    lowered = _is_of_other_case(path, callers)
    if lowered and _is_read_lowered(path, run, possible):
        return
    if not lowered and not _is_never_sent(path, callers):
        return
    told = _keys_at(level, callers)
    near = next((other for keys in told if keys for other in sorted(keys) if _plain(other) == _plain(key)), "")
    near = key.lower() if lowered else near
    sure = callers.named or callers.certain
    routed = level == ("pathParameters",)
    if routed and not near and not _ROUTE.isdisjoint(paths):
        return  # what another route sends may be read on the way of that
    if not near:
        # What else is read there may be another caller's: of one key that nobody sends nothing is known.
        grows = any(source.grows_at(level) for source in possible)
        if not sure or grows or _may_be_of_others(path, level, paths, possible):
            return
        told_so = all(path in source.never for source in possible)
        of_them = _is_of_its_kin(key, possible, paths) or _stands_below(key, callers, run)
        if not (level or told_so or of_them or _reads_the_rest(callers, run)):
            return
    if read.how == "get" and not near:
        return
    set_up = {source.never.get(path, "") for source in possible}
    who = " ".join((names(list(possible)), *set_up)).strip() if len(set_up) == 1 else names(list(possible))
    dotted = ".".join(part for part in path if not part.endswith("()"))
    what = _consequence(read, run)
    message = f"{who} never sends `{dotted}`: {what}"
    if routed:
        message = f"no route to the function has `{{{key}}}` in its path: {what}"
    if lowered:
        message = f"{who} sends the keys of `{level[-1]}` in lower case, and never `{key}`: {what}"
    severity = None if sure and read.how == "item" else Severity.WARNING
    if near:
        advice = f'`["{near}"]`'
    else:
        keys = sorted(set().union(*(keys for keys in told if keys)))
        among = "" if len(keys) <= _LISTED else "among others "
        if among:
            keys = get_close_matches(key, keys, 5, 0.5) or keys
        advice = f"what it sends there is {among}{', '.join(f'`{other}`' for other in keys)}"
    mend = None
    if near:
        mend = Mend(f"Read `{near}`", (Change(read.place, content=near, key=key),), severity is None)
    yield Report(read.place, message, (), advice, severity, mend)


def _plain(key: str) -> str:
    return re.sub(r"[-_]", "", key).lower()


def _may_be_of_others(path: Keys, level: Keys, paths: set[Keys], possible: tuple[EventSource, ...]) -> bool:
    """Whether the handler also reads signs of sources that are none of these."""
    own = frozenset().union(*(source.listed for source in possible))
    return any(
        other[:length] in signs() and other[:length] not in own
        for other in paths
        for length in range(1, len(other) + 1)
        if other[: len(level)] == level and other != path and other[:length] != path
    )


def _is_of_its_kin(key: str, possible: tuple[EventSource, ...], paths: set[Keys]) -> bool:
    """Whether a key at the top is what another HTTP source sends, and the handler does not ask who calls."""
    kin = frozenset().union(*(source.keys.get((), frozenset()) for source in sources() if source.response is not None))
    return key in kin and all(source.response is not None for source in possible) and ("version",) not in paths


#: How many keys at the top of an event are read as they are, where nobody else is taken to send one like it.
_THE_REST = 3


def _reads_the_rest(callers: Callers, run: Invocation) -> bool:
    """Whether the handler needs several more keys at the top that the one source sends which may call it, and asks
    nothing that would tell it from others."""
    if len(callers.possible) != 1 or callers.possible[0].response is not None:
        return False
    tops = [read for read in run.event_reads if len(read.path) == 1]
    own = {read.path for read in tops if read.how == "item" and read.path in callers.possible[0].listed}
    return len(own) >= _THE_REST and all(read.how == "item" for read in tops)


def _stands_below(key: str, callers: Callers, run: Invocation) -> bool:
    """Whether a key at the top is one that all who call send further down, and the handler asks nothing at the top
    that would tell them from others."""
    if not (callers.named or callers.certain):
        return False
    if any(len(read.path) == 1 and read.how in ("in", "get") for read in run.event_reads):
        return False
    return all(
        any(key in path[1:] for path in source.listed)
        or any(level and key in keys for level, keys in source.keys.items())
        for source in callers.possible
    )
