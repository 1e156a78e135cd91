from webkit.errors import abort


def lambda_handler(event, context):
    name = event["pathParameters"]["name"]
    if name:
        return {"statusCode": 200, "body": name}
    abort(404)  # LL201
