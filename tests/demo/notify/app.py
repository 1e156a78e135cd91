"""Tells the shop's staff of an order."""

import os
import urllib.request

WEBHOOK_TOKEN = os.environ.get("WEBHOOK_TOKEN", "s3cr3t-t0ken-0f-the-sh0p")


async def handler(event, context):
    request = urllib.request.Request(
        "https://hooks.example.com/orders",
        data=event["order"].encode(),
        headers={"Authorization": WEBHOOK_TOKEN},
    )
    with urllib.request.urlopen(request) as response:
        staus = response.status
    return {"delivered": status == 200}
