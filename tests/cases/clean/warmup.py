import json


def lambda_handler(event, context):
    if event.get("source") == "serverless-plugin-warmup":
        print("warm")
        return None
    return {"statusCode": 200, "body": json.dumps({"q": event["queryStringParameters"]})}
