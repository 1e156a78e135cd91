def lambda_handler(event, context):
    return {"statuscode": 200, "Body": event["path"], "Headers": {}}  # LL304 LL304 LL304
