def lambda_handler(event, context):
    token = event["headers"].get("authorization")
    if token == event["stageVariables"]["token"]:
        return {"isAuthorized": True, "context": {"user": "x"}}
    return {"isAuthorized": False}
