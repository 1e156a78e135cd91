"""Headers that are a dict of the project's own, which keeps several values under one name."""

import json


class Headers(dict):
    def add(self, name, value):
        self.setdefault(name, []).append(value)  # LL305


def handler(event, context):
    print(event["httpMethod"], event["resource"])
    headers = Headers({"Content-Type": "application/json"})
    for name in ("session", "csrf"):
        headers.add("Set-Cookie", f"{name}=1")
    return {"statusCode": 200, "headers": headers, "body": json.dumps({"ok": True})}
