"""A clause for keys that are missing does not catch that what they are read from is null."""


class BadToken(ValueError):
    pass


def page_of(event):
    parameters = event.get("queryStringParameters", {})
    token = parameters.get("token")  # LL404
    if token:
        raise BadToken(token)
    return parameters["page"]


def handler(event, context):
    print(event["httpMethod"], event["resource"])
    try:
        page = page_of(event)
    except (BadToken, KeyError) as error:
        return {"statusCode": 400, "body": str(error)}
    return {"statusCode": 200, "body": page}
