from enum import Enum
import json


class Color(Enum):
    RED = 1

    def __str__(self):
        return self.name


def lambda_handler(event, context):
    colors = [c.value for c in Color]
    names = {c.name: c.value for c in Color}
    return {"statusCode": 200, "body": json.dumps({"c": colors, "n": names, "s": str(Color.RED), "f": f"{Color.RED}"})}
