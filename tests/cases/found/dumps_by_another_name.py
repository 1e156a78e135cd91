from json import dumps as to_text
from datetime import date


def lambda_handler(event, context):
    return {"statusCode": 200, "body": to_text({"d": date.today()})}  # LL203
