from collections import OrderedDict, defaultdict


def lambda_handler(event, context):
    groups = defaultdict(list)
    seen = set()
    for row in event["rows"]:
        groups[row["group"]].append(row["value"])
        seen.add(row["group"])
    result = OrderedDict()
    result["groups"] = groups
    result["count"] = len(seen)
    result.update({"seen": list(seen)})
    result["raw"] = seen  # LL202
    return dict(result)
