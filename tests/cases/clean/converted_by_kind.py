import dataclasses
import inspect
import json
from datetime import datetime, timezone


@dataclasses.dataclass
class Order:
    id: str
    when: datetime


def plain(value):
    if dataclasses.is_dataclass(value):
        return plain(dataclasses.asdict(value))
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if type(value).__name__ == "datetime":
        return value.isoformat()
    if inspect.isgenerator(value):
        return list(value)
    if hasattr(value, "__dict__"):
        return vars(value)
    try:
        json.dumps(value)
    except TypeError:
        return str(value)
    return value


def lambda_handler(event, context):
    order = Order(event["id"], datetime.now(timezone.utc))
    return {"order": plain(order), "sizes": plain(size for size in (1, 2)), "at": plain(order.when)}
