"""What a test says is an exception is one."""

import gzip

from elsewhere import settle


def handler(event, context):
    result = settle(event["id"])
    if isinstance(result, Exception):
        return {"error": result}  # LL202
    return {"packed": gzip.compress(b"done")}  # LL202
