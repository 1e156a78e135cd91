import json
from http import HTTPStatus

CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Max-Age": "86400", "Access-Control-Allow-Credentials": True}


def build(status: HTTPStatus, payload, **extra):
    return {"statusCode": status.value, "headers": {**CORS, **extra}, "body": json.dumps(payload)}


def lambda_handler(event, context):
    if event["httpMethod"] == "OPTIONS":
        return build(HTTPStatus.NO_CONTENT, None)
    return build(HTTPStatus.OK, {"a": 1}, Vary="Origin")
