"""The first items of a message are its items: a table lacks what one of them asks for."""

FEES = {"letter": {"cents": 95}, "parcel": {"cent": 650}}
MOST = 50


def fee(kind):
    entry = FEES["parcel"] if kind == "parcel" else FEES["letter"]
    return entry["cents"]  # LL208


def lambda_handler(event, context):
    return {"fees": [fee(item.get("kind")) for item in (event.get("items") or [])[:MOST]]}
