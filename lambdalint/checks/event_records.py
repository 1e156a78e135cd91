"""LL406, LL408, LL409: what handlers of records do with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdalint.checks.http import names
from lambdalint.checks.registry import rule
from lambdalint.checks.way import once, trail
from lambdalint.contracts import Keys
from lambdalint.contracts.callers import Callers, keys_of
from lambdalint.contracts.infer import infer
from lambdalint.finding import Change, Mend, Report, Severity
from lambdalint.interpreter.invocation import Call, Invocation, Read
from lambdalint.interpreter.shapes import DECODERS, PARSED, SPACED, Anything, Known, Mapping, Opaque, Shape, parts

_S3_KEY: Keys = ("Records", "s3", "object", "key")
#: Where a queue and a topic hold the whole notification, as a text; a queue also what a topic sent to it.
_CARRIED: tuple[Keys, ...] = (("Records", "body"), ("Records", "Sns", "Message"), ("Records", "body", "Message"))
_UNQUOTED, _SPACED = "urllib.parse.unquote()", f"{SPACED}()"
_S3 = ("boto3.client.s3.", "boto3.resource.s3.", "boto3.s3.")
#: Operations that make an object under the key that they are given: it gets another name, and nothing fails.
_MAKING = frozenset({"put_object", "put", "upload_file", "upload_fileobj", "create_multipart_upload"})
#: What shows all of the records, or only shows them.
_LOOKING = frozenset({"print", "str", "repr", "json.dumps", "builtins.print", "builtins.str", "builtins.repr"})
#: Who is shown the event, and hands out the list of what its envelope finds in it.
_PARSE = "aws_lambda_powertools.utilities.parser.parse"
#: The lists of records, of the sources that send more than one. "*" is any key; what decodes a text is left out.
_BATCHES: dict[str, Keys] = {
    "sqs": ("Records",),
    "kinesis": ("Records",),
    "dynamodb": ("Records",),
    "kafka": ("records", "*"),
    "cloudwatch-logs": ("awslogs", "data", "logEvents"),
}


@rule("LL406", "s3-key-not-unquoted", Severity.ERROR)
def s3_key_not_unquoted(run: Invocation) -> Iterator[Report]:
    """The key of an S3 notification reaches S3 as it was sent: URL-encoded."""
    calls = [call for call in run.calls if not call.at_init and not _is_only_made(run, call)]
    callers = infer(run)
    yield from once(
        replace(_encoded(run, given, call), severity=severity)
        for call in calls
        for given in _keys_given(call)
        if (severity := _severity(run, callers, given)) is not None
    )


def _severity(run: Invocation, callers: Callers, part: Anything | Opaque) -> Severity | None:
    """How sure it is that the key is S3's own; None where none of the sources that a descriptor names sends such an
    event at all. What is deployed without an event is given its events by somebody, as by a state machine."""
    if not callers.named:
        return Severity.ERROR if run.function.deployment is None else Severity.WARNING
    path = keys_of(part.event or (part.decoded if isinstance(part, Anything) else None) or ())[:2]
    pairs = [(caller, source) for caller in callers.callers for source in caller.sources]
    if any(path in source.listed for _, source in pairs):
        return Severity.ERROR
    return Severity.WARNING if any(caller.sends_anything(source) for caller, source in pairs) else None


def _is_only_made(run: Invocation, call: Call) -> bool:
    """Whether what a call gives is an object of S3's that is then written to, and never looked for."""
    used = [
        other.name.rpartition(".")[2]
        for other in (*run.calls, *run.possible_calls)
        if isinstance(other.receiver, Opaque) and other.receiver.place is not None
        if other.receiver.place.node is call.place.node
    ]
    return bool(used) and all(name in _MAKING for name in used)


def _keys_given(call: Call) -> Iterator[Anything | Opaque]:
    """The parts of a call's arguments by which S3 looks for an object, where they are a notification's key."""
    for_s3, operation = call.name.startswith(_S3), call.name.rpartition(".")[2]
    values = [*call.arguments, *(value for _, value in call.keywords)]
    if for_s3 and operation in _MAKING:
        return
    if for_s3 and operation in ("copy_object", "copy", "copy_from"):
        values = [value for name, value in call.keywords if name == "CopySource"] + list(call.arguments[:1])
    if for_s3:
        given = [part for value in values for part in parts(value)]
    elif call.name.startswith("boto3.client."):  # of a service that fetches the object itself
        given = [entry.value for value in values for part in parts(value) if isinstance(part, Mapping)
                 for entry in part.entries if isinstance(entry.key, Known) and entry.key.value == "Name"]  # fmt: skip
    else:
        return
    for part in given:
        # As it was sent, and by halves of what decodes it.
        half = (_S3_KEY, (*_S3_KEY, _UNQUOTED), (*_S3_KEY, _SPACED))
        if isinstance(part, (Anything, Opaque)) and _sent(part) in half:
            yield part


def _sent(part: Anything | Opaque) -> Keys:
    """The path of a part of the event; of a notification that a message carries, the path in the notification."""
    path = keys_of(part.event or (part.decoded if isinstance(part, Anything) else None) or ())
    last = max((number for number, key in enumerate(path) if key == PARSED), default=-1)
    carrier = tuple(key for key in path[: last + 1] if key != PARSED)
    return path[last + 1 :] if not carrier or carrier in _CARRIED else ()


