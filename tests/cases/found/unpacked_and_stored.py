import json
import struct
from collections import namedtuple
from decimal import Decimal

import boto3

HEADER = struct.Struct(">4sIh")
Header = namedtuple("Header", "magic size version")
assets = boto3.resource("dynamodb").Table("assets")
ec2 = boto3.client("ec2")


def labels_of(asset):
    answer = assets.update_item(
        Key={"id": asset},
        UpdateExpression="SET #n = :name, raw = :raw, seen = seen + :one ADD labels :labels",
        ExpressionAttributeNames={"#n": "name"},
        ExpressionAttributeValues={":name": str(asset), ":raw": b"\x00", ":one": 1, ":labels": {"new"}},
        ReturnValues="ALL_NEW",
    )
    return answer["Attributes"]


def handler(event, context):
    kind = event.get("kind")
    if kind == "header":
        header = Header._make(HEADER.unpack(event["data"].encode()))
        return json.dumps(header._asdict())  # LL203
    if kind == "size":
        return {"size": Header._make(HEADER.unpack(event["data"].encode())).size}
    if kind == "growth":
        return json.dumps({"growth": (1 + Decimal("0.01")) ** int(event["months"])})  # LL203
    if kind == "labels":
        return {"labels": labels_of(event["id"])["labels"]}  # LL202
    if kind == "raw":
        return {"raw": labels_of(event["id"])["raw"]}  # LL202
    if kind == "seen":
        return json.dumps(labels_of(event["id"])["seen"])  # LL203
    if kind == "name":
        return {"name": labels_of(event["id"])["name"]}
    if kind == "number":
        return json.dumps(assets.get_item(Key={"id": 7})["Item"]["id"])  # LL203
    if kind == "text":
        return json.dumps(assets.get_item(Key={"id": "7"})["Item"]["id"])
    return ec2.get_paginator("describe_snapshots").paginate().search("Snapshots[].SnapshotId")  # LL202
