"""What makes a body of anything makes one of a tuple with its status, too."""

import json


def lambda_handler(event, context):
    if event["requestContext"]["http"]["method"] != "GET":
        return {"error": "GET only"}, 405  # LL302
    return {"statusCode": 200, "body": json.dumps({"path": event["rawPath"]})}