def _encoded(run: Invocation, key: Anything | Opaque, call: Call) -> Report:
    place = call.place
    if _sent(key) == _S3_KEY:
        how, whose = "reaches S3 as it was sent", "has a space or another special character"
    elif _sent(key)[-1] == _SPACED:
        how, whose = "`replace` puts back the spaces alone", "has another special character"
    else:
        how, whose = "`unquote` leaves each `+` as it is", "has a space"
    message = (
        f"an S3 notification's key is URL-encoded (a space comes as `+`), and {how}: "
        f"an object whose name {whose} is not found"
    )
    mend = None
    decoded = any(one.name.startswith("urllib.parse.unquote") for one in (*run.calls, *run.possible_calls))
    if keys_of(key.event or ()) == _S3_KEY and key.place is not None and not decoded:
        change = Change(key.place, before="unquote_plus(", after=")")
        mend = Mend("Decode the key", (change,), False, ("from urllib.parse import unquote_plus",))
    return Report(place, message, trail(key, place, call.chain), "`urllib.parse.unquote_plus(key)`", mend=mend)


@rule("LL408", "only-first-record", Severity.ERROR)
def only_first_record(run: Invocation) -> Iterator[Report]:
    """A batch of records comes, and the handler looks at the first alone, or at the last."""
    callers = infer(run)
    if not run.complete or run.handler.kind != "function" or callers.mixed or not (callers.named or callers.certain):
        return
    batched = [
        caller
        for caller in callers.callers
        if all(source.id in _BATCHES for source in caller.sources) and caller.setting("batch_size") != 1
    ]
    lists = {_BATCHES[source.id] for caller in batched for source in caller.sources}
    if len(lists) != 1 or any(caller.setting("batch_size") == 1 for caller in callers.callers):
        return
    if {source.id for source in callers.possible} - _BATCHES.keys():
        return
    (records,) = lists
    only = _only_one(run, records)
    if only is None:
        return
    which = "last" if _decoded(only.path)[-1] == -1 else "first"
    size = next((caller.setting("batch_size") for caller in batched if caller.setting("batch_size") is not None), None)
    who = names([source for caller in batched for source in caller.sources])
    if size is not None:
        many, severity = f"up to {size} records at once", None
    else:  # what deploys the function was not read, and may ask for one at a time
        many, severity = "several records at once unless it is told to send one", Severity.WARNING
    message = f"{who} sends {many}, and this reads the {which} alone: the others count as done, and are lost"
    holder = {1: 'event["Records"]', 2: "records"}.get(len(records), f'...["{records[-1]}"]')
    yield Report(only.place, message, (), f"`for record in {holder}:`", severity)


def _only_one(run: Invocation, records: Keys) -> Read | None:
    """The first read of the first record, or of the last, where nothing else is done with the records."""
    reads = [(read, _decoded(read.path)) for read in run.event_reads]
    reads = [(read, path) for read, path in reads if _is(path[: len(records)], records)]
    # `pop` asks for the whole list, and gives one of its records.
    taking = {
        id(read.place.node) for read, path in reads if read.how == "attribute" and path[len(records) :] == ("pop",)
    }
    found = []
    for read, path in reads:
        if len(path) > len(records) + 1 or id(read.place.node) in taking:
            continue
        if len(path) == len(records) and read.how in ("whole", "mapping"):
            return None
        if len(path) == len(records) + 1:
            if read.how != "item" or path[-1] not in (0, -1):
                return None
            found.append((read, path[-1]))
    if len({which for _, which in found}) != 1:
        return None
    for call in (*run.calls, *run.possible_calls):
        if call.name in DECODERS or call.name == _PARSE:
            continue
        given = [part for value in (*call.arguments, *(v for _, v in call.keywords)) for part in parts(value)]
        if call.receiver is not None:
            given.append(call.receiver)
        looking = call.name in _LOOKING or ".logg" in f".{call.name.lower()}"
        for part in given:
            event = part.event if isinstance(part, Opaque) else _origin(part)
            if event is None:
                continue
            path = _decoded(event)
            if _is(path, records[: len(path)]) and not (looking and len(path) < len(records)):
                return None
    return min((read for read, _ in found), key=lambda read: read.place.span())


def _origin(part: Shape) -> tuple[str | int, ...] | None:
    return part.decoded or part.event if isinstance(part, Anything) else None


def _decoded(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """A path without the decoders."""
    return tuple(part for part in path if not str(part).endswith("()"))


def _is(path: tuple[str | int, ...], records: Keys) -> bool:
    return len(path) == len(records) and all(one in (part, "*") for part, one in zip(path, records))


@rule("LL409", "missing-image", Severity.WARNING, preview=True)
def missing_image(run: Invocation) -> Iterator[Report]:
    """A stream record's image is read that a removal, or an insertion, does not have."""
    callers = infer(run)
    if any(source.id != "dynamodb" for source in callers.possible) or not (callers.named or callers.certain):
        return
    if any(caller.setting("filtered") for caller in callers.callers):
        return
    # In the order in which the run met them: what is read before any look at `eventName` does not depend on it.
    first = (at for at, read in enumerate(run.event_reads) if keys_of(read.path) == ("Records", "eventName"))
    yield from once(
        _imageless(read)
        for read in run.event_reads[: next(first, None)]
        if keys_of(read.path)[:-1] == ("Records", "dynamodb") and read.path[-1] in _IMAGES
        if read.how == "item" and "key" in read.unasked and not read.guarded and not read.possible
        if all(read.path[-1] in (source.keys_at(keys_of(read.path)[:-1]) or ()) for source in callers.possible)
    )


_IMAGES = {"NewImage": "REMOVE", "OldImage": "INSERT"}


def _imageless(read: Read) -> Report:
    image = str(read.path[-1])
    message = f"a record of a {_IMAGES[image]} has no `{image}`: a KeyError fails the whole batch"
    mend = Mend("Read {} where there is none", (Change(read.place, content="{}", part="read"),), safe=False)
    return Report(read.place, message, (), '`if record["eventName"] == ...` or `.get(...)`', mend=mend)
