"""What was picked of a list, and then taken away again, tells nothing of the list."""

import boto3

ec2 = boto3.client("ec2")


def last_but_one(event):
    volumes = ec2.describe_volumes()["Volumes"]
    names = [volume["VolumeId"] for volume in volumes]
    if len(names) > 0:
        names.pop()
    return volumes[0]["VolumeId"] if not names else names[-1]


def with_another(event):
    volumes = ec2.describe_volumes()["Volumes"]
    names = [volume["VolumeId"] for volume in volumes]
    volumes.append({"VolumeId": event["volume"]})
    return volumes[0]["VolumeId"] if not names else names[0]


def one_by_one(event):
    volumes = ec2.describe_volumes()["Volumes"]
    names = [volume["VolumeId"] for volume in volumes]
    while names:
        ec2.delete_volume(VolumeId=names.pop())
    return volumes[0]["VolumeId"] if volumes else None


def handler(event, context):
    return [last_but_one(event), with_another(event), one_by_one(event)]
