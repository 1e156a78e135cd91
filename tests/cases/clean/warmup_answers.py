import json


def warm(event):
    return event.get("source") in ("aws.events", "warmer")


def lambda_handler(event, context):
    if warm(event):
        return "warm"
    return {"statusCode": 200, "body": json.dumps({"method": event["httpMethod"]})}
