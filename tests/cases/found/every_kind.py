def lambda_handler(event, context):
    values = event["values"]
    return {
        "keys": values.keys(),  # LL202
        "sorted": sorted(values),
        "rev": reversed([1, 2]),  # LL202
        "zip": list(zip(values, values)),
        "enum": enumerate(values),  # LL202
        "range": range(3),  # LL202
        "slice": values[1:2],
        "set": {*()},  # LL202
        "frozen": list(frozenset(values)),
        "gen": (x for x in values),  # LL202
        "lam": lambda: 1,  # LL202
        "bytes": b"abc",
        "ba": bytearray(b"x"),  # LL202
        "c": 1j,  # LL202
        "cls": dict,  # LL202
        "dots": ...,  # LL202
    }
