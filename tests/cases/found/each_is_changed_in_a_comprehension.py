"""What a comprehension does to each element of a list, it does to all of them; of a part of them nothing is known."""

from datetime import datetime


def keyed_handler(event, context):
    rows = [{"name": name, "at": datetime.now(), "tags": []} for name in event["names"]]  # LL202
    return {row.pop("name"): row for row in rows}


def popped_handler(event, context):
    rows = [{"name": name, "at": datetime.now(), "tags": []} for name in event["names"]]
    moments = [row.pop("at") for row in rows]
    return {"rows": rows, "count": len(moments)}


def some_handler(event, context):
    rows = [{"name": name, "at": datetime.now(), "tags": []} for name in event["names"]]
    some = [row for row in rows if row["name"]]
    return {"moments": len([row.pop("at") for row in some]), "rows": rows}


def chosen_handler(event, context):
    rows = [{"name": name, "at": datetime.now(), "tags": []} for name in event["names"]]
    return {"moments": len([row.pop("at") for row in rows if row["name"]]), "rows": rows}


def tagged_handler(event, context):
    rows = [{"name": name, "at": datetime.now(), "tags": []} for name in event["names"]]  # LL202
    [row["tags"].append(row.pop("at")) for row in rows]
    return rows
