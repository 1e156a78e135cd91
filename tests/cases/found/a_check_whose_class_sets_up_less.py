"""A method of a base class reads what its own `__init__` sets, and one of the classes below has another."""

import re


class Check:
    def __init__(self):
        self.faults = []

    def run(self, form):
        if not self.holds(form.get(self.field)):
            self.faults.append(self.field)  # LL208
        return self.faults  # LL208


class Present(Check):
    field = "title"

    def holds(self, value):
        return bool(value)


class Shaped(Check):
    field = "code"

    def __init__(self, shape=r"[A-Z]{3}\d+"):
        self.shape = re.compile(shape)

    def holds(self, value):
        return isinstance(value, str) and bool(self.shape.fullmatch(value))


def lambda_handler(event, context):
    faults = []
    for check in (Present(), Shaped()):
        faults.extend(check.run(event))
    return {"faults": faults}
