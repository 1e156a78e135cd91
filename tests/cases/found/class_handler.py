import json
import uuid


class Service:
    def __init__(self):
        self.items = []

    def add(self, name):
        item = {"id": uuid.uuid4(), "name": name}  # LL202
        self.items.append(item)
        return item


service = Service()


def lambda_handler(event, context):
    item = service.add(event["name"])
    return {"item": item, "text": json.dumps({"id": str(item["id"])})}
