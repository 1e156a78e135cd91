import json
from datetime import datetime, timedelta, timezone


def first_seen(record):
    return record["attributes"]["ApproximateFirstReceiveTimestamp"]


def queue_handler(event, context):
    late = [r["messageId"] for r in event["Records"] if 1_700_000_000_000 - first_seen(r) > 60_000]  # LL208
    return {"late": late}


def arrival_handler(event, context):
    for record in event["Records"]:
        print(record["kinesis"]["approximateArrivalTimestamp"].split("T"))  # LL208


def price_handler(event, context):
    for record in event["Records"]:
        print(record["dynamodb"]["Keys"]["count"] + 1)  # LL208


def change_handler(event, context):
    for record in event["Records"]:
        if record["eventName"] == "REMOVE":
            print(record["dynamodb"]["NewImage"])  # LL208
        elif record["eventName"] == "INSERT":
            print(record["dynamodb"]["OldImage"])  # LL208
        else:
            print(record["dynamodb"]["OldImage"], record["dynamodb"]["NewImage"])


def removed_handler(event, context):
    for record in event["Records"]:
        name = record["eventName"]
        if name.startswith("ObjectRemoved:"):
            print(record["s3"]["object"]["size"])  # LL208


def size_handler(event, context):
    for record in event["Records"]:
        print("size " + record["s3"]["object"]["size"], record["s3"]["bucket"]["name"])  # LL208


def topics_handler(event, context):
    seen = []
    for record in event["records"]:
        seen.append((record["topic"], record["offset"]))  # LL208
    return {"seen": len(seen), "source": event["eventSource"]}


def mail_handler(event, context):
    print(event["Records"][0]["ses"]["mail"]["destination"].lower())  # LL208


def agent_handler(event, context):
    request = event["Records"][0]["cf"]["request"]
    if request["headers"]["user-agent"]["value"] == "x":  # LL208
        return {"status": "403"}
    return request


def state_handler(event, context):
    detail = json.loads(event["detail"])  # LL208
    print(event["detail-type"], detail["state"])


def yesterday_handler(event, context):
    print(event["detail-type"], event["time"] - timedelta(days=1))  # LL208


def task_handler(event, context):
    detail = event["detail"]
    if detail["lastStatus"] == "STOPPED":
        print(detail["taskArn"], detail["clusterArn"], detail["stoppedAt"] - detail["createdAt"])  # LL208


def finding_handler(event, context):
    if event["detail-type"] == "GuardDuty Finding":
        detail = event["detail"]
        print(detail["type"], detail["service"]["count"], detail["resource"], detail["severity"].upper())  # LL208


def object_handler(event, context):
    if event["detail-type"] == "Object Created":
        found = event["detail"]["object"]
        print(event["detail"]["bucket"]["name"], found["key"], found["eTag"])  # LL403


def page_handler(event, context):
    params = event["queryStringParameters"] or {}
    if params.get("page", 1) > 100:  # LL208
        return {"statusCode": 404, "body": event["httpMethod"]}
    return {"statusCode": 200, "body": event["httpMethod"]}


def fired_handler(event, context):
    print(event["detail-type"], datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%S.%fZ"))  # LL208


def asked_handler(event, context):
    asked = datetime.fromtimestamp(event["requestContext"]["timeEpoch"], tz=timezone.utc)  # LL208
    return {"statusCode": 200, "body": asked.isoformat() + event["requestContext"]["http"]["method"]}


def params_handler(event, context):  # LL330
    job = event["CodePipeline.job"]
    print(job["id"], job["data"]["actionConfiguration"]["configuration"]["UserParameters"]["stage"])  # LL405


def reason_handler(event, context):
    print(event["alarmArn"], event["alarmData"]["state"]["reasonData"]["threshold"])  # LL405


def clicks_handler(event, context):
    for record in event["Records"]:
        print(json.loads(record["kinesis"]["data"]))  # LL405
