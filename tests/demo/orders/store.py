"""The table of orders."""

import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def find_order(order_id):
    answer = table.get_item(Key={"id": order_id})
    return answer.get("Item")
