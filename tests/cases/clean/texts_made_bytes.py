"""A text is made bytes by its encoding, whichever way that is given."""

import json
import urllib.request


def handler(event, context):
    text = json.dumps({"name": "a"})
    sent = [bytes(text, "utf-8"), bytes(text, encoding="utf-8"), bytes(source=text, encoding="utf-8"), text.encode()]
    request = urllib.request.Request("https://example.com/hook", data=sent[1])
    with urllib.request.urlopen(request) as answer:
        return {"status": answer.status, "sent": len(sent)}
