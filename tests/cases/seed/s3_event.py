# Nobody reads the answer to an S3 notification; a status in it harms nothing.
def lambda_handler(event, context):
    for record in event.get("Records", []):
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        size = record["s3"]["object"]["size"]
        print(f"{key} of {bucket} has {size} bytes")

    return {"statusCode": 200, "message": "done"}
