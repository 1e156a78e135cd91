def lambda_handler(event, context):
    for record in event["Records"]:
        image = record["dynamodb"].get("NewImage")
        if not image:
            continue
        print(image)
