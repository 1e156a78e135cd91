import json


def ok(body):
    return {"statusCode": 200, "body": json.dumps(body)}


def lambda_handler(event, context):
    user = event["pathParameters"]["user"]
    ok({"user": user})  # LL204
