"""`records` of another event than Kafka's and Firehose's."""


def handler(event, context):
    totals = {}
    for record in event["records"]:
        totals[record["region"]] = totals.get(record["region"], 0) + record["units"]
    return {"totals": totals, "tiers": [record["tier"] for record in event["records"]]}
