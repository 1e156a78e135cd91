import json


def lambda_handler(event, context):
    return {
        "statusCode": "200 OK",  # LL303
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"path": event["path"]}),
    }
