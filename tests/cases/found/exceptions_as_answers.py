import json


def lambda_handler(event, context):
    body = json.loads(event.get("body") or "{}")
    try:
        result = 10 / body["n"]
    except ZeroDivisionError as error:
        return {"statusCode": 400, "body": error}  # LL202
    except Exception as error:
        return {"statusCode": 500, "body": json.dumps({"error": error})}  # LL203
    return {"statusCode": 200, "body": json.dumps({"result": result})}
