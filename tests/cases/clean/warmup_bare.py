def lambda_handler(event, context):
    if event.get("source") == "warmer":
        return
    return {"statusCode": 200, "body": event["requestContext"]["http"]["method"]}
