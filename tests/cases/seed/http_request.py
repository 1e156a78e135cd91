# An API Gateway request, read by get.
def lambda_handler(event, context):
    verb = event.get("httpMethod")
    route = event.get("path")
    wanted = event.get("queryStringParameters", {})

    return {"statusCode": 200, "body": f"Got {verb} for {route}, asked for {wanted}"}
