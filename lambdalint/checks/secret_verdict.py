"""What the rules on secrets share: a secret that was found, how much of it may be shown, what to read instead."""

from __future__ import annotations

from dataclasses import dataclass

from lambdalint.checks.secret_names import variable_for
from lambdalint.literals import Literal

#: What a message calls a value of each kind of name.
NOUNS = {
    "password": "a password",
    "pass": "a password",
    "secret": "a secret",
    "secret-name": "a secret",
    "key": "a key",
    "token": "a token",
    "auth": "a credential",
    "aws-key": "a secret",
    "aws-token": "a token",
    "aws-id": "a key",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A secret: the rule that names it, the literal, what it is bound to, what it is, at most four characters of it;
    `part`: the literal says more than the secret; `local`: it opens something on the developer's own machine; `mild`:
    something else speaks for it, so that it is a warning."""

    code: str
    literal: Literal
    name: str
    what: str
    shown: str = ""
    part: bool = False
    local: bool = False
    mild: bool = False


def mask(text: str) -> str:
    """At most the first four characters of a secret, and none of a short one."""
    return f"{text[:4]}..." if len(text) >= 16 else "..."


def environment_read(name: str) -> str:
    """How to read the value instead: `os.environ["DB_PASSWORD"]`."""
    return f'os.environ["{variable_for(name)}"]'
