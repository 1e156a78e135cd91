import json


class ApiResponse(dict):
    def __init__(self, status, body):
        super().__init__(statusCode=status, body=json.dumps(body))


def lambda_handler(event, context):
    return ApiResponse(200, {"path": event["path"], "m": event["httpMethod"]})
