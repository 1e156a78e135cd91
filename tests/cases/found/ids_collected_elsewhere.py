"""Ids of records that are bound or kept first, and go into the list somewhere else: there they want their name."""

import json


def failures_of(records):
    for record in records:
        message_id = record["messageId"]
        try:
            print(json.loads(record["body"])["id"])
        except (KeyError, ValueError) as error:
            print(message_id, error)
            yield message_id


def handler(event, context):
    failed = list(failures_of(event["Records"]))
    return {"batchItemFailures": failed}  # LL310
