import json
import boto3

table = boto3.resource("dynamodb").Table("orders")


def lambda_handler(event, context):
    failures = []
    for record in event["Records"]:
        try:
            order = json.loads(record["body"])
            table.put_item(Item=order)
        except Exception:
            failures.append({"itemIdentifier": record["messageId"]})
    if failures:
        return {"batchItemFailures": failures}
