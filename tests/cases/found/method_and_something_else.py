import json


def lambda_handler(event, context):  # LL201
    operation = event["httpMethod"]
    payload = json.loads(event["body"])
    if operation == "POST" and payload.get("x"):
        return {"statusCode": 200, "body": "x"}
