from dataclasses import asdict, dataclass
from datetime import datetime


@dataclass
class Order:
    id: str
    at: datetime


def lambda_handler(event, context):
    order = Order(event["id"], datetime.now())
    return asdict(order)  # LL202
