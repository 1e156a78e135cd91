"""LL201, LL204 and LL308 over code: who calls on the path that gives no answer, and which function forgot it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from .pages import Project

ANSWER = '{"statusCode": 200, "body": "ok"}'


def said(text: str) -> list[tuple[str, int, str]]:
    report = Project(1, {"app.py": dedent(text).replace("ANSWER", ANSWER)}).run()
    assert report.errors == ()
    return [
        (found.code, found.span.start.row, found.severity.value)
        for found in report.findings
        if found.code.startswith("LL")
    ]


@pytest.mark.parametrize(
    "asked",
    [
        'if "requestContext" not in event:',
        'if not event.get("httpMethod"):',
        'if event.get("requestContext") is None:',
        'if not event.get("requestContext", {}):',
        'if not isinstance(event.get("requestContext"), dict):',
        'if event.get("source") == "aws.events":',
        "if event == {}:",
        "if not event:",
        'if not event or "requestContext" not in event:',
        'if "requestContext" not in event or not event:',
    ],
)
@pytest.mark.parametrize("ends", ["return", "return None"])
def test_where_the_event_is_not_one_of_http_no_answer_is_due(asked: str, ends: str) -> None:
    assert said(f"def handler(event, context):\n    {asked}\n        {ends}\n    return {ANSWER}\n") == []


@pytest.mark.parametrize(
    "code",
    [
        """
        def is_http(event):
            return "requestContext" in event

        def handler(event, context):
            if is_http(event):
                return ANSWER
            print("queue")
        """,
        """
        def handler(event, context):
            try:
                method = event["httpMethod"]
            except KeyError:
                return
            return {"statusCode": 200, "body": method}
        """,
        """
        def handler(event, context):
            http = event.get("httpMethod") or event.get("requestContext", {}).get("http", {}).get("method")
            if http is None:
                return
            return {"statusCode": 200, "body": http}
        """,
    ],
)
def test_however_it_is_asked(code: str) -> None:
    assert said(code) == []


def test_what_http_may_send_empty_tells_nothing() -> None:
    code = """
    def handler(event, context):
        if not event.get("queryStringParameters"):
            return
        return {"statusCode": 200, "body": event["httpMethod"]}
    """
    assert said(code) == [("LL201", 4, "error")]


def test_a_payload_that_has_no_such_key_is_still_http() -> None:
    code = """
    def handler(event, context):
        method = event.get("httpMethod") or event["requestContext"]["http"]["method"]
        if method.startswith("P"):
            return {"statusCode": 200, "body": method}
    """
    assert said(code) == [("LL201", 4, "error")]


HELPER = """import json
def create(body):
    if "name" not in body:
        return {"statusCode": 422, "body": "name"}
    print("created", body["name"])

def handler(event, context):
    if event["REST"] == "GET":
        return ANSWER
    return create(json.loads(event["body"]))
