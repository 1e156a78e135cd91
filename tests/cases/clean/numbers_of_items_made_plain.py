"""What a comprehension has asked its elements holds for what is made of them."""

import json
from decimal import Decimal

import boto3

table = boto3.resource("dynamodb").Table("orders")


def plain(value):
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value % 1 == 0 else float(value)
    return value


def lambda_handler(event, context):
    item = table.get_item(Key={"id": event["id"]})["Item"]
    floats = {key: float(one) if isinstance(one, Decimal) else one for key, one in item.items()}
    return {"statusCode": 200, "body": json.dumps([plain(item), floats])}
