def lambda_handler(event, context):
    return {"statusCode": 200, "headers": {"X": None}, "body": event["path"]}  # LL305
