import json


def lambda_handler(event, context):
    data = {"x": 1}
    text = json.dumps(data.keys())  # LL203
    other = json.dumps(list(data.items()))
    return text + other
