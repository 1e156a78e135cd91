def lambda_handler(event, context):
    for key in event["keys"]:  # LL201
        if key.startswith("a"):
            return {"found": key}
