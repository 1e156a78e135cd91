# Every item of the loop is refused, and the clause goes on to the next one.
from decimal import Decimal

import boto3

table = boto3.resource("dynamodb").Table("readings")


def place(reading):
    return {"city": reading.get("city", "unknown"), "country": reading.get("country", "unknown")}


def store(reading):
    found = {
        "id": reading["id"],
        "latitude": float(reading["latitude"]),  # LL206
        "longitude": Decimal(str(reading["longitude"])),
        "power": Decimal(str(reading["power"])) if reading["power"] else Decimal("0"),
        "source": reading.get("source") or "unknown",
        **place(reading),
    }
    table.put_item(Item=found)


def handler(event, context):
    stored = 0
    for reading in event.get("readings", []):
        try:
            store(reading)
            stored += 1
        except Exception as error:
            print(f"not stored: {error}")
            continue
    return {"stored": stored}
