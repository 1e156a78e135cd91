import json
import os

import boto3

TABLE = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def lambda_handler(event, context):
    http_method = event["requestContext"]["http"]["method"]
    if http_method == "GET":
        item = TABLE.get_item(Key={"id": event["pathParameters"]["id"]}).get("Item")
        if item is None:
            return {"statusCode": 404, "body": json.dumps({"error": "no item"})}
        return {"statusCode": 200, "body": json.dumps(item, default=str)}
    elif http_method == "PUT":
        TABLE.put_item(Item=json.loads(event["body"]))
        return {"statusCode": 204}
