"""A variable that the rounds bind anew, while something else still holds what it was bound to."""

from dataclasses import dataclass, field, replace


@dataclass
class Step:
    name: str
    done: bool = False
    before: "Step | None" = None
    notes: list = field(default_factory=list)


def lambda_handler(event, context):
    step = Step("start")
    last = step
    seen = [step]
    for name in event.get("steps", []):
        last = step
        step = replace(step, name=name, before=step, notes=[*step.notes, name])
        seen.append(step)
    step.done = True
    if not last.done:  # another one, as soon as there is a round
        print(last.name.upper(), len(seen))
    totals = {}
    for one in event.get("counts", []):
        totals = {**totals, one["key"]: totals.get(one["key"], 0) + int(one["n"])}
    rows = []
    for one in event.get("rows", []):
        rows = rows + [{"id": one["id"]}]
    for row in rows:
        row["seen"] = True
    return {"step": step.name, "totals": totals, "rows": rows, "was": last.done}
