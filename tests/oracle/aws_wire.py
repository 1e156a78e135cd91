"""What an AWS service would send, put through the whole of botocore: a client is made, an operation called, and in
place of a server stands one of moto's serializers, which knows the protocols from the service models.

`real_answer(service, operation, rng)` is a dict that botocore's own parser, and its handlers after it, made.
"""

from __future__ import annotations

import datetime
import json
import struct
import zlib
from random import Random
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient
from botocore.config import Config
from botocore.model import OperationModel, Shape, StructureShape
from moto.core.model import ServiceModel
from moto.core.serialize import SERIALIZERS, get_serializer_class

NOW = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.timezone.utc)
_SENT_ALWAYS = {"x-amzn-requestid": "1", "x-amz-request-id": "1"}
_SESSION = boto3.Session("AKIAXXXXXXXXXXXXXXXX", "secret", region_name="us-east-1")
_CONFIG = Config(parameter_validation=False, retries={"max_attempts": 1, "mode": "standard"})


def services() -> list[str]:
    """Every service that this botocore knows."""
    return _SESSION.get_available_services()


def client_of(service: str) -> BaseClient:
    """A client that sends nothing anywhere."""
    return _SESSION.client(service, endpoint_url="http://127.0.0.1:9", config=_CONFIG)


def real_answer(client: BaseClient, operation: str, rng: Random) -> dict[str, Any] | None:
    """What the client's method gives when the service sends every key, or None where the protocol has no serializer.

    In: the operation as the model names it, `ListBuckets`.
    """
    model = client.meta.service_model.operation_model(operation)
    sent = _sent(model, rng)
    if sent is None:
        return None
    status, headers, body = sent

    def answer(request: Any, **_: Any) -> AWSResponse:
        return AWSResponse(request.url, status, _Headers({**_SENT_ALWAYS, **headers}), _Raw(body))

    name = f"before-send.{client.meta.service_model.service_id.hyphenize()}.{operation}"
    client.meta.events.register_first(name, answer)
    try:
        return client._make_api_call(operation, _parameters(model))  # type: ignore[no-any-return]
    finally:
        client.meta.events.unregister(name, answer)


class _Headers(dict[str, str]):
    """Headers are found however they are written."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__({name.lower(): value for name, value in headers.items()})

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


class _Raw:
    """The body of a response as urllib3 hands it on."""

    def __init__(self, body: bytes) -> None:
        self._left = body
        self.headers: dict[str, str] = {}

    def stream(self, amt: int = 1024, decode_content: bool = True) -> Any:
        yield self.read()

    def read(self, amt: int | None = None) -> bytes:
        taken, self._left = (self._left, b"") if amt is None else (self._left[:amt], self._left[amt:])
        return taken

    def close(self) -> None:
        pass


def _sent(model: OperationModel, rng: Random) -> tuple[int, dict[str, str], bytes] | None:
    """The status, headers and body that a service sends."""
    protocol = model.service_model.resolved_protocol
    stream = model.get_event_stream_output()
    value = _Maximal(rng).value(model.output_shape) if model.output_shape is not None else {}
    if stream is not None:  # in some protocols the other keys of such an answer come in its first event
        first = b"" if protocol.startswith("rest-") else _event(":event-type", "initial-response")
        return (200, {"Content-Type": "application/vnd.amazon.eventstream"}, first)
    if protocol == "smithy-rpc-v2-cbor":
        headers = {"smithy-protocol": "rpc-v2-cbor", "Content-Type": "application/cbor"}
        return (200, headers, _cbor(value))
    if protocol not in SERIALIZERS:
        return None
    service = model.service_model
    moto = ServiceModel(service._service_description, service.service_name)
    made = get_serializer_class(service.service_name, protocol)(moto.operation_model(model.name)).serialize(value)
    body = made["body"]
    return (made["status_code"], made["headers"], body if isinstance(body, bytes) else body.encode())  # type: ignore[return-value]


class _Maximal:
    """Makes a value with every key, and one or two of whatever there may be many of."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.inside: list[str] = []

    def value(self, shape: Shape) -> Any:
        kind = shape.type_name
        if kind == "structure":
            return self._structure(shape)
        if kind == "list":
            count = 1 if shape.serialization.get("flattened") else self.rng.randint(1, 2)
            return [self.value(shape.member) for _ in range(count)]  # type: ignore[attr-defined]
        if kind == "map":
            return {self.value(shape.key): self.value(shape.value)}  # type: ignore[attr-defined]
        if kind == "timestamp":
            return NOW
        if kind == "blob":
            return b"blob"
        if kind == "boolean":
            return self.rng.random() < 0.5
        if kind in ("integer", "long"):
            return self.rng.randint(1, 9)
        if kind in ("float", "double", "bigdecimal"):
            return self.rng.randint(1, 9) + 0.5
        return self._text(shape)

    def _structure(self, shape: StructureShape) -> Any:
        if getattr(shape, "is_document_type", False):
            return {"a": [1, "b", None]}
        if shape.name in self.inside:  # what holds itself is not known from the second time on
            return {}
        self.inside.append(shape.name)
        members = shape.members
        if getattr(shape, "is_tagged_union", False):
            # Of the forms that what is sent may take, it has one.
            members = dict([self.rng.choice(list(members.items()))])
        made = {name: self.value(member) for name, member in members.items()}
        self.inside.pop()
        return made

    def _text(self, shape: Shape) -> Any:
        if shape.serialization.get("jsonvalue"):
            return {"a": 1}
        if getattr(shape, "enum", None):
            return self.rng.choice(shape.enum)  # type: ignore[attr-defined]
        if shape.name in ("policyDocumentType", "TemplateBody"):
            return json.dumps({"Version": "2012-10-17"})
        return "text"


def _parameters(model: OperationModel) -> dict[str, Any]:
    """The least that an operation is called with."""
    return _least(model.input_shape) if model.input_shape is not None else {}


def _least(shape: Shape) -> Any:
    kind = shape.type_name
    if kind == "structure":
        required = set(shape.required_members)  # type: ignore[attr-defined]
        return {name: _least(member) for name, member in shape.members.items() if name in required}  # type: ignore[attr-defined]
    if kind == "list":
        return []
    if kind == "map":
        return {}
    if kind == "timestamp":
        return NOW
    if kind == "blob":
        return b"blob"
    if kind == "boolean":
        return True
    if kind in ("integer", "long"):
        return 5
    if kind in ("float", "double", "bigdecimal"):
        return 5.5
    return "123456789012"


def _event(name: str, text: str) -> bytes:
    """An event of a stream, with one header and no keys.
    https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html#streaming-event-stream"""
    headers = bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(text)) + text.encode()
    prelude = struct.pack(">II", 16 + len(headers) + 2, len(headers))
    message = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + b"{}"
    return message + struct.pack(">I", zlib.crc32(message))


def _cbor(value: Any) -> bytes:
    """RFC 8949, as far as the answers of services need it."""
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, datetime.datetime):
        return b"\xc1" + _cbor(value.timestamp())
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(_cbor, value))
    if isinstance(value, dict):
        return _head(5, len(value)) + b"".join(_cbor(key) + _cbor(held) for key, held in value.items())
    return b"\xf6"


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    return bytes([major << 5 | 26]) + struct.pack(">I", number)
