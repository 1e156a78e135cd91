def lambda_handler(event, context):
    user = event.get("user", "nobody")
    action = event.get("action", "nothing")
    print(f"{user} did {action}")
    return {"statusCode": 200, "user": user}
