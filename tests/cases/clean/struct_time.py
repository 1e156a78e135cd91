import json
import time


def lambda_handler(event, context):
    now = time.localtime()
    gm = time.strftime("%Y", now)
    return {"statusCode": 200, "body": json.dumps({"now": now, "gm": gm, "t": time.time()})}
