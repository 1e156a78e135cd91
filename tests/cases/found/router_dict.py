import json


def list_items(event):
    return {"statusCode": 200, "body": json.dumps([])}


def add_item(event):
    item = json.loads(event["body"])
    return {"statusCode": 201, "body": item["count"] > 3}  # LL301


ROUTES = {"GET": list_items, "POST": add_item}


def lambda_handler(event, context):
    route = ROUTES.get(event["httpMethod"])
    if route is None:
        return {"statusCode": 405, "body": ""}
    return route(event)
