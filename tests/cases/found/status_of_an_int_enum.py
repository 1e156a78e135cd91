"""A member of an IntEnum is its number to `int`, to operators and to orderings, by whatever way it came."""

import json
from enum import IntEnum


class Code(IntEnum):
    CREATED = 201
    BAD_INPUT = 400
    NO_STOCK = 4022


class Own(IntEnum):
    ODD = 4000

    def __int__(self):
        return 200


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def answer(code, payload):
    return {"statusCode": int(code), "body": json.dumps(payload)}  # LL303


def order(name, count):
    if not name:
        raise Refused(Code.BAD_INPUT, "no name")
    if count > 3:
        raise Refused(Code.NO_STOCK, "too many")
    return f"{name}-{count}"


def lambda_handler(event, context):
    query = event["queryStringParameters"] or {}
    try:
        reference = order(query.get("name", ""), int(query.get("count") or 1))
    except Refused as refused:
        return answer(refused.code, {"message": str(refused)})
    if query.get("kind") == "own":
        return {"statusCode": int(Own.ODD), "body": event["httpMethod"]}
    if query.get("kind") == "sum":
        return {"statusCode": Code.BAD_INPUT + 4000, "body": ""}  # LL303
    if query.get("kind") == "order":
        return {"statusCode": 200 if Code.CREATED < Code.BAD_INPUT else "none", "body": ""}
    return answer(Code.CREATED, {"reference": reference})
