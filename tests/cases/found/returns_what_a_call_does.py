"""What is called for what it does gives None: to return that is a slip where other paths answer."""

import json
import logging
import random

logger = logging.getLogger()


def _render(kind, rows):
    if kind == "json":
        text = json.dumps(rows)
    elif kind == "text":
        text = "\n".join(rows)
    else:
        return print(f"no renderer for {kind!r}")  # LL201
    return {"statusCode": 200, "body": text}


def _noted(rows):
    return rows.append("new")  # LL201


def lambda_handler(event, context):
    query = event.get("queryStringParameters") or {}
    rows = ["b", "a"]
    if query.get("do") == "log":
        return logger.info("asked")  # LL201
    if query.get("do") == "sort":
        found = rows.sort()  # LL201
        return found
    if query.get("do") == "mix":
        return random.shuffle(rows)  # LL201
    if query.get("do") == "add":
        return _noted(rows)
    if query.get("do") == "update":
        kinds = {}
        return kinds.update(a=1) or {"statusCode": 204}
    if event["httpMethod"] == "POST":
        return {"statusCode": 200, "body": ",".join(rows)}
    return _render(query.get("format", "json"), rows)
