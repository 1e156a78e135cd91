import json
from decimal import Decimal


def lambda_handler(event, context):
    price = Decimal("9.99") * event["count"]
    return {"statusCode": 200, "body": json.dumps({"price": price})}  # LL203
