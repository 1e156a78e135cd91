import json


def lambda_handler(event, context):
    count = json.loads(event["body"])["count"]
    if count < 5:  # LL201
        return {"statusCode": 200, "body": "few"}
    elif count == 5:
        return {"statusCode": 200, "body": "five"}
    elif count > 6:
        return {"statusCode": 200, "body": "many"}
