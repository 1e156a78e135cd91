"""A decorator that forgets to return what it makes."""

import functools


def guarded(function):
    @functools.wraps(function)
    def wrapper(event, context):
        return function(event, context)


@guarded  # LL105
def lambda_handler(event, context):
    return {"name": event["name"]}
