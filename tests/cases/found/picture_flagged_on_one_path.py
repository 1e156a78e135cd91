import base64


def image():
    with open("/tmp/x.png", "rb") as file:
        return base64.b64encode(file.read()).decode("utf-8")


def lambda_handler(event, context):
    response = {"statusCode": 200, "headers": {"content-type": "image/png"}}
    if event["queryStringParameters"]:
        response["body"] = image()  # LL306
    else:
        response["body"] = image()
        response["isBase64Encoded"] = True
    return response
