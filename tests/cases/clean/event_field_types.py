import base64
import gzip
import json
from datetime import datetime


def sqs_ok_handler(event, context):
    for record in event["Records"]:
        attributes = record["attributes"]
        n = int(attributes["ApproximateReceiveCount"])
        if n > 3:
            print(record["messageId"])
        sent = int(attributes["SentTimestamp"]) / 1000
        print(datetime.fromtimestamp(sent), attributes["SentTimestamp"] + "ms", "x" * n)
        body = json.loads(record["body"])
        if isinstance(body, dict) and "Message" in body:
            body = json.loads(body["Message"])
        print(body["x"])


def kinesis_handler(event, context):
    for record in event["Records"]:
        raw = base64.b64decode(record["kinesis"]["data"])
        data = json.loads(raw)
        at = record["kinesis"]["approximateArrivalTimestamp"]
        print(datetime.fromtimestamp(at), at - 5, data["x"] + 1)


def kafka_handler(event, context):
    for topic, records in event["records"].items():
        for record in records:
            print(json.loads(base64.b64decode(record["value"])), record["offset"] + 1)
    for key in event["records"]:
        for record in event["records"][key]:
            print(record["offset"] + 1, record["topic"])
    print(event["bootstrapServers"].split(","))


def logs_handler(event, context):
    data = gzip.decompress(base64.b64decode(event["awslogs"]["data"]))
    for item in json.loads(data)["logEvents"]:
        print(item["timestamp"])


def stream_handler(event, context):
    for record in event["Records"]:
        if record["eventName"] == "REMOVE":
            old = record["dynamodb"]["OldImage"]
            print(old["a"]["S"].strip(), int(old["n"]["N"]) + 1)
        else:
            image = record["dynamodb"]["NewImage"]
            for name, value in image.items():
                kind, v = next(iter(value.items()))
                print(name, kind, v)
            tags = [t["S"] for t in image["tags"]["L"]]
            print(tags, image["m"]["M"]["x"]["S"].lower())


def edge_handler(event, context):
    request = event["Records"][0]["cf"]["request"]
    host = request["headers"]["host"][0]["value"].lower()
    for name, values in request["headers"].items():
        for header in values:
            print(name, header["key"].lower(), header["value"])
    request["headers"]["x"] = [{"key": "X", "value": host}]
    request["uri"] = request["uri"].rstrip("/") + "/index.html"
    return request


def eb_handler(event, context):
    detail = event["detail"]
    if isinstance(detail, str):
        detail = json.loads(detail)
    when = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ")
    print(detail["x"], when, event["detail-type"].lower(), event["resources"][0].split(":"))


def search_handler(event, context):
    params = event.get("queryStringParameters") or {}
    limit = int(params.get("limit", 10))
    page = params.get("page", 1)
    if limit > 5 and int(page) > 1:
        print(1)
    multi = event["multiValueQueryStringParameters"] or {}
    print(multi.get("a", [])[:1], (multi.get("b") or [""])[0].lower())
    return {"statusCode": 200, "body": str(event["requestContext"]["requestTimeEpoch"] / 1000)}


def query_handler(event, context):
    params = event["queryStringParameters"] or {}
    limit = params.get("limit", 10)
    if type(limit) is str:
        limit = int(limit)
    page = params.get("page", 1)
    if isinstance(page, str):
        page = int(page)
    size = params.get("size") or 5
    try:
        size = int(size)
    except ValueError:
        size = 1
    sort = params.get("sort")
    if sort is not None and sort > "a":
        limit += 1
    n = params["n"] if "n" in params else 1
    n = n if isinstance(n, int) else int(n)
    return {"statusCode": 200, "body": str(limit + page + size + n) + event["httpMethod"]}


def count_handler(event, context):
    for record in event["Records"]:
        count = record["attributes"].get("ApproximateReceiveCount", 0)
        if int(count) > 3:
            print(record["messageId"], count + "x" if isinstance(count, str) else count + 1)