"""


@pytest.mark.parametrize(("key", "severity"), [("httpMethod", "warning"), ("routeKey", "warning")])
def test_a_function_that_forgets_a_branch_is_told_where_that_ends(key: str, severity: str) -> None:
    assert said(HELPER.replace("REST", key)) == [("LL201", 5, severity)]


def test_a_function_that_never_answers_is_told_if_all_else_does_and_http_calls() -> None:
    code = HELPER.replace('    if "name" not in body:\n        return {"statusCode": 422, "body": "name"}\n', "")
    assert said(code.replace("REST", "httpMethod")) == [("LL201", 3, "warning")]
    assert said(code.replace("REST", "action")) == []


@pytest.mark.parametrize("annotation", ["None", "dict | None", "Optional[dict]", "'dict | None'", "Union[dict, None]"])
def test_a_function_that_says_it_may_give_none_is_taken_at_its_word(annotation: str) -> None:
    code = "from typing import Optional, Union\nprint(Optional, Union)\n" + HELPER.replace("REST", "action")
    assert said(code.replace("(body):", f"(body) -> {annotation}:")) == []


@pytest.mark.parametrize(("key", "severity"), [("httpMethod", "warning"), ("path", "error")])
def test_a_return_without_a_value_in_a_function_is_told_there(key: str, severity: str) -> None:
    code = HELPER.replace('body["name"])\n', 'body["name"])\n    return\n').replace("REST", key)
    code = code.replace('event["path"] == "GET"', 'len(event["path"]) > 9')
    assert said(code) == [("LL201", 6, severity)]


def test_a_return_without_a_value_may_be_meant_for_what_else_calls() -> None:
    code = HELPER.replace('body["name"])\n', 'body["name"])\n    return\n')
    assert said(code.replace("REST", "action")) == []


def test_each_function_of_a_table_is_told_though_their_paths_meet() -> None:
    code = """
    def create(event):
        if not event["body"]:
            return
        return ANSWER

    def remove(event):
        if not event["body"]:
            print("nothing")
        else:
            return ANSWER

    def handler(event, context):
        return {"POST": create, "DELETE": remove}[event["httpMethod"]](event)
    """
    assert said(code) == [("LL201", 4, "error"), ("LL201", 9, "warning")]


def test_an_enumeration_covers_only_the_path_that_asks_it_all() -> None:
    code = """
    def handler(event, context):
        if event["httpMethod"] == "GET":
            return ANSWER
        elif event["httpMethod"] == "POST":
            print("posted")
    """
    assert said(code) == [("LL201", 6, "error")]


def test_what_contracts_say_of_a_function_that_gives_nothing_on_any_path() -> None:
    code = """
    def skip(event):
        print(event["request"])
        return

    def handler(event, context):
        if event["triggerSource"] == "PreSignUp_SignUp":
            return skip(event)
        return event
    """
    assert said(code) == [("LL320", 8, "error")]


def test_a_function_that_only_falls_off_its_end_where_the_others_answer_a_trigger() -> None:
    code = """
    def sign_up(event):
        event["response"]["autoConfirmUser"] = True
        return event

    def confirmed(event):
        print(event["userName"])

    HOOKS = {"PreSignUp_SignUp": sign_up, "PostConfirmation_ConfirmSignUp": confirmed}

    def handler(event, context):
        return HOOKS.get(event["triggerSource"], sign_up)(event)
    """
    assert said(code) == [("LL320", 6, "warning")]


def test_none_in_so_many_words_is_no_falling_off() -> None:
    assert said(HELPER.replace("REST", "action").replace('body["name"])', 'body["name"])\n    return None')) == []


def test_an_enumeration_in_the_function_covers_what_is_left() -> None:
    code = """
    def run(event):
        if event["httpMethod"] == "GET":
            return ANSWER
        elif event["httpMethod"] == "POST":
            return ANSWER

    def handler(event, context):
        return run(event)
    """
    assert said(code) == []


def test_what_another_function_makes_for_its_own_use_is_no_answer() -> None:
    code = """
    def ping(found):
        response = {"statusCode": found["status"], "body": found["text"]}
        print(response["statusCode"])

    def handler(event, context):
        ping({"status": 200, "text": "x"})
    """
    assert said(code) == []


def test_the_answer_that_a_function_gives_and_the_handler_lets_go() -> None:
    code = """
    def respond():
        return {"statusCode": 200, "headers": {}, "body": "x"}

    def handler(event, context):
        print(event["httpMethod"])
        respond()
    """
    assert said(code) == [("LL204", 7, "error")]


def test_the_answer_of_a_function_that_a_variable_keeps() -> None:
    code = """
    def respond(status):
        answer = {"statusCode": status, "headers": {}, "body": "x"}
        return answer

    def handler(event, context):
        print(event["httpMethod"])
        answer = respond(400) if event["body"] else respond(200)
        print(answer["statusCode"])
    """
    assert said(code) == [("LL204", 8, "error")]
    assert said(code.replace("respond(400) if", 'dict(ANSWER) if').replace("respond(200)", "ANSWER")) == [
        ("LL204", 8, "error")
    ]


def test_what_another_function_adds_to_an_answer_is_not_where_it_is_built() -> None:
    code = """
    def with_origin(answer):
        answer["headers"] = {"Access-Control-Allow-Origin": "*"}
        return answer

    def handler(event, context):
        print(event["httpMethod"])
        answer = with_origin(
            ANSWER
        )
        print(answer["statusCode"])
    """
    assert said(code) == [("LL204", 9, "error")]


def test_the_answer_that_a_function_makes_and_forgets_for_the_handler() -> None:
    code = """
    def save(event):
        result = {"statusCode": 200, "body": event["path"]}
        print(result["body"])

    def handler(event, context):
        return save(event)
    """
    assert said(code) == [("LL204", 3, "error")]


def test_a_table_of_bound_methods_is_followed() -> None:
    code = """
    class Api:
        def __init__(self):
            self.routes = {"GET": self.get, "POST": self.post}

        def get(self, event):
            return {"statusCode": 200, "body": event["path"]}

        def post(self, event):
            print(event["body"])

    def handler(event, context):
        return Api().routes[event["httpMethod"]](event)
    """
    assert said(code) == [("LL201", 10, "warning")]


@pytest.mark.parametrize(
    ("read", "severities"),
    [
        # SNS and S3 send one record at a time: there may be no second one.
        ('json.loads(record["Sns"]["Message"])', ["warning"]),
        ('record["s3"]["object"]["size"]', ["warning"]),
    ],
)
def test_what_a_second_record_does_is_no_error_where_one_comes_at_a_time(read: str, severities: list[str]) -> None:
    code = f"""
        import json

        def handler(event, context):
            first = None
            for record in event["Records"]:
                value = {read}
                if first is None:
                    first = value
                else:
                    return {{"ids": {{1, 2}}}}
            return None
        """
    assert [severity for _code, _row, severity in said(code)] == severities


def test_what_a_second_item_of_a_request_does_is_an_error() -> None:
    code = """
        import json

        def handler(event, context):
            first = None
            for item in json.loads(event["body"])["items"]:
                if first is None:
                    first = item
                else:
                    return {"statusCode": 200, "body": {"ids": [1, 2]}}
            return {"statusCode": 200, "body": "{}"}
        """
    assert [code for code, _row, severity in said(code) if severity == "error"] == ["LL301"]
