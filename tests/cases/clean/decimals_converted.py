import json
from decimal import Decimal


def to_number(value):
    if isinstance(value, list):
        return [to_number(v) for v in value]
    if isinstance(value, dict):
        return {k: to_number(v) for k, v in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value % 1 == 0 else float(value)
    return value


def lambda_handler(event, context):
    order = {"total": Decimal("1.5"), "lines": [{"price": Decimal("2")}], "id": "x"}
    return {"statusCode": 200, "body": json.dumps(to_number(order))}
