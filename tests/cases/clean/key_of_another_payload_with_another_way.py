# Either payload will do: what one of them lacks is caught, and read elsewhere.
import json


def method_of(event):
    try:
        return event["requestContext"]["http"]["method"]
    except KeyError:
        return event["httpMethod"]


def handler(event, context):
    try:
        name = event["pathParameters"]["name"]
    except (KeyError, TypeError):
        name = "all"
    return {"statusCode": 200, "body": json.dumps({"method": method_of(event), "name": name})}
