"""What only a call by hand gives."""


def handler(event, context, *, store):  # LL101
    return {"found": store.get(event["id"])}


def by_hand():
    print(handler({"id": "1"}, None, store={"1": "a"}))


if __name__ == "__main__":
    by_hand()
