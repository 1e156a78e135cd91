import base64
import json


def logs_handler(event, context):
    print(json.loads(base64.b64decode(event["awslogs"]["data"])))  # LL405


def text_handler(event, context):
    print(base64.b64decode(event["awslogs"]["data"]).decode("utf-8"))  # LL405


def message_handler(event, context):
    for record in event["Records"]:
        message = json.loads(record["body"])["Message"]
        print(record["messageId"], message["id"])  # LL405


def slots_handler(event, context):
    slots = event["sessionState"]["intent"]["slots"]
    city = slots["City"]["value"]["interpretedValue"]  # LL404
    if event["invocationSource"] == "DialogCodeHook":
        print(city)
    return {"sessionState": {"dialogAction": {"type": "Delegate"}, "intent": event["sessionState"]["intent"]}}
