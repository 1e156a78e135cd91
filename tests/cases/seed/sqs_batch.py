def lambda_handler(event, context):
    done = []
    for record in event["Records"]:
        done.append({"id": record["messageId"], "length": len(record["body"]), "done": True})

    return {"statusCode": 200, "count": len(done), "results": done}
