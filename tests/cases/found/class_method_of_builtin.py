import json
from datetime import datetime
from decimal import Decimal
from enum import Enum


class Stamp(datetime):
    pass


class Tally(dict):
    pass


class Amount(Decimal):
    pass


class Level(str, Enum):
    LOW = "low"


def handler(event, context):
    kind = event.get("kind")
    if kind == "stamp":
        return {"at": Stamp.utcnow()}  # LL202
    if kind == "tally":
        return Tally.fromkeys(["open"], frozenset())  # LL202
    if kind == "amount":
        return json.dumps({"amount": Amount.from_float(2.5)})  # LL203
    try:
        Level("high")
    except ValueError as error:
        return {"error": error}  # LL202
    return {"never": {1}}
