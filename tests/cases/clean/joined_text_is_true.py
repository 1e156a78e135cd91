"""A text with a letter in it is true, whatever stands beside it: no path goes on without it."""


def policy_for(effect, resource):
    answer = {"principalId": "user"}
    if effect and resource:
        answer["policyDocument"] = {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}],
        }
    return answer


def handler(event, context):
    allowed = event["methodArn"].split("/")[0] + "/*"
    if event["authorizationToken"] == "deny":
        return policy_for("Deny", event["methodArn"] + "*")
    if event["authorizationToken"] == "some":
        return policy_for("Allow", f"{allowed}/GET")
    return policy_for("Allow", allowed)
