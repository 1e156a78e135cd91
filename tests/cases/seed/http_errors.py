import json


def lambda_handler(event, context):
    try:
        user_id = event["pathParameters"]["id"]
        user = {"id": user_id, "name": "Bob", "mail": "bob@example.org"}
        return {
            "statusCode": 200,
            "headers": {"Content-Type": "application/json"},
            "body": json.dumps(user),
        }
    except KeyError:
        return {"statusCode": 400, "body": json.dumps({"error": "no id"})}
    except Exception as error:
        return {"statusCode": 500, "body": json.dumps({"error": str(error)})}
