"""Objects of types that define no truth are true: what stands behind `and` is what comes of them."""

import hashlib
import ipaddress


def handler(event, context):
    digest = address = None
    for part in event["parts"]:
        digest = digest or hashlib.sha256()
        digest.update(part.encode())
    if "from" in event:
        address = ipaddress.ip_address(event["from"])
    return {"digest": digest and digest.hexdigest(), "from": address and str(address)}
