def lambda_handler(event, context):
    order = event["order"]
    return {"statusCode": 200, "body": {"order": order, "total": len(order["lines"])}}  # LL301
