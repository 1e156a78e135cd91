"""GET /orders/{id}"""

import json

from store import find_order


def respond(status, body):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": body,
    }


def lambda_handler(event, context):
    order_id = event["pathParameters"]["id"]
    if not order_id.isdigit():
        return respond(400, {"message": "an order's id is a number"})
    order = find_order(order_id)
    if order is None:
        return respond(404, json.dumps({"message": "no such order"}))
    return respond(200, json.dumps(order))
