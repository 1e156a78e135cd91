import json


def lambda_handler(event, context):
    response = {"statusCode": 200, "headers": {}, "body": None}
    response["headers"]["Content-Length"] = 12  # LL305
    response["body"] = {"m": event["httpMethod"]}  # LL301
    print(json.dumps({}))
    return response
