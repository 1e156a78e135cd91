# What the seed warns of: no answer for an API.
import json


def lambda_handler(event, context):  # LL308
    print(json.dumps(event["queryStringParameters"]))
    print(event["httpMethod"])
