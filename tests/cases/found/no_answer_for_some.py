"""Paths that the code itself has something for, and that answer nothing."""

import logging


def lambda_handler(event, context):  # LL201
    method = event["httpMethod"]
    query = event.get("queryStringParameters") or {}
    if method == "GET":
        return {"statusCode": 200, "body": "x"}
    elif method in ("POST", "DELETE"):
        if query.get("name", "").strip():
            return {"statusCode": 200, "body": "y"}
    else:
        return {"statusCode": 405, "body": ""}


def put_handler(event, context):  # LL201
    method = event["httpMethod"]
    if method == "GET":
        return {"statusCode": 200, "body": "x"}
    elif method == "PUT":
        return {"statusCode": 200, "body": "y"}
    logging.warning("%s is not handled", method)


def role_handler(event, context):  # LL201
    role = event["requestContext"]["authorizer"]["jwt"]["claims"].get("role")
    method = event["requestContext"]["http"]["method"]
    match role:
        case "doctor" | "nurse":
            return {"statusCode": 200, "body": "x"}
        case "patient" if method == "GET":
            return {"statusCode": 200, "body": "y"}
        case None:
            return {"statusCode": 401, "body": ""}


def each_handler(event, context):
    method = event["httpMethod"]
    if method == "GET":
        return {"statusCode": 200, "body": "x"}
    elif method == "PUT":
        return {"statusCode": 200, "body": "y"}
