"""LL305, LL306: the headers of an HTTP answer, and bodies that are binary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lambdalint.checks.http import Answer, answers, as_dict, names, verdict
from lambdalint.checks.mends import put, spot_of, spot_of_constant
from lambdalint.checks.registry import rule
from lambdalint.checks.serialization import describe
from lambdalint.checks.way import once, same
from lambdalint.contracts import Response
from lambdalint.finding import Change, Mend, Report, Severity
from lambdalint.interpreter.invocation import Call, Invocation
from lambdalint.interpreter.shapes import Either, Entry, Known, Mapping, Opaque, Sequence, Shape

_ENCODERS = frozenset(
    {"base64.b64encode", "base64.standard_b64encode", "base64.encodebytes", "base64.urlsafe_b64encode"}
)
_DECODERS = frozenset({"bytes.decode", "str", "builtins.str", "codecs.decode"})
#: Content types whose body is text: base64 in such a body is meant to be read as base64.
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/javascript")
_BINARY_TYPES = (
    *("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/gzip"),
    *("application/octet-stream", "application/x-"),
)
#: Content encodings under which any body is binary.
_PACKINGS = frozenset({"gzip", "br", "deflate", "zstd", "compress"})


@rule("LL305", "headers-invalid", Severity.ERROR)
def headers_invalid(run: Invocation) -> Iterator[Report]:
    """The `headers` of an HTTP answer are no dict, or a header's value is a list, a dict or None."""
    yield from once(answers(run, _headers))


def _headers(answer: Answer) -> list[Report]:
    value = answer.value
    if answer.callers.http is None and value.entry("statusCode") is None:
        return []
    found: list[Report] = []
    for key in ("headers", "multiValueHeaders"):
        entry = value.entry(key)
        if entry is None or not entry.sure:
            continue
        if _is_no_dict(entry.value):
            found += _refused(answer, entry, f"`{key}` is {describe(entry.value)}, and must be a dict", "headers")
        held = as_dict(entry.value)
        if isinstance(held, Mapping):
            check = _header if key == "headers" else _multi_value_header
            for header in held.entries:
                if header.sure:
                    found += check(answer, header)
    cookies = value.entry("cookies")
    if cookies is not None and cookies.sure and (_is_text(cookies.value) or isinstance(cookies.value, Mapping)):
        what = f"`cookies` is {describe(cookies.value)}, and must be a list of strings"
        found += _refused(answer, cookies, what, "cookies")
    return found


def _refused(answer: Answer, entry: Entry, what: str, key: str) -> list[Report]:
    ruling = verdict(answer.callers, lambda response: key in response.keys, some=True)
    if ruling is None:
        return []
    advice = {"headers": '`"headers": {"Content-Type": "..."}`', "cookies": '`"cookies": ["name=value"]`'}[key]
    return [
        answer.report(
            entry.place or answer.place, f"{what}: {ruling.consequence}", advice, ruling.severity, entry.value
        )
    ]


def _header(answer: Answer, header: Entry) -> list[Report]:
    name, value = _name(header), header.value
    place = header.place or answer.place
    if _is_collection(value):
        what = f"the header {name} is {describe(value)}, and must be a string"
        advice = 'join the values: `", ".join(...)`, or use `multiValueHeaders`'
        return _report(answer, header, what, advice, lambda response: True)
    if isinstance(value, Known) and value.value is None:
        what = f"the header {name} is `None`, and must be a string"
        return _report(answer, header, what, "leave the header out", lambda response: True)
    if _is_a(value, bool):
        what = f"the header {name} is a bool, and must be a string"
        mend = None
        spot = spot_of_constant(header)
        if spot is not None and isinstance(value, Known):
            text = str(value.value).lower()
            mend = Mend(f'Write `"{text}"`', (Change(spot.place, content=f'"{text}"', part=spot.part),))
        return _report(answer, header, what, '`"true"`', lambda response: response.header_bool == "refused", mend)
    if answer.callers.http and (_is_a(value, int) or _is_a(value, float)):
        what = f"the header {name} is a number, and must be a string"
        spot = spot_of(answer.run, header, lambda shape: _is_a(shape, int) or _is_a(shape, float))
        mend = None
        if spot is not None:
            change = Change(spot.place, before="str(", after=")", part=spot.part)
            mend = Mend("Wrap in `str`", (change,), inside=spot.inside)
        found = _report(answer, header, what, "`str(...)`", lambda response: response.header_number == "refused", mend)
        doubtful = [s for s in answer.callers.web if s.response and s.response.header_number != "unverified"]
        if not found and doubtful:
            message = f"{what}: {names(doubtful)} may refuse it, and the client then gets 502"
            found = [answer.report(place, message, "`str(...)`", Severity.WARNING, value, mend)]
        return found
    return []


