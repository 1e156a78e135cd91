def lambda_handler(event, context):
    method = event["requestContext"]["http"]["method"]
    return {"statusCode": 200, "body": f"{method}", "cookies": ["a=b"], "isBase64Encoded": False, "extra": 1}
