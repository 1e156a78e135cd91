def lambda_handler(event, context):
    user_id = event["pathParameters"]["id"]
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": {"id": user_id},  # LL301
    }
