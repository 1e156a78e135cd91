import json
from dataclasses import dataclass, field


@dataclass
class Response:
    status: int = 200
    body: dict = field(default_factory=dict)

    def to_dict(self):
        return {"statusCode": self.status, "body": json.dumps(self.body)}


def lambda_handler(event, context):
    return Response(body={"path": event["path"]}).to_dict()
