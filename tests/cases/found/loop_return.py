def lambda_handler(event, context):  # LL201
    for key in event["keys"]:
        if key.startswith("a"):
            return {"found": key}
