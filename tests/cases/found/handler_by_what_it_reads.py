"""A function that is called `handler` and reads a batch, whatever its parameter is called."""


def handler(readings):  # LL101
    return {"count": len(readings["Records"])}
