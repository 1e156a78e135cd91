import json
import os

import boto3

pages = boto3.resource("dynamodb").Table(os.environ["PAGES"])


def visited(page):
    answer = pages.update_item(
        Key={"page": page},
        UpdateExpression="SET seen = :now ADD #v :one, stars :more",
        ExpressionAttributeNames={"#v": "visits"},
        ExpressionAttributeValues={":one": 1, ":more": 2, ":now": "today"},
        ReturnValues="UPDATED_NEW",
    )
    return answer["Attributes"]


def shared(page):
    return pages.update_item(
        Key={"page": page},
        UpdateExpression="SET shares = if_not_exists(shares, :none) + :one, who = :who",
        ExpressionAttributeValues={":none": 0, ":one": 1, ":who": "x"},
        ReturnValues="ALL_NEW",
    )["Attributes"]["shares"]


def lambda_handler(event, context):
    if event["path"] == "/visits":
        return {"statusCode": 200, "body": json.dumps({"visits": visited("a")["visits"]})}  # LL203
    if event["path"] == "/shares":
        return {"statusCode": 200, "body": json.dumps({"shares": shared("a")})}  # LL203
    items = pages.scan()["Items"]
    stars = sum(item["stars"] for item in items)
    return {"statusCode": 200, "body": json.dumps({"stars": stars})}  # LL203
