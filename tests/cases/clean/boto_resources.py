import json

import boto3

s3 = boto3.resource("s3")
client = boto3.client("s3")


def keys():
    return [found.key for found in s3.Bucket("data").objects.all()]


def handler(event, context):
    try:
        text = s3.Object("data", event["key"]).get()["Body"].read().decode()
    except client.exceptions.NoSuchKey as error:
        return {"statusCode": 404, "body": json.dumps({"code": error.response["Error"]["Code"], "others": keys()})}
    sizes = {found.key: found.size for found in s3.Bucket("data").objects.limit(3)}
    at = s3.Object("data", event["key"]).last_modified.isoformat()
    return {"statusCode": 200, "body": json.dumps({"text": text, "sizes": sizes, "at": at})}
