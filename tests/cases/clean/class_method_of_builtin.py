"""What `now()` of a class below datetime makes is of that class, and `type(v)` says so."""

from datetime import datetime, timedelta


class Stamp(datetime):
    @classmethod
    def tomorrow(cls):
        return super().now() + timedelta(days=1)

    def shown(self):
        return self.isoformat(timespec="seconds")


class Tally(dict):
    pass


WRITERS = {Stamp: Stamp.shown, float: str}


def write(value):
    return WRITERS[type(value)](value) if type(value) in WRITERS else value


def handler(event, context):
    started = Stamp.now()
    return {
        "started": write(started),
        "shown": started.shown(),
        "due": str(Stamp.tomorrow()),
        "tally": Tally.fromkeys(["open", "closed"], 0),
    }
