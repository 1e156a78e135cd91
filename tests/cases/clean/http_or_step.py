"""The same function is called by HTTP and by a state machine, and says which it is."""

import json


def handler(event, context):
    if "requestContext" in event:
        body = json.loads(event["body"])
    else:
        body = event["body"]
    return {"statusCode": 200, "body": json.dumps({"name": body["name"], "size": body["size"]})}
