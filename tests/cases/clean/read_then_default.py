"""A key that was read is there: what a later default or test of it stands for does not happen."""


def lambda_handler(event, context):
    first = event["order"]["id"]
    if "id" not in event["order"]:
        return {"id": {first}}
    return {"first": first, "again": event["order"].get("id", {1}), "order": event.get("order", {2})}
