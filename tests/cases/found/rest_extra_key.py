
def lambda_handler(event, context):
    key = event["requestContext"]["identity"]["apiKey"]
    return {"statusCode": 200, "body": key, "message": "hi"}  # LL304
