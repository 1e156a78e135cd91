def lambda_handler(event):  # LL101
    return {"statusCode": 200, "body": "OK"}
