import json

import boto3

s3 = boto3.resource("s3")
ec2 = boto3.resource("ec2")
sessions = boto3.Session()


def objects(event, context):
    return [{"key": found.key, "at": found.last_modified} for found in s3.Bucket("data").objects.all()]


def handler(event, context):
    launched = [{"id": one.id, "at": one.launch_time} for one in ec2.instances.filter(Filters=event["filters"])]
    return {"statusCode": 200, "body": json.dumps(launched)}  # LL203


def body_of_object(event, context):
    return {"data": s3.Object("data", event["key"]).get()["Body"].read()}


def lambda_handler(event, context):
    return {"all": s3.Bucket("data").objects.filter(Prefix="a")}  # LL202
