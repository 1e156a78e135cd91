"""A Decimal computes with what JSON has of ints, and refuses the rest: what it gives is a Decimal."""

import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import boto3

logs = boto3.client("logs")
cloudwatch = boto3.client("cloudwatch")


def total_of(lines):
    total = Decimal(0)
    for line in lines:
        total += Decimal(str(line["price"])) * line["count"]
    return round(total, 2)


def handler(event, context):
    kind = event.get("kind")
    if kind == "invoice":
        return {"statusCode": 200, "body": json.dumps({"total": total_of(event["lines"])})}  # LL203
    if kind == "whole":
        return {"statusCode": 200, "body": json.dumps({"total": round(total_of(event["lines"]))})}
    if kind == "wait":
        return {"wait": timedelta(minutes=5) * event["times"]}  # LL202
    if kind == "share":
        return {"share": sum(Fraction(1, int(part)) for part in event["parts"])}  # LL202
    if kind == "half":
        return {"share": float(Fraction(1, 2) * event["part"])}
    if kind == "points":
        answer = cloudwatch.get_metric_data(MetricDataQueries=event["queries"], StartTime=0, EndTime=60)
        return [dict(zip(found["Timestamps"], found["Values"])) for found in answer["MetricDataResults"]]  # LL202
    if kind == "live":
        return {"lines": logs.start_live_tail(logGroupIdentifiers=event["groups"])["responseStream"]}  # LL202
    return {"limit": str(Decimal("0.5") * event["limit"])}
