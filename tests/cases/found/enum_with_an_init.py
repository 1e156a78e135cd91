# Members whose class sets them up from their values.
import json
from datetime import timedelta
from enum import Enum

import boto3

members = boto3.resource("dynamodb").Table("members")


class Tier(Enum):
    BASIC = ("basic", 0, 0.01, timedelta(days=30))
    GOLD = ("gold", 5000, 0.02, timedelta(days=90))

    def __init__(self, label, threshold, cashback, stays):
        self.label = label
        self.threshold = threshold
        self.cashback = cashback
        self.stays = stays

    @classmethod
    def of(cls, points):
        return max((tier for tier in cls if points >= tier.threshold), key=lambda tier: tier.threshold)


class Status(Enum):
    OPEN = 1
    CLOSED = 2

    def __init__(self, number):
        self.final = number == 2


def handler(event, context):
    member = members.get_item(Key={"id": event["id"]})["Item"]
    tier = Tier.of(event["points"])
    if event.get("cashback"):
        return str(member["points"] * tier.cashback)  # LL207
    if event.get("stays"):
        return {"tier": tier.label, "stays": tier.stays}  # LL202
    if event.get("status"):
        return json.dumps({"status": Status(event["status"]), "final": Status.OPEN.final})  # LL203
    return {"tier": tier.label, "days": tier.stays.days, "value": Status.OPEN.value, "final": Status.CLOSED.final}
