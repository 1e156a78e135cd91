def lambda_handler(event, context):
    status = "OK"
    code = 200 if event["path"] == "/" else None
    return {"statusCode": code, "body": status}
