"""Where nothing was picked of what a service lists, there is nothing of it in the answer either."""

import json

import boto3

ec2 = boto3.client("ec2")


def by_a_loop(state):
    found = ec2.describe_instances(Filters=[{"Name": "instance-state-name", "Values": [state]}])
    names = []
    for reservation in found["Reservations"]:
        for instance in reservation["Instances"]:
            names.append(instance["InstanceId"])
    if names:
        found = {"stopped": names}
    return json.dumps(found)


def by_a_comprehension(state):
    found = ec2.describe_volumes(Filters=[{"Name": "status", "Values": [state]}])
    names = [volume["VolumeId"] for volume in found["Volumes"]]
    return json.dumps({"volumes": names} if names else found)


def lambda_handler(event, context):
    return {"instances": by_a_loop(event["state"]), "volumes": by_a_comprehension(event["state"])}
