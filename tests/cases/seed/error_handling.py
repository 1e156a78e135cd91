import json
import logging

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def lambda_handler(event, context):
    try:
        if "field" not in event:
            raise ValueError("field is missing")
        return {"statusCode": 200, "body": json.dumps({"result": work(event["field"])})}
    except ValueError as error:
        logger.error(f"refused: {error!s}")
        return {"statusCode": 400, "body": json.dumps({"error": "bad input"})}
    except Exception as error:
        logger.exception("unexpected")
        return {"statusCode": 500, "body": json.dumps({"error": type(error).__name__})}


def work(value):
    return f"worked on {value}"
