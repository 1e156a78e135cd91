import json


def validate(event):
    if not event.get("body"):
        return {"statusCode": 400, "body": "empty"}
    return None


def lambda_handler(event, context):
    problem = validate(event)
    if problem:
        return problem
    data = json.loads(event["body"])
    return {"statusCode": 200, "body": json.dumps(data)}
