import json
import requests


def lambda_handler(event, context):
    response = requests.get("https://example.org", timeout=3)
    if response.status_code != 200:
        return {"statusCode": response.status_code, "body": response}  # LL202
    return {"statusCode": 200, "body": json.dumps(response.json())}
