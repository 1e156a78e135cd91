"""Paths that give nothing: told at the last statement that they run in their function."""

import json
from contextlib import contextmanager, suppress


def ok(body):
    return {"statusCode": 200, "body": json.dumps(body)}


@contextmanager
def told(what):
    print("begin", what)
    try:
        yield what
    finally:
        print("end", what)


def later(names):
    for name in names:
        yield name
        print(name)


def closing_handler(event, context):
    method = event["httpMethod"]
    try:
        return ok(json.loads(event["body"])["a"])
    except (ValueError, KeyError) as error:
        print(method, error)  # LL201
    finally:
        print("done")


def loop_handler(event, context):
    kinds = event["multiValueHeaders"]["accept"]
    for kind in kinds:  # LL201
        print(kind)
        if kind == "text/plain":
            return ok(kind)


def broken_loop_handler(event, context):
    for kind in event["multiValueHeaders"]["accept"]:
        if kind == "text/plain":
            return ok(kind)
        if kind == "*/*":
            print("any")
            break  # LL201
    else:
        return {"statusCode": 406, "body": ""}


def generator_handler(event, context):
    for kind in later(event["multiValueHeaders"]["accept"]):  # LL201
        if kind == "text/plain":
            return ok(kind)
        print("next")


def managed_handler(event, context):
    with told("it") as what, told("them"):
        if event["multiValueHeaders"]:
            return ok(what)
        else:
            print("none")  # LL201


def suppressing_handler(event, context):
    print(event["httpMethod"])
    with suppress(KeyError):  # LL201
        return ok({"/": 1}[event["path"]])


def calling_handler(event, context):
    if event["httpMethod"] == "GET":
        return ok("x")
    else:
        sorted(ok(name)["body"] for name in later(["b", "a"]))  # LL201


def match_handler(event, context):
    match event["path"]:
        case "a":
            return ok("a")
        case "b" if event["httpMethod"] == "GET":
            return ok("b")
        case _:
            for name in ("c", "d"):  # LL201
                print(name)
