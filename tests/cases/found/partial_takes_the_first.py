"""A partial gives by keyword what the event then comes in for."""

from functools import partial


def dispatch(registry, event, context):
    return registry.get(event["action"], "unknown")


lambda_handler = partial(dispatch, registry={"ping": "pong"})  # LL101
