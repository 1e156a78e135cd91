"""Which of the rules LL501-LL506, if any, speaks of a text constant. One fault, one finding: the rules share this
judgement, and each reports its own part of it."""

from __future__ import annotations

import re
from functools import lru_cache

from lambdalint.checks.hardcoded import hardcoded
from lambdalint.checks.provider_tokens import is_expired, token_in, without_past_addresses
from lambdalint.checks.secret_circumstances import Circumstances
from lambdalint.checks.secret_names import kind_of
from lambdalint.checks.secret_values import (
    asks_for_change,
    is_ciphertext,
    is_placeholder,
    is_sentence,
    is_slug,
    looks_generated,
    names_a_field,
    names_a_secret,
    points_elsewhere,
)
from lambdalint.checks.secret_verdict import NOUNS, Verdict, mask
from lambdalint.facts import FileFacts
from lambdalint.literals import HOLE, Literal
from lambdalint.literals.conditions import is_loopback
from lambdalint.literals.words import word_set, words

#: The code that speaks first where several fit.
PRECEDENCE = ("LL501", "LL502", "LL506", "LL504", "LL505", "LL503")


@lru_cache(maxsize=1)
def verdicts(file: FileFacts) -> tuple[Verdict, ...]:
    """Every secret of a file, each once, under the rule that names it best."""
    best: dict[int, Verdict] = {}
    # A text that asks to be changed, and that the code looks for, it refuses: nothing opens with it.
    refused = {
        literal.value
        for literal in file.literals
        if literal.context.binding == "comparison" and asks_for_change(literal.value)
    }
    for literal in file.literals:
        verdict = judge(literal, file.lookups) if len(literal.value) > 2 else None
        if verdict is None or literal.value in refused:
            continue
        key = id(literal.place.node)
        if key not in best or PRECEDENCE.index(verdict.code) < PRECEDENCE.index(best[key].code):
            best[key] = verdict
    around = Circumstances(file)
    seen = (around.seen(one) if one.code in ("LL503", "LL504", "LL505") else one for one in best.values())
    return tuple(one for one in seen if one is not None)


#: What holds what documentation shows: `model_config = {"json_schema_extra": {"example": {"password": "hunter2!"}}}`.
_SHOWN = word_set("example examples")


def judge(literal: Literal, lookups: frozenset[str] = frozenset()) -> Verdict | None:
    """What a literal gives away, or None. `lookups` are names by which the file looks something up."""
    text, context = without_past_addresses(literal.value.strip()), literal.context
    named = context.name if context.binding not in ("", "argument") else ""
    kind = kind_of(named) if named else ""
    if context.binding == "beside" and not kind:
        named = ""  # what stands before it names something else
    for verdict in (
        _aws(literal, text, named, kind),
        _token(literal, text, named, kind),
        _private_key(literal, text, named),
        _default(literal, text, named, kind),
        _url(literal, text, named),
    ):
        if verdict is not None:
            return verdict
    if is_expired(text) or is_ciphertext(text) or not _SHOWN.isdisjoint(words(context.container)):
        return None
    if context.binding == "member" or (named in lookups and context.binding in ("variable", "field", "attribute")):
        return None
    return hardcoded(literal, text, named, kind)


# -- LL501 -------------------------------------------------------------------------------------------------------

