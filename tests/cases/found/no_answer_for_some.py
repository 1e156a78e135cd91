"""Paths that the code itself has something for, and that answer nothing."""

import logging


def lambda_handler(event, context):
    method = event["httpMethod"]
    query = event.get("queryStringParameters") or {}
    if method == "GET":
        return {"statusCode": 200, "body": "x"}
    elif method in ("POST", "DELETE"):
        if query.get("name", "").strip():  # LL201
            return {"statusCode": 200, "body": "y"}
    else:
        return {"statusCode": 405, "body": ""}


def put_handler(event, context):
    method = event["httpMethod"]
    if method == "GET":
        return {"statusCode": 200, "body": "x"}
    elif method == "PUT":
        return {"statusCode": 200, "body": "y"}
    logging.warning("%s is not handled", method)  # LL201


def each_handler(event, context):
    method = event["httpMethod"]
    if method == "GET":
        return {"statusCode": 200, "body": "x"}
    elif method == "PUT":
        return {"statusCode": 200, "body": "y"}
