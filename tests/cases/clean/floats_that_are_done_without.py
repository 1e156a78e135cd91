"""What catches the TypeError of a float does it in another way, or does without."""

import json
from decimal import Decimal

import boto3

table = boto3.resource("dynamodb").Table("readings")


def exact_handler(event, context):
    item = {"id": event["id"], "celsius": 36.6}
    try:
        table.put_item(Item=item)
    except TypeError:
        table.put_item(Item=json.loads(json.dumps(item), parse_float=Decimal))
    return {"stored": item["id"]}


def remembering_handler(event, context):
    try:
        table.put_item(Item={"id": event["id"], "celsius": 36.6})
    except Exception:
        return {"celsius": 36.6, "remembered": False}
    return {"celsius": 36.6, "remembered": True}


def warm_handler(event, context):
    item = table.get_item(Key={"id": event["id"]})["Item"]
    try:
        fahrenheit = item["celsius"] * 1.8 + 32
    except TypeError:
        fahrenheit = 0
    return {"fahrenheit": str(fahrenheit)}
