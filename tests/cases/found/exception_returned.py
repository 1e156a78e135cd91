def lambda_handler(event, context):
    try:
        return {"value": int(event["n"])}
    except ValueError as error:
        return {"error": error}  # LL202
