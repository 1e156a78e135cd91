def lambda_handler(event, context):
    result = {}
    result["StatusCode"] = 200  # LL304
    result["body"] = event["pathParameters"]["q"]
    return result
