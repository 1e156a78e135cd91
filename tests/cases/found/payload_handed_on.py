"""A payload that is kept, and handed on once without the answer round it; the class of an answer names a key wrong."""

import json
from dataclasses import asdict, dataclass, field

KEPT = {"north": {"region": "north", "prices": [1, 2]}}


@dataclass
class Answer:
    status_code: int  # LL304
    body: str
    headers: dict = field(default_factory=dict)


def answer(payload):
    return {"statusCode": 200, "body": json.dumps(payload)}


def handler(event, context):
    return asdict(Answer(200, json.dumps({"path": event["requestContext"]["resourcePath"]})))


def lambda_handler(event, context):
    region = (event.get("queryStringParameters") or {}).get("region", "north")
    if event["requestContext"]["resourcePath"] == "/kept":
        return answer(KEPT[region])
    return answer({"region": region})
