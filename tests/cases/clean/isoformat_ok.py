import json
from datetime import datetime, timedelta, timezone


def default(value):
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value))


def lambda_handler(event, context):
    now = datetime.now(timezone.utc)
    later = (now + timedelta(days=1)).isoformat()
    days = (now - now).days
    return {"statusCode": 200, "body": json.dumps({"now": now, "later": later, "days": days, "year": now.year}, default=default)}
