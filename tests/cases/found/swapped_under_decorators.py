"""The parameters of a handler that decorators hand the event and the context to stand the wrong way round."""

import functools


def told(function):
    @functools.wraps(function)
    def wrapper(event, context):
        print("start", context.aws_request_id, event.get("id"))
        try:
            return function(event, context)
        finally:
            print("end")

    return wrapper


@told
def handler(context, event):  # LL104
    return {"id": event["id"], "request": context.aws_request_id}
