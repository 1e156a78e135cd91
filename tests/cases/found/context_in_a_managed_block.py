"""What a block under a generator's manager raises is raised there again, where nothing catches it."""

import contextlib


class Call:
    def __init__(self, context):
        self._context = context

    def link(self):
        return self._context.log_stream  # LL401


@contextlib.contextmanager
def told(call):
    try:
        yield call
    finally:
        print("done")


@contextlib.contextmanager
def quiet(call):
    try:
        yield call
    except AttributeError:
        print("none of these")


def lambda_handler(event, context):
    with quiet(Call(context)) as call:
        print(call._context.log_group)
    with told(Call(context)) as call:
        print(call.link())
