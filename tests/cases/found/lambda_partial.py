from functools import partial


def run(table, event, context):
    return {"table": table, "at": {1, 2}}  # LL202


lambda_handler = partial(run, "orders")
