import json
import time


def lambda_handler(event, context):
    start = time.time()
    try:
        body = json.loads(event["body"])
        status = 200
    except json.JSONDecodeError:
        body = {"error": "no json"}
        status = 400
    finally:
        print(time.time() - start)
    return {"statusCode": status, "headers": {"X-Time": str(start)}, "body": json.dumps(body)}
