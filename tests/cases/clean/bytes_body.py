import base64
import gzip


def lambda_handler(event, context):
    data = gzip.compress(event["rawPath"].encode())
    return {
        "statusCode": 200,
        "headers": {"Content-Encoding": "gzip", "Content-Type": "text/plain"},
        "body": base64.b64encode(data),
        "isBase64Encoded": True,
    }
