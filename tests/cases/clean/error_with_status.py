class HttpError(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status
        self.message = message


def check(event):
    if "Authorization" not in event["headers"]:
        raise HttpError(401, "who are you")


def lambda_handler(event, context):
    try:
        check(event)
        return {"statusCode": 200, "body": "hello"}
    except HttpError as error:
        return {"statusCode": error.status, "body": error.message}