def _multi_value_header(answer: Answer, header: Entry) -> list[Report]:
    value = header.value
    wrong = _is_text(value) or isinstance(value, Mapping) or (isinstance(value, Known) and value.value is not None)
    if not wrong:
        return []
    what = f"the multi-value header {_name(header)} is {describe(value)}, and must be a list"
    refuses: Callable[[Response], bool] = lambda response: "multiValueHeaders" in response.keys  # noqa: E731
    ruling = verdict(answer.callers, refuses, some=True)
    if ruling is None:
        return []
    place = header.place or answer.place
    return [
        answer.report(place, f"{what}: {ruling.consequence}", "put it into a list: `[...]`", ruling.severity, value)
    ]


def _report(
    answer: Answer,
    header: Entry,
    what: str,
    advice: str,
    refuses: Callable[[Response], bool],
    mend: Mend | None = None,
) -> list[Report]:
    ruling = verdict(answer.callers, refuses)
    if ruling is None:
        return []
    place = header.place or answer.place
    return [answer.report(place, f"{what}: {ruling.consequence}", advice, ruling.severity, header.value, mend)]


#: It turns base64 back for a request alone whose `Accept` is one of its `binaryMediaTypes`, and it has none untold.
#: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
_ASKS_ACCEPT = "apigateway-rest"


@rule("LL306", "binary-body-not-flagged", Severity.ERROR)
def binary_body_not_flagged(run: Invocation) -> Iterator[Report]:
    """`isBase64Encoded` does not fit the body: base64 without it, other text with it; or the flag is a string."""
    encoded = _base64_calls(run)
    yield from once(answers(run, lambda answer: _binary(answer, encoded)))


def _binary(answer: Answer, encoded: list[Call]) -> list[Report]:
    value = answer.value
    flag, body = value.entry("isBase64Encoded"), value.entry("body")
    if flag is not None and flag.sure and isinstance(flag.value, Known) and isinstance(flag.value.value, str):
        ruling = verdict(answer.callers, lambda response: True)
        if ruling is None or value.entry("statusCode") is None:
            return []
        severity, consequence = ruling.severity, ruling.consequence
        if flag.value.value in ("true", "True", "false", "False"):
            # SAM CLI's local API Gateway takes these words, by trials of the service, as its code says.
            severity, consequence = Severity.WARNING, "no source documents that it takes text"
        message = f"`isBase64Encoded` is the text `{flag.value.value!r}`, and must be a bool: {consequence}"
        place = flag.place or answer.place
        written = "True" if flag.value.value.lower() in ("true", "1", "yes") else "False"
        spot, mend = spot_of_constant(flag), None
        if spot is not None:
            mend = Mend(f"Write `{written}`", (Change(spot.place, content=written, part=spot.part),))
        return [answer.report(place, message, '`"isBase64Encoded": True`', severity, flag.value, mend)]
    flagged = flag is not None and flag.sure and _is_true(flag.value)
    if flagged and body is not None and body.sure and _is_plain(body.value):
        ruling = verdict(answer.callers, lambda response: True)
        if ruling is None or value.entry("statusCode") is None:
            return []
        what = "the client gets other bytes, or an error"
        severity = ruling.severity if answer.callers.http else Severity.WARNING
        if any(source.id == _ASKS_ACCEPT for source in answer.callers.web):
            severity = Severity.WARNING
            what = "a client that accepts one of a REST API's `binaryMediaTypes` gets other bytes, or an error"
        message = f"`body` is no base64 and `isBase64Encoded` is `True`: {what}"
        place = answer.place_of("body")
        return [answer.report(place, message, '`"isBase64Encoded": False`', severity, body.value)]
    if body is None or not body.sure or not _from(body.value, encoded) or value.open:
        return []
    if flag is not None and not (isinstance(flag.value, Known) and not flag.value.value):
        return []
    content = _header_text(value, "content-type")
    packed = _header_text(value, "content-encoding") in _PACKINGS
    binary = packed or (content is not None and content.startswith(_BINARY_TYPES))
    if not binary and (not answer.callers.http or (content is not None and content.startswith(_TEXT_TYPES))):
        return []
    what = "the client gets the base64 text" if binary else "a client that expects the bytes gets their base64 text"
    if not answer.callers.http:
        what = f"if {names(answer.callers.web)} calls this, {what}"
    message = f"`body` is base64 and `isBase64Encoded` is not `True`: {what}"
    severity = Severity.ERROR if binary and answer.callers.http else Severity.WARNING
    place = answer.place_of("body")
    mend, safe = None, severity is Severity.ERROR
    # Where another path puts a text that is none, the flag would be as wrong there.
    always = body.place is not None and all(_from(one, encoded) for one in put(answer.run, body.place))
    if flag is None and always:
        added = Change(answer.place, last='"isBase64Encoded": True')
        mend = Mend("Add the flag", (added,), safe, inside=answer.run.handler.place)
    elif flag is not None and always and (spot := spot_of_constant(flag)) is not None:
        change = Change(spot.place, content="True", part=spot.part)
        mend = Mend("Write `True`", (change,), safe, inside=answer.run.handler.place)
    return [answer.report(place, message, 'add `"isBase64Encoded": True`', severity, body.value, mend)]


