"""What is counted by pairs has pairs as keys, which JSON has not."""

from collections import Counter


def count_pairs(rows):
    return Counter((row["region"], row["status"]) for row in rows)


def handler(event, context):
    rows = event["rows"]
    report = event.get("report")
    if report == "all":
        return {"counts": dict(count_pairs(rows))}  # LL202
    if report == "listed":
        return Counter([(row["region"], row["status"]) for row in rows])  # LL202
    if report == "updated":
        seen = Counter()
        for row in rows:
            seen.update([(row["region"], row["status"])])
        return seen  # LL202
    if report == "by region":
        return Counter(row["region"] for row in rows)
    if report == "written out":
        return [{"region": region, "status": status, "n": n} for (region, status), n in count_pairs(rows).items()]
    if report == "letters":
        return Counter(str(event["rows"]))
    return {"top": count_pairs(rows).most_common(3)}
