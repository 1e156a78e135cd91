"""The runtime makes an object of a namedtuple: it is held to what an answer must be."""

import base64
import json
from collections import namedtuple
from typing import Any, NamedTuple


class Reply(NamedTuple):
    statusCode: int
    body: Any = ""
    headers: dict = {}

    @classmethod
    def ok(cls, body):
        return cls(200, body)  # LL301


class Near(NamedTuple):
    status_code: int
    body: str = ""


class Picture(NamedTuple):
    statusCode: int
    headers: dict
    body: str
    isBase64Encoded: bool = False


class Own(NamedTuple):
    status: int
    text: str

    def _asdict(self):
        return {"statusCode": self.status, "body": self.text}


Plain = namedtuple("Plain", "statusCode body headers", defaults=({},))


def lambda_handler(event, context):
    path = event["rawPath"]
    if path == "/dict":
        return Reply(403, {"error": "private"})  # LL301
    if path == "/class":
        return Reply.ok({"n": 1})
    if path == "/near":
        return Near(200, "x")  # LL304
    if path == "/headers":
        return Plain(200, "x", ["a"])  # LL305
    if path == "/status":
        return Plain(4044, "x")  # LL303
    if path == "/picture":
        return Picture(200, {"content-type": "image/png"}, base64.b64encode(b"x").decode())  # LL306
    if path == "/flagged":
        return Picture(200, {"content-type": "image/png"}, base64.b64encode(b"x").decode(), True)
    if path == "/own":
        return Own(200, "x")
    return Reply(200, json.dumps({"n": 1}), {"content-type": "application/json"})
