def lambda_handler(event, context):
    policy = {
        "principalId": "user",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}],
        },
        "context": {"status_code": 200, "body": "a"},
    }
    if event["headers"].get("x-token") != "abc":
        raise Exception("Unauthorized")
    return policy
