"""An authorizer that answers with a policy where its event is of its type: whatever else it does is for other callers."""

import json


def lambda_handler(event, context):
    allowed = len(event.get("authorizationToken") or "") > 10
    if event.get("type") == "TOKEN":
        statement = {"Action": "execute-api:Invoke", "Effect": "Allow" if allowed else "Deny"}
        statement["Resource"] = event["methodArn"]
        return {"principalId": "user", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
    return {"statusCode": 200, "body": json.dumps({"allowed": allowed})}
