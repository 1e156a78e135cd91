"""One answer of two has no status, or is a dict of its own class."""

import json

ROOMS = {"K7": "Kahlo"}


class Response(dict):
    def __init__(self, body, status=200):
        super().__init__(statusCode=status, body=body)


def lambda_handler(event, context):
    if event["httpMethod"] != "GET":
        return {"statusCode": 405, "body": ""}
    name = ROOMS.get(event["pathParameters"]["code"])
    if name is None:
        return {"body": json.dumps({"message": "no such room"})}  # LL302
    return {"statusCode": 200, "body": json.dumps({"name": name})}


def list_handler(event, context):
    if event["httpMethod"] != "GET":
        return Response(json.dumps({}), 405)
    return Response(list(ROOMS))  # LL301


def text_handler(event, context):
    def to_json(value):
        return json.dumps(value, default=str)  # LL307

    if event["httpMethod"] == "GET":
        return {"statusCode": 200, "body": to_json({"rooms": list(ROOMS)})}
    return to_json({"statusCode": 405, "body": to_json({})})
