import enum
import json

import boto3
import requests

table = boto3.resource("dynamodb").Table("orders")


class State(enum.Enum):
    NEW = "new"
    PAID = "paid"
    SENT = "sent"


def answer(body):
    return {"statusCode": 200, "body": body}


def status_handler(event, context):
    response = requests.get("https://example.com", timeout=3)
    if response.status_code == 200:
        return answer("up")
    elif response.status_code != 200:
        return answer("down")


def split_handler(event, context):
    count = int(event["body"])
    if count < 5:
        return answer("few")
    elif count == 5:
        return answer("five")
    elif count > 5:
        return answer("many")


def length_handler(event, context):
    tags = event["pathParameters"]["tags"]
    if len(tags) == 0:
        return answer("none")
    if len(tags) == 1:
        return answer("one")
    if len(tags) > 1:
        return answer("more")


def band_handler(event, context):
    score = json.loads(event["body"])["score"]
    if score < 10:
        return answer("low")
    elif 10 <= score < 20:
        return answer("middle")
    elif score >= 20:
        return answer("high")


def parity_handler(event, context):
    number = int(event["body"])
    if number % 2 == 0:
        return answer("even")
    elif number % 2 == 1:
        return answer("odd")


def enum_handler(event, context):
    state = State(event["body"])
    if state in (State.NEW, State.PAID):
        return answer("open")
    elif state is State.SENT:
        return answer("closed")


def item_handler(event, context):
    found = table.get_item(Key={"id": event["pathParameters"]["id"]})
    if "Item" in found:
        return answer("there")
    if "Item" not in found:
        return {"statusCode": 404, "body": "not there"}


def twice_handler(event, context):
    count = int(event["body"])
    body = {"count": count}
    if count > 3:
        body = json.dumps(body)
    print(count)
    if count > 3:
        return {"statusCode": 200, "body": body}
    return answer("few")
