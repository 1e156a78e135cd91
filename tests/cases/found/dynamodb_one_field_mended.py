import json
import boto3
from boto3.dynamodb.conditions import Key

table = boto3.resource("dynamodb").Table("t")


def get(user):
    result = table.query(KeyConditionExpression=Key("u").eq(user))
    return result.get("Items", [])


def lambda_handler(event, context):
    rows = get(event["pathParameters"]["u"])
    for row in rows:
        row["total"] = float(row["total"])
    return {"statusCode": 200, "headers": {"X-Count": str(len(rows))}, "body": json.dumps(rows)}  # LL203
