import json
import time


def lambda_handler(event, context):
    print(f"{context.function_name} {context.aws_request_id} {context.memory_limit_in_mb} MB")
    time.sleep(1)

    left = context.get_remaining_time_in_millis()
    if left < 5000:
        raise TimeoutError("too little time left")

    return {
        "statusCode": 200,
        "requestId": context.aws_request_id,
        "body": json.dumps({"status": "fine"}),
    }
