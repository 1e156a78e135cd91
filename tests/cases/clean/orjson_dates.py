import orjson
from datetime import date


def lambda_handler(event, context):
    return {"statusCode": 200, "body": orjson.dumps({"d": date.today(), "path": event["rawPath"]}).decode()}
