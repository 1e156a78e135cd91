def lambda_handler(event, context):
    if event.get("keep_warm"):
        return {"warm": True}
    return {"statusCode": 200, "body": event["requestContext"]["elb"]["targetGroupArn"]}
