"""Called by API Gateway, and by other functions with a body that was parsed."""

import json


def lambda_handler(event, context):
    try:
        name = event["body"]["name"]
        body = event["body"]
    except TypeError:
        name = json.loads(event["body"])["name"]
        body = json.loads(event["body"])
    queue = body["queue"] if "queue" in body else None
    if event["httpMethod"] != "POST":
        return {"statusCode": 405, "body": ""}
    return {"statusCode": 200, "body": json.dumps({"name": name, "queue": queue})}
