import json
import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")


def read(bucket, key):
    try:
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return None
        raise


def lambda_handler(event, context):
    text = read("b", event["pathParameters"]["key"])
    if text is None:
        return {"statusCode": 404, "body": json.dumps({"error": "not found"})}
    return {"statusCode": 200, "body": text}
