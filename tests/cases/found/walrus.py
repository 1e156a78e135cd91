import json
import re


def lambda_handler(event, context):
    if (found := re.match(r"/(\w+)", event["path"])) is not None:
        return {"statusCode": 200, "body": json.dumps({"match": found})}  # LL203
    return {"statusCode": 404, "body": ""}
