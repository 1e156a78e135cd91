"""A body of JSON under the flag of a binary one."""

import base64
import gzip
import json


def build(status, content):
    binary = isinstance(content, bytes)
    body = base64.b64encode(content).decode("ascii") if binary else content
    return {"statusCode": status, "headers": {"Content-Type": "text/csv"}, "body": body, "isBase64Encoded": binary}


def as_csv():
    return build(200, gzip.compress(b"a,b"))


def lambda_handler(event, context):
    if event["httpMethod"] == "GET":
        return as_csv()
    answer = as_csv()
    answer["statusCode"] = 405
    answer["body"] = json.dumps({"error": "GET only"})  # LL306
    return answer


def text_handler(event, context):
    if event["httpMethod"] == "GET":
        return build(200, json.dumps({"a": 1}))
    return build(405, "")
