from dataclasses import dataclass


@dataclass
class Response:
    statusCode: int = 200
    body: str = ""


def lambda_handler(event, context):
    return Response(200, "hello " + event["path"])  # LL202
