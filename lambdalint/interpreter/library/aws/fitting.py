"""Whether a value has the type that a code of scripts/aws_requests.py stands for.

Source: `ParamValidator` in botocore/validate.py, and what botocore/handlers.py encodes before it, botocore 1.44.8.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lambdalint.interpreter.certain import kinds_of
from lambdalint.interpreter.heap import ClassObject, InstanceObject
from lambdalint.interpreter.kinds import is_subclass, kind_of, real_class
from lambdalint.interpreter.plain import HIDDEN, URLS
from lambdalint.interpreter.values import Const, Ref, Sym, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine

#: The types that a scalar takes.
_SCALARS = {"": ("str",), "s": ("str",), "i": ("int",), "b": ("bool",), "f": ("float", "int", "decimal.Decimal")}
#: What stands in a document, and what the source of a copy is.
_DOCUMENT = ("NoneType", "dict", "list", "str", "int", "float")
_SOURCE = ("str", "dict")
#: What is no time, and no text that says one.
_NO_TIMES = ("NoneType", "dict", "list", "tuple", "set", "frozenset", "bytes")
#: The words that say a time without a digit; dateutil, which reads the text, refuses any other.
#: Source: `parserinfo` in dateutil/parser/_parser.py, python-dateutil 2.9; `float` reads the last line.
_TIME_WORDS = re.compile(
    "at|on|and|ad|of|st|nd|rd|th|mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?"
    "|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?|september|oct(ober)?|nov(ember)?"
    "|dec(ember)?|h|hours?|m|minutes?|s|seconds?|t|a|am|p|pm|utc|gmt|z"
    "|nan|inf|infinity"
)
#: Types of libraries that are no builtin data; a stream is a blob, since it can be read.
CONDITIONS = "boto3.dynamodb.conditions."
_STREAM = "botocore.response.StreamingBody"


def takes(machine: Machine, value: Value, code: str) -> bool | None:
    """Whether a value has the type that a code stands for; None where that is not known."""
    kind = kind_of(machine, value)
    names = _names(code)
    if kind is None:
        if names:
            machine.recorder.given_event(value, frozenset(names))
            kinds = kinds_of(machine, value)
            if kinds is not None and type(value) is Sym and value.event and not set(kinds) & set(names):
                return False
        return False if code not in ("B", "k") and _is_plain_object(machine, value) else None
    if kind == "function" and type(value) not in (Const, Ref, Sym) and code != "B":
        return False
    if code == "T":
        return False if kind in _NO_TIMES or _says_no_time(value) else None
    if code == "B":
        return _is_blob(kind)
    if code == "k":
        return _is_key(kind)
    if kind == _STREAM or kind.startswith(CONDITIONS) or kind in URLS | HIDDEN:
        return False
    answers = [is_subclass(kind, name) for name in names]
    if True in answers:
        return True
    return None if None in answers else False


def is_unread(machine: Machine, value: Value, operation: str, inside: bool) -> bool:
    """Whether what has `read` is none that is read for a blob: a text is not hashed, and inside of something else a
    blob is encoded as it is given. Where the body is not signed, it may be sent as it is.
    `AWSRequestPreparer`, `SigV4Auth.payload` and `Serializer._get_base64` in botocore 1.35.99 and 1.44.8."""
    kind = kind_of(machine, value)
    if kind in _TEXT_STREAMS:
        return inside or operation not in _UNSIGNED
    return inside and kind in (*_BYTE_STREAMS, _STREAM)


_TEXT_STREAMS = ("io.StringIO", "io.TextIOWrapper")
_BYTE_STREAMS = ("io.BytesIO", "io.BufferedReader")
#: The operations of which the models say `v4-unsigned-body`, and that take a blob.
_UNSIGNED = frozenset({
    "ebs.put_snapshot_block", "lex-runtime.post_content", "lexv2-runtime.recognize_utterance",
    "mediastore-data.put_object", "omics.upload_read_set_part", "s3.write_get_object_response",
})  # fmt: skip


def _is_blob(kind: str) -> bool | None:
    """Whether botocore takes a value for a blob: a text, bytes, or what can be read."""
    if any(is_subclass(kind, name) for name in ("str", "bytes", "bytearray")):
        return True
    cls = real_class(kind)
    if cls is None or cls is object or cls.__dictoffset__ != 0 or kind.startswith("io."):
        return None
    return None if hasattr(cls, "read") else False


def _is_plain_object(machine: Machine, value: Value) -> bool:
    """Whether a value is an object of a class of the project that derives from nothing else."""
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, InstanceObject) or thing.payload is not None:
        return False
    cls = machine.state.get(thing.cls)
    if not isinstance(cls, ClassObject) or cls.unseen or cls.kind not in ("class", "dataclass"):
        return False
    return not any(isinstance(entry, str) and entry != "object" for entry in cls.order)


def _names(code: str) -> tuple[str, ...]:
    """The types that a code takes, where types alone decide."""
    if code in ("B", "T", "k"):
        return ()
    if code in ("d", "c"):
        return _DOCUMENT if code == "d" else _SOURCE
    return _SCALARS.get(code) or (("list", "tuple") if code[:1] == "[" else ("dict",))


def _is_key(kind: str) -> bool | None:
    """Whether botocore can hash and encode a value: a text, or what has the protocol of buffers."""
    if any(is_subclass(kind, name) for name in ("str", "bytes", "bytearray", "memoryview")):
        return True
    return False if kind in (*_NO_TIMES[:-1], "int", "float", "bool", "datetime.datetime", "decimal.Decimal") else None


def _says_no_time(value: Value) -> bool:
    """Whether a text says no time: nothing in it is a digit, and some word is none of a time's."""
    if type(value) is not Const or not isinstance(value.value, str) or re.search(r"\d", value.value):
        return False
    words = re.findall(r"[^\W\d_]+", value.value.lower())
    return not words or not all(map(_TIME_WORDS.fullmatch, words))