def _is_true(shape: Shape) -> bool:
    return isinstance(shape, Known) and shape.value is True


_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=_\s-]")


def _is_plain(body: Shape) -> bool:
    """Whether a text surely is no base64: it begins with, or has in it, what that never has."""
    told: object = body.value if isinstance(body, Known) else ""
    if isinstance(body, Opaque) and body.type == "str":
        told = f"{body.prefix or ''}{body.holds}"
    return isinstance(told, str) and _NO_BASE64.search(told) is not None


def _base64_calls(run: Invocation) -> list[Call]:
    """The calls that surely give base64: of the encoder, and of what turns its bytes into a string."""
    found = [call for call in run.calls if call.name in _ENCODERS]
    for call in run.calls:
        if call.name in _DECODERS:
            given = call.receiver if call.receiver is not None else call.argument(0, "object")
            if given is not None and _from(given, found):
                found.append(call)
    return found


def _from(shape: Shape, calls: list[Call]) -> bool:
    """Whether a value is surely what one of the calls gave."""
    if isinstance(shape, Either):
        return bool(shape.options) and all(_from(option, calls) for option in shape.options)
    return isinstance(shape, Opaque) and any(same(shape.place, call.place) for call in calls)


def _header_text(answer: Mapping, name: str) -> str | None:
    """The text of a header in lower case, or its known beginning."""
    headers = answer.entry("headers")
    if headers is None or not isinstance(headers.value, Mapping):
        return None
    for entry in headers.value.entries:
        if isinstance(entry.key, Known) and str(entry.key.value).lower() == name:
            value = entry.value
            if isinstance(value, Known) and isinstance(value.value, str):
                return value.value.lower()
            return value.prefix.lower() if isinstance(value, Opaque) and value.prefix else None
    return None


def _is_no_dict(shape: Shape) -> bool:
    """Whether a value is surely neither a dict nor None."""
    if isinstance(shape, Either):
        return bool(shape.options) and all(map(_is_no_dict, shape.options))
    if isinstance(shape, Known):
        return shape.value is not None
    return isinstance(shape, (Sequence, Opaque)) and shape.type in ("list", "tuple", "str", "int", "float", "bool")


def _is_collection(shape: Shape) -> bool:
    if isinstance(shape, Either):
        return bool(shape.options) and all(map(_is_collection, shape.options))
    return (
        isinstance(shape, Mapping)
        or (isinstance(shape, Sequence) and shape.type in ("list", "tuple"))
        or (isinstance(shape, Opaque) and shape.type in ("dict", "list", "tuple", "http.cookies.Morsel"))
    )


def _is_text(shape: Shape) -> bool:
    return _is_a(shape, str)


def _is_a(shape: Shape, type_: type) -> bool:
    """Whether a value is exactly of this builtin type."""
    if isinstance(shape, Known):
        return type(shape.value) is type_
    return isinstance(shape, Opaque) and shape.type == type_.__name__


def _name(header: Entry) -> str:
    return f"`{header.key.value}`" if isinstance(header.key, Known) else "under an unknown name"
