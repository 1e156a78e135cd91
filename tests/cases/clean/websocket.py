import json


def lambda_handler(event, context):
    route = event["requestContext"]["routeKey"]
    connection = event["requestContext"]["connectionId"]
    if route == "$connect":
        return {"statusCode": 200}
    if route == "$disconnect":
        return {}
    print(connection, json.loads(event["body"]))
    return {"statusCode": 200, "body": {"ok": True}}
