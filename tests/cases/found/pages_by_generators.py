"""Pages of an API that one generator goes through inside another, as classes of the project hand them on."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache

import boto3

AGE = timedelta(days=90)


@lru_cache(maxsize=None)
def client(name):
    return boto3.client(name)


@dataclass
class Key:
    id: str
    active: bool
    created: datetime

    def is_old(self):
        return datetime.now(timezone.utc) - self.created > AGE


@dataclass
class Owner:
    name: str
    keys: list[Key] = field(default_factory=list)


def keys_of(user):
    for page in client("iam").get_paginator("list_access_keys").paginate(UserName=user):
        for one in page["AccessKeyMetadata"]:
            yield Key(one["AccessKeyId"], one["Status"] == "Active", one["CreateDate"])


def owners():
    for page in client("iam").get_paginator("list_users").paginate():
        for user in page["Users"]:
            old = [key for key in keys_of(user["UserName"]) if key.active and key.is_old()]
            if old:
                yield Owner(user["UserName"], old)


def handler(event, context):
    found = list(owners())
    if found:
        client("sns").publish(
            TopicArn="arn:aws:sns:eu-west-1:123456789012:keys",
            Message=json.dumps([asdict(owner) for owner in found]),  # LL203
        )
    return {"owners": len(found)}


def metric_handler(event, context):
    series = {"depth": {}, "sent": {}}  # LL202
    asked = client("cloudwatch").get_metric_data(MetricDataQueries=[], StartTime=0, EndTime=1)
    for result in asked["MetricDataResults"]:
        series[result["Id"]].update(zip(result["Timestamps"], result["Values"]))
    return series


def text_handler(event, context):
    series = {"depth": {}, "sent": {}}
    asked = client("cloudwatch").get_metric_data(MetricDataQueries=[], StartTime=0, EndTime=1)
    for result in asked["MetricDataResults"]:
        series[result["Id"]].update(zip(map(str, result["Timestamps"]), result["Values"]))
    return series
