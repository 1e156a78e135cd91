"""Flask takes a body and a status; API Gateway takes a dict."""

import json


def find(name):
    if name == "gone":
        return json.dumps({"error": "not found"}), 404  # LL302
    return {"statusCode": 200, "body": json.dumps({"name": name})}


def lambda_handler(event, context):
    if event["httpMethod"] != "GET":
        return {"statusCode": 405, "body": ""}
    return find(event["pathParameters"]["name"])
