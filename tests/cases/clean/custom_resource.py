import json
import urllib.request


def lambda_handler(event, context):
    body = json.dumps({
        "Status": "SUCCESS",
        "PhysicalResourceId": context.log_stream_name,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
    }).encode()
    request = urllib.request.Request(event["ResponseURL"], data=body, method="PUT")
    urllib.request.urlopen(request, timeout=5)
    if event["RequestType"] == "Delete":
        return
    return {"PhysicalResourceId": "x", "Data": {"a": 1}}
