"""A member of an enum is told of where it is put, and not where its class is written."""

from enum import Enum


class State(Enum):
    OPEN = "open"
    DONE = "done"


def handler(event, context):
    history = [State.OPEN]  # LL202
    if event.get("done"):
        return {"state": State.DONE.value}
    return {"history": history}
