"""A moment without a time zone, taken from those that S3 gives, page by page."""

import datetime

import boto3

s3 = boto3.client("s3")


def handler(event, context):
    now, old = datetime.datetime.utcnow(), []
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=event["bucket"]):
        for item in page.get("Contents", []):
            age = now - item["LastModified"]  # LL208
            if age.days > 30:
                old.append(item["Key"])
    return old
