import json


def lambda_handler(event, context):
    match event["requestContext"]["http"]["method"]:
        case "GET":
            return {"statusCode": 200, "body": json.dumps([])}
        case "DELETE":
            return {"statusCode": 204}