_KEY_ID = re.compile(r"(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])")
_HOLDS_KEYS = word_set("key keys access aws id credential credentials cred creds secret")
_SECRET_KEY = re.compile(r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")


def _aws(literal: Literal, text: str, named: str, kind: str) -> Verdict | None:
    found = _KEY_ID.search(text)
    # The example that AWS publishes stands in many texts; where a credential belongs, it is as wrong as any other.
    if found and found.group() == text and (not text.endswith("EXAMPLE") or _holds_keys(literal, named)):
        return Verdict("LL501", literal, named, "an AWS access key ID", mask(text))
    if found and _SECRET_KEY.search(text) and not found.group().endswith("EXAMPLE"):
        return Verdict("LL501", literal, named, "an AWS key pair", mask(found.group()))
    if kind in ("aws-key", "aws-token"):
        what = "an AWS secret access key" if kind == "aws-key" else "an AWS session token"
        drawn = looks_generated(text) and not is_placeholder(text) and not points_elsewhere(text)
        if _is_secret_key(text) or (drawn and not _is_for_this_machine(literal)):
            return Verdict("LL501", literal, named, what, mask(text))
    if _is_secret_key(text) and named and any(map(_KEY_ID.fullmatch, literal.siblings.values())):
        return Verdict("LL501", literal, named, "an AWS secret access key", mask(text))
    return None


def _is_for_this_machine(literal: Literal) -> bool:
    """Whether what it is handed to asks a service on the machine itself, that takes any key: MinIO, LocalStack."""
    return any(is_loopback(text) for name, text in literal.siblings.items() if name.endswith("endpoint_url"))


def _holds_keys(literal: Literal, named: str) -> bool:
    """Whether a name says that it holds a credential. `key` alone does so beside the other half of a pair."""
    parts = words(named)
    return bool(_HOLDS_KEYS.intersection(parts)) and (
        len(parts) > 1 or any(map(_is_secret_key, literal.siblings.values()))
    )


def _is_secret_key(text: str) -> bool:
    """Forty characters of base64, of every sort: neither a path nor a digest."""
    return bool(_SECRET_KEY.fullmatch(text)) and all(re.search(sort, text) for sort in ("[a-z]", "[A-Z]", "[0-9]"))


#: Calls that open a connection with what they are given.
_CONNECTS = re.compile(r"(?i:connect|engine|client|from_url|pool|database|proxy|login|auth)")
#: Makers of objects, exceptions left out.
_MAKES = re.compile(r"(?:^|\.)[A-Z](?!\w*(?:Error|Exception|Warning)$)\w*$")


# -- LL502, LL506 ------------------------------------------------------------------------------------------------


def _token(literal: Literal, text: str, named: str, kind: str) -> Verdict | None:
    callee = literal.context.callee
    token = token_in(text, f"{named} {callee} {literal.context.container}")
    if token is None or not (token.issued or kind or _CONNECTS.search(callee) or _MAKES.search(callee)):
        return None
    return Verdict("LL502", literal, named, token.provider, mask(token.text), part=token.text != text)


_PEM = re.compile(r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(.*)", re.DOTALL)
_BODY = re.compile(r"[A-Za-z0-9+/=]{16,}")


def _private_key(literal: Literal, text: str, named: str) -> Verdict | None:
    match = _PEM.search(text) if "PRIVATE KEY" in text else None
    if match is None:
        return None
    body = match.group(1).replace("\\n", "\n").partition("-----END")[0]
    if HOLE in body or not _BODY.search(body) or ("..." in body and not kind_of(named)):
        return None
    return Verdict("LL506", literal, named, "a private key")


# -- LL504, LL505 ------------------------------------------------------------------------------------------------

#: Defaults by which a reader sees that the variable is not set: nothing opens with them.
_NO_DEFAULT = word_set(
    """
    test testing local none anonymous disabled unknown missing default demo empty false true
    """
)


def _default(literal: Literal, text: str, named: str, kind: str) -> Verdict | None:
    if literal.context.binding != "environment-default" or is_placeholder(text):
        return None
    kind = kind or kind_of(literal.context.container)
    address = _credentials(text)
    if address is not None:
        return Verdict("LL504", literal, named, "an address with a password", local=_is_local(address))
    if not kind or kind.startswith("aws") or points_elsewhere(text) or is_sentence(text) or names_a_field(text):
        return None
    if kind in ("key", "token") and (len(text) < 6 or text.lower().replace("_", "").replace("-", "") == "changeme"):
        return None
    if kind in ("key", "token", "auth", "secret-name", "pass") and text.lower() in {*_NO_DEFAULT, *words(named)}:
        return None
    if kind == "secret-name" and is_slug(text) and not text.isalpha():
        return None
    if text == named or text.lower() in ("true", "false", "none", "null"):
        return None
    return Verdict("LL504", literal, named, NOUNS[kind])


_URL = re.compile(
    rf"[a-z][a-z0-9+.-]*://(?P<user>[^\s:/?\#@'\"<>]*):(?P<password>[^\s/@'\"<>]+)@(?P<host>[^\s/'\"<>:?,@]+|{HOLE})",
    re.I,
)
_PROSE = word_set("doc docs documentation help description example message msg title usage epilog")
_MODEL_PASSWORD = word_set("password pass passwd pwd pw secret p")
_NAMES = re.compile(r"(?:[a-z]+[_-])*[a-z]+|(?:[A-Z]+[_-])*[A-Z]+")
_MODEL_USER = word_set("user username usr login name u")
_MODEL_HOST = word_set("host hostname server servername endpoint address broker domain h")
#: Domains that are nobody's: https://www.rfc-editor.org/rfc/rfc2606
_DOCUMENTED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid)$", re.IGNORECASE)


def _credentials(text: str) -> re.Match[str] | None:
    if "://" not in text or "@" not in text:
        return None
    for match in _URL.finditer(text):
        pattern = "[^" in match.group() or "(?" in match.group() or _is_model(match)
        if not pattern and not is_placeholder(match["password"]) and not match["password"].startswith("$"):
            return match
    return None


def _is_model(match: re.Match[str]) -> bool:
    """Whether each part of an address is the name of what belongs there, so that it opens nothing:
    `postgresql://USER:PASSWORD@HOST/db`. In capitals user and password alone tell it, as nobody is called so."""
    user, password, host = (words(match[part])[-1:] for part in ("user", "password", "host"))
    named = _NAMES.fullmatch(match["password"]) is not None and _MODEL_PASSWORD.issuperset(password)
    if not named or not _MODEL_USER.issuperset(user):
        return False
    if user and match["user"].isupper() and match["password"].isupper():
        return True
    return _MODEL_HOST.issuperset(host) or _DOCUMENTED.search(match["host"]) is not None


def _url(literal: Literal, text: str, named: str) -> Verdict | None:
    match = _credentials(text)
    if match is None:
        return None
    user, password = match["user"].lower(), match["password"].lower()
    if (user, password) == ("guest", "guest") and _is_local(match):
        return None  # what RabbitMQ is born with
    bound = (named and named.lower() not in _PROSE) or _CONNECTS.search(literal.context.callee)
    model = password in _MODEL_PASSWORD or names_a_secret(match["password"], named)
    if model and (is_sentence(text) or not bound):
        return None  # shows what such an address looks like
    return Verdict("LL505", literal, named, match["user"].replace(HOLE, "..."), local=_is_local(match))


#: What containers of databases and brokers are called, which find each other by these names.
_CONTAINERS = word_set(
    """
    db database postgres postgresql mysql mariadb mongo mongodb redis rabbitmq elasticsearch localstack minio
    """
)


def _is_local(match: re.Match[str]) -> bool:
    """Whether only the machine itself reaches the host, or containers beside one another on it: what opens it opens
    nothing that is deployed, unless it is used again."""
    return is_loopback(match["host"]) or match["host"].lower() in _CONTAINERS
