"""A paginator has no pages before `paginate()`."""

import boto3

logs = boto3.client("logs")


def handler(event, context):
    names = []
    for page in logs.get_paginator("describe_log_groups"):  # LL208
        names += [group["logGroupName"] for group in page["logGroups"]]
    return names
