from aws_lambda_powertools.event_handler import APIGatewayRestResolver

app = APIGatewayRestResolver()


@app.get("/x")
def x():
    return {"a": [1]}


def lambda_handler(event, context):
    return app.resolve(event, context)
