from uuid import uuid4
import datetime as dt


def make():
    return {"id": str(uuid4()), "hex": uuid4().hex, "at": dt.datetime.now().isoformat(), "ts": dt.datetime.now().timestamp(), "d": (dt.date.today() - dt.date(2026, 1, 1)).days, "s": f"{dt.date.today():%Y}", "seconds": dt.timedelta(days=1).total_seconds()}


def lambda_handler(event, context):
    return make()
