"""A chain of objects of which each hands on to the next: the last has nobody to ask."""

import json


class Desk:
    def __init__(self, next_desk=None):
        self.next_desk = next_desk

    def ask(self, visitor):
        if self.knows(visitor):
            return {"statusCode": 200, "body": json.dumps({"desk": type(self).__name__})}
        if self.next_desk is not None:  # LL201
            return self.next_desk.ask(visitor)


class Door(Desk):
    def knows(self, visitor):
        return not isinstance(visitor.get("age"), int)


class Hall(Desk):
    def knows(self, visitor):
        return visitor["age"] < 12


class Office(Desk):
    def knows(self, visitor):
        return visitor["age"] < 65


DESKS = Door(Hall(Office()))


def handler(event, context):
    if event["httpMethod"] != "POST":
        return {"statusCode": 405, "body": ""}
    return DESKS.ask(json.loads(event["body"] or "{}"))
