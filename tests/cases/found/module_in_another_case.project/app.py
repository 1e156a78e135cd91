"""A module of the package beside the handler that has another name."""

from lib.sources.prices import read  # LL009


def lambda_handler(event, context):
    return read(event)
