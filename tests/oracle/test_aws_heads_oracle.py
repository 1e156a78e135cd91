"""What botocore raises of an answer to HEAD, which has no body: none of the client's exceptions.

boto3 is no dependency of the tests: `nox -f scripts/noxfile.py -s aws` installs it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("boto3")

import boto3
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError

KEYS = {"region_name": "eu-west-1", "aws_access_key_id": "a", "aws_secret_access_key": "b"}
CALLS: dict[str, Callable[[Any], Any]] = {
    "head_object": lambda s3: s3.meta.client.head_object(Bucket="b", Key="k"),
    "head_bucket": lambda s3: s3.meta.client.head_bucket(Bucket="b"),
    "load": lambda s3: s3.Object("b", "k").load(),
    "load of a summary": lambda s3: s3.ObjectSummary("b", "k").load(),
    "download_fileobj": lambda s3: s3.meta.client.download_fileobj("b", "k", io.BytesIO()),
    "download_file": lambda s3: s3.Bucket("b").download_file("k", "/tmp/none"),
}


def refusing(sent: list[str]) -> Any:
    """S3, where everything is answered with 404 and nothing else."""
    s3 = boto3.resource("s3", **KEYS)

    def answer(request: Any, **_: Any) -> AWSResponse:
        sent.append(request.method)
        raw = io.BytesIO(b"")
        raw.stream = lambda: iter([b""])  # type: ignore[attr-defined]
        return AWSResponse(request.url, 404, {}, raw)

    s3.meta.client.meta.events.register("before-send.s3", answer)
    return s3


@pytest.mark.parametrize("name", CALLS)
def test_a_head_raises_none_of_the_clients_exceptions(name: str) -> None:
    sent: list[str] = []
    s3 = refusing(sent)
    with pytest.raises(ClientError) as caught:
        CALLS[name](s3)
    assert sent == ["HEAD"]
    assert type(caught.value) is ClientError
    assert caught.value.response["Error"]["Code"] == "404"


def test_no_other_operation_is_asked_so() -> None:
    session = botocore.session.get_session()
    found = [
        (service, name)
        for service in session.get_available_services()
        for model in [session.get_service_model(service)]
        for name in model.operation_names
        if model.operation_model(name).http.get("method") == "HEAD" and model.metadata["protocol"] == "rest-xml"
    ]
    assert found == [("s3", "HeadBucket"), ("s3", "HeadObject")]
