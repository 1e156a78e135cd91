"""What an operator takes of a value tells its type: a number of DynamoDB is a Decimal, a quotient a float."""

import json
import time

import boto3
from boto3.dynamodb.conditions import Attr
from boto3.dynamodb.types import TypeDeserializer

table = boto3.resource("dynamodb").Table("visits")


def handler(event, context):
    item = table.get_item(Key={"id": event["id"]})["Item"]
    return {"body": json.dumps({"visits": item["visits"] + 1})}  # LL203


def lambda_handler(event, context):
    celsius = (event["fahrenheit"] - 32) / 1.8
    table.put_item(Item={"id": event["id"], "celsius": round(celsius, 1)})  # LL206


def recent_handler(event, context):
    return table.scan(FilterExpression=Attr("seen").gt(time.time()))["Count"]  # LL206


def tags_handler(event, context):
    return {"tags": TypeDeserializer().deserialize({"SS": event["tags"]})}  # LL202
