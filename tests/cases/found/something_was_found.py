"""What a service lists is written as it is wherever something of it was picked."""

import json

import boto3

ec2 = boto3.client("ec2")


def lambda_handler(event, context):
    found = ec2.describe_volumes()
    names = [volume["VolumeId"] for volume in found["Volumes"]]
    if not names:
        return "[]"
    return json.dumps(found["Volumes"])  # LL203
