import json


def lambda_handler(event, context):
    operation = event["httpMethod"]
    if operation == "POST":
        return {"statusCode": 200, "body": "x"}
    elif operation == "GET":
        return {"statusCode": 200, "body": json.dumps({})}
