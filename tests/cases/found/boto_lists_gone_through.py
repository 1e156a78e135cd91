"""Going through a list of an answer changes nothing in it: its times are still no JSON."""

import boto3

HOUR = {"StartTime": "2026-11-29T10:00:00Z", "EndTime": "2026-11-29T11:00:00Z", "Period": 60}
cloudwatch = boto3.client("cloudwatch")
iam = boto3.client("iam")


def _points(name):
    return cloudwatch.get_metric_statistics(Namespace="App", MetricName=name, **HOUR)["Datapoints"]


def handler(event, context):
    points = _points(event["metric"])
    peak = max((point["Average"] for point in points), default=0)
    return {"peak": peak, "points": points}  # LL202


def lambda_handler(event, context):
    (point,) = _points(event["metric"])
    return {"point": point}  # LL202


def never_used_handler(event, context):
    users = iam.list_users()["Users"]  # LL202
    return {"users": [user for user in users if user.get("PasswordLastUsed") is None]}
