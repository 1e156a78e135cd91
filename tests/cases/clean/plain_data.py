def lambda_handler(event, context):
    number = event["number"]
    if number % 2 == 0:
        return {"kind": "even", "body": {"n": number}, "status": "done"}
    return {"kind": "odd", "headers": ["a"], "status": "done"}
