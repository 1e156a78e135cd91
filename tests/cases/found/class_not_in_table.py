from datetime import datetime
from decimal import Decimal

PLAIN = {Decimal: float}


def plain(value):
    return PLAIN[type(value)](value) if type(value) in PLAIN else value


def lambda_handler(event, context):
    return {"at": plain(datetime.now()), "sum": plain(Decimal("1.5"))}  # LL202
