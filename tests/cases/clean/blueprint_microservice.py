from datetime import datetime
import json


class DateEncoder(json.JSONEncoder):
    def default(self, obj):
        if isinstance(obj, datetime):
            return obj.isoformat()
        return json.JSONEncoder.default(self, obj)


def respond(err, res=None):
    return {
        "statusCode": "400" if err else "200",
        "body": str(err) if err else json.dumps(res, cls=DateEncoder),
        "headers": {"Content-Type": "application/json"},
    }


def lambda_handler(event, context):
    operations = {"GET": lambda x: {"now": datetime.now()}}
    operation = event["httpMethod"]
    if operation in operations:
        return respond(None, operations[operation](event))
    return respond(ValueError(f"Unsupported method {operation}"))
