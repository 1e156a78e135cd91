import json
from datetime import datetime
from decimal import Decimal

HEADERS = {"Content-Type": "application/json"}


def respond(status, body=None, headers=None):
    return {
        "statusCode": status,
        "headers": headers or HEADERS,
        "body": json.dumps(body),  # LL203
    }


def error(message, status=400):
    return respond(status, {"error": message})


def lambda_handler(event, context):
    method = event["httpMethod"]
    if method == "GET":
        return respond(200, {"now": datetime.utcnow()})
    if method == "POST":
        return respond(201, {"price": Decimal("1.5")})
    return error("no such method", 405)
