import json


def lambda_handler(event, context):
    try:
        return {"statusCode": 200, "body": json.dumps(event["pathParameters"])}
    except KeyError as error:
        print(error)  # LL201
