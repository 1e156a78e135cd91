import json
import os

import boto3

pages = boto3.resource("dynamodb").Table(os.environ["PAGES"])


def changed(page, expression, values, back):
    answer = pages.update_item(
        Key={"page": page},
        UpdateExpression=expression,
        ExpressionAttributeValues=values,
        ReturnValues=back,
    )
    return answer.get("Attributes", {})


def lambda_handler(event, context):
    visits = changed("a", "ADD visits :one", {":one": 1}, "UPDATED_NEW")["visits"]
    before = changed("a", "ADD visits :one", {":one": 1}, "UPDATED_OLD").get("visits")
    tags = changed("a", "ADD tags :more", {":more": {"x"}}, "ALL_NEW").get("tags", set())
    nested = changed("a", "ADD counts.visits :one SET title = :title", {":one": 1, ":title": "t"}, "ALL_NEW")
    title = nested["title"]
    items = pages.scan()["Items"]
    stars = int(sum(item["stars"] for item in items))
    sizes = sum(len(item["title"]) for item in items)
    if not items:
        return {"statusCode": 200, "body": json.dumps({"stars": sum(item["stars"] for item in items)})}
    plain = {"visits": int(visits), "before": str(before), "tags": sorted(tags), "title": title}
    return {"statusCode": 200, "body": json.dumps({**plain, "stars": stars, "sizes": sizes})}
