def lambda_handler(event, context):
    status = getattr(context, "status", None) or event.get("status")
    response = {}
    response["statusCode"] = int(status)
    response["headers"] = dict(event.get("headers") or {})
    response["body"] = "%s" % event["path"]
    response["multiValueHeaders"] = {"Set-Cookie": [f"a={i}" for i in range(3)]}
    return response
