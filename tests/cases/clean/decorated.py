import functools
import json
import logging


def http(function):
    @functools.wraps(function)
    def wrapper(event, context):
        try:
            result = function(event, context)
            return {"statusCode": 200, "body": json.dumps(result)}
        except KeyError as error:
            return {"statusCode": 400, "body": json.dumps({"error": str(error)})}
        except Exception:
            logging.exception("failed")
            return {"statusCode": 500, "body": "{}"}

    return wrapper


@http
def lambda_handler(event, context):
    return {"user": event["pathParameters"]["user"]}
