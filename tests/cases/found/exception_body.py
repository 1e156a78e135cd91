import json


def lambda_handler(event, context):
    try:
        value = int(event["queryStringParameters"]["n"])  # LL404
    except (KeyError, ValueError) as error:
        return {"statusCode": 400, "body": json.dumps({"error": error})}  # LL203
    return {"statusCode": 200, "body": str(value)}
