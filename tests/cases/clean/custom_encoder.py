import json
from decimal import Decimal


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, Decimal):
            return float(o)
        return super().default(o)


def lambda_handler(event, context):
    return {"statusCode": 200, "body": json.dumps({"n": Decimal("1")}, cls=Encoder)}
