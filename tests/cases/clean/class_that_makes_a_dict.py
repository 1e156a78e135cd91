class lambda_handler:
    def __new__(cls, event, context):
        return {"statusCode": 200, "body": event["path"]}
