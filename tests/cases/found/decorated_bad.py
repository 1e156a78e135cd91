import functools


def http(function):
    @functools.wraps(function)
    def wrapper(event, context):
        result = function(event, context)
        return {"statusCode": 200, "body": result}  # LL301

    return wrapper


@http
def lambda_handler(event, context):
    return {"user": event["pathParameters"]["user"]}
