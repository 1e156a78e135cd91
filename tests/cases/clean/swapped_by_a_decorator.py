"""A decorator that hands on the context first."""

import functools


def context_first(function):
    @functools.wraps(function)
    def wrapper(event, context):
        return function(context, event)

    return wrapper


@context_first
def handler(context, event):
    return {"id": event["id"], "request": context.aws_request_id}
