import json


def lambda_handler(event, context):
    operation = event["httpMethod"]
    payload = json.loads(event["body"])
    if operation == "POST" and payload.get("x"):  # LL201
        return {"statusCode": 200, "body": "x"}
