import json

import boto3

table = boto3.resource("dynamodb").Table("books")


def lambda_handler(event, context):
    found = table.query()["Items"]
    names = [{"isbn": item["pk"], "title": item.get("title", "-")} for item in found]
    owner = table.get_item(Key={"pk": "owner"})["Item"]["name"]
    return {"statusCode": 200, "body": json.dumps({"books": names, "owner": owner})}
