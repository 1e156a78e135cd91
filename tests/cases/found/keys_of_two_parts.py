from collections import defaultdict


def pivot(sales):
    totals = defaultdict(int)
    for sale in sales:
        totals[sale["region"], sale["product"]] += sale["quantity"]
    return totals


def lambda_handler(event, context):
    totals = pivot(event.get("sales", []))
    return {"best": max(totals.values(), default=0), "totals": dict(totals)}  # LL202
