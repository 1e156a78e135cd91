import json


def lambda_handler(event, context):
    try:
        payload = json.loads(event["body"])
    except (TypeError, json.JSONDecodeError):
        return _bad("no json")
    name = payload.get("name")
    if not isinstance(name, str):
        return _bad("name")
    return _ok({"hello": name})


def _bad(message):
    return _respond(400, {"error": message})


def _ok(body):
    return _respond(200, body)


def _respond(status, body):
    return dict(statusCode=status, body=json.dumps(body), headers={"Content-Type": "application/json"}, isBase64Encoded=False)
