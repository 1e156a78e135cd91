"""A table by names that are not known: each of its slots is there once, and each is settled before it is answered."""

from collections import Counter, defaultdict


def readings(lines):
    for line in lines:
        parts = str(line).split(",")
        try:
            yield parts[0].upper(), int(parts[1])
        except (ValueError, IndexError):
            print(f"left out: {parts}")


def counted(lines):
    found = Counter()
    for gate, hour in readings(lines):
        found[gate, hour] += 1
    return found


def lambda_handler(event, context):
    gates = defaultdict(lambda: {"sum": 0, "hours": set()})
    for (gate, hour), number in counted(event.get("lines") or []).items():
        gates[gate]["sum"] += number
        gates[gate]["hours"].add(hour)
    for slot in gates.values():
        slot["hours"] = sorted(slot["hours"])
    return {"gates": gates, "missing": sorted({"A", "B"} - gates.keys())}
