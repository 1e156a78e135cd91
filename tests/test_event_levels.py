"""The ways by which handlers come to one record."""

from __future__ import annotations

import pytest

from .test_event_rules import codes

BEFORE = """
import base64, gzip, json, operator
from functools import partial
from elsewhere import ship

def body(record):
    return record["Body"]

def address(context):
    return context["identity"]["source_ip"]
"""


class TestWaysToARecord:
    """`record["Body"]`, which no queue sends, is found by whatever way the handler comes to the record."""

    @pytest.mark.parametrize(
        "way",
        [
            "print({one['messageId']: one['Body'] for one in event['Records']})",
            "print([body(one) for one in event['Records'] if one['messageId']])",
            "for one in [one for one in event['Records'] if one['messageId']]: print(one['Body'])",
            "for text in (one['Body'] for one in event['Records']): print(text)",
            "print(*(one['Body'] for one in event['Records']))",
            "print(list(map(body, event['Records'])))",
            "for text in map(body, event['Records']): print(text)",
            "for number, text in enumerate(map(body, event['Records'])): print(number, text)",
            "print([text for text in map(lambda one: one['Body'], event['Records'])])",
            "print(','.join(map(body, event['Records'])))",
            "print(list(filter(body, event['Records'])))",
            "for number, one in enumerate(event['Records'], 1): print(number, one['Body'])",
            "for one in sorted(event['Records'], key=lambda one: one['messageId']): print(one['Body'])",
            "print(sorted(event['Records'], key=body))",
            "print(max(event['Records'], key=lambda one: one['Body']))",
            "for one in event['Records'].copy(): print(one['Body'])",
            "[one] = event['Records']\nprint(one['Body'])",
            "while event['Records']: print(event['Records'].pop()['Body'])",
            "one, *_ = event['Records']\nprint(one['Body'], len(event['Records']))",
            "print(next(iter(event['Records']))['Body'], len(event['Records']))",
            "print(event['Records'][-1]['Body'], len(event['Records']))",
            "print(event['Records'].pop(0)['Body'], len(event['Records']))",
        ],
    )
    def test_a_key_that_is_never_sent(self, way: str) -> None:
        assert codes(way, "sqs", BEFORE) == ["LL403"]

    @pytest.mark.parametrize(
        "way",
        [
            "later = map(body, event['Records'])",
            "ship(map(body, event['Records']))",
            "try:\n    print(list(map(body, event['Records'])))\nexcept KeyError:\n    pass",
            "try:\n    print(sorted(event['Records'], key=body))\nexcept KeyError:\n    pass",
            "ship(event['Records'])\nprint(event['Records'].pop()['Body'])",
            "for one in event['Records']:\n    one['Body'] = one['body']\n    print(one['Body'])",
        ],
    )
    def test_what_may_not_be_read_or_is_caught(self, way: str) -> None:
        assert codes(way, "sqs", BEFORE) == []
