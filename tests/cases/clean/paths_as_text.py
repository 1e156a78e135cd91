import json
import os
from pathlib import Path


def lambda_handler(event, context):
    path = Path("/tmp") / event["rawPath"]
    path.write_text("x")
    return {"statusCode": 200, "body": json.dumps({"path": str(path), "name": path.name, "exists": path.exists(), "env": os.environ.get("X"), "all": dict(os.environ), "size": path.stat().st_size, "parts": path.parts})}
