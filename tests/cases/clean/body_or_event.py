import json


def lambda_handler(event, context):
    if "body" in event and event["body"]:
        data = json.loads(event["body"])
    else:
        data = event
    total = sum(x["price"] for x in data.get("items", []))
    mean = total / len(data["items"]) if data.get("items") else None
    return {"statusCode": 200, "body": json.dumps({"mean": mean, "ratio": round(total, 2)})}
