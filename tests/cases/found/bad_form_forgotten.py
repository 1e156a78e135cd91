"""A clause for what the client may send wrong gives nothing, while the same events are answered on other paths."""

import json


def read(event):
    form = json.loads(event.get("body") or "")
    if "@" not in form["mail"]:
        raise ValueError("no address")
    return form["mail"].strip()


def handler(event, context):
    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 204, "body": ""}
    try:
        mail = read(event)
        return {"statusCode": 200, "body": json.dumps({"sent": mail})}
    except (ValueError, KeyError) as error:
        print("bad form: %r" % error)  # LL201
