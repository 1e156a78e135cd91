from enum import Enum, IntEnum


class Status(Enum):
    OPEN = "open"
    DONE = "done"


class Level(IntEnum):
    LOW = 1


class Kind(str, Enum):
    A = "a"


def lambda_handler(event, context):
    status = Status.OPEN if event["open"] else Status.DONE
    return {
        "status": status,  # LL202
        "name": status.value,
        "level": Level.LOW,
        "kind": Kind.A,
    }
