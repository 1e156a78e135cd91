"""The table of orders."""

import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def find_order(order_id):
    item = table.get_item(Key={"id": order_id}).get("Item")
    if item is None:
        return None
    return {"id": order_id, "status": item["status"], "total": item["total"]}
