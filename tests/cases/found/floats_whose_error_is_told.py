"""A clause for any exception tells who calls that it failed, or raises on: the float is there all the same."""

import json

import boto3

table = boto3.resource("dynamodb").Table("readings")


def store(record):
    reading = json.loads(record["body"])
    table.put_item(Item={"id": reading["id"], "celsius": float(reading["celsius"])})  # LL206


def queue_handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            store(record)
        except Exception:
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def web_handler(event, context):
    try:
        table.put_item(Item={"id": event["pathParameters"]["id"], "celsius": 36.6})  # LL206
    except Exception as error:
        return {"statusCode": 500, "body": json.dumps({"error": str(error)})}
    return {"statusCode": 204}


def raising_handler(event, context):
    try:
        with table.batch_writer() as batch:
            batch.put_item(Item={"id": event["pathParameters"]["id"], "celsius": 36.6})  # LL206
    except Exception as error:
        print("not stored", error)
        raise
    return {"statusCode": 204}


def fever_handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            item = table.get_item(Key={"id": record["body"]})["Item"]
            print(record["body"], item["celsius"] * 1.8 + 32)  # LL207
        except Exception:
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
