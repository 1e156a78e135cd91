"""Which of the rules LL501-LL506, if any, speaks of a text constant. One fault, one finding: the rules share this
judgement, and each reports its own part of it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lambdalint.checks.provider_tokens import token_in
from lambdalint.checks.secret_names import kind_of, names_user, variable_for, word_set, words
from lambdalint.checks.secret_values import (
    is_placeholder,
    is_sentence,
    is_sequence,
    is_slug,
    is_state,
    looks_generated,
    names_a_secret,
    points_elsewhere,
)
from lambdalint.facts import FileFacts, Literal
from lambdalint.literals import HOLE

#: The code that speaks first where several fit.
PRECEDENCE = ("LL501", "LL502", "LL506", "LL504", "LL505", "LL503")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A secret: the rule that names it, the literal, what it is bound to, what it is, at most four characters of it."""

    code: str
    literal: Literal
    name: str
    what: str
    shown: str = ""


@lru_cache(maxsize=1)
def verdicts(file: FileFacts) -> tuple[Verdict, ...]:
    """Every secret of a file, each once, under the rule that names it best."""
    best: dict[int, Verdict] = {}
    for literal in file.literals:
        verdict = judge(literal, file.lookups) if len(literal.value) > 2 else None
        if verdict is None:
            continue
        key = id(literal.place.node)
        if key not in best or PRECEDENCE.index(verdict.code) < PRECEDENCE.index(best[key].code):
            best[key] = verdict
    return tuple(best.values())


def judge(literal: Literal, lookups: frozenset[str] = frozenset()) -> Verdict | None:
    """What a literal gives away, or None. `lookups` are names by which the file looks something up."""
    text, context = literal.value.strip(), literal.context
    named = context.name if context.binding not in ("", "argument") else ""
    kind = kind_of(named) if named else ""
    for verdict in (
        _aws(literal, text, named, kind),
        _token(literal, text, named, kind),
        _private_key(literal, text, named),
        _default(literal, text, named, kind),
        _url(literal, text, named),
    ):
        if verdict is not None:
            return verdict
    if context.binding == "member" or (named in lookups and context.binding in ("variable", "field", "attribute")):
        return None
    return _bound(literal, text, named, kind) or _inner(literal, text) or _header(literal, text, named)


def mask(text: str) -> str:
    """At most the first four characters of a secret, and none of a short one."""
    return f"{text[:4]}..." if len(text) >= 16 else "..."


# -- LL501 -------------------------------------------------------------------------------------------------------

_KEY_ID = re.compile(r"(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])")
_SECRET_KEY = re.compile(r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")


def _aws(literal: Literal, text: str, named: str, kind: str) -> Verdict | None:
    found = _KEY_ID.search(text)
    if found and found.group() == text and (named or not text.endswith("EXAMPLE")):
        return Verdict("LL501", literal, named, "an AWS access key ID", mask(text))
    if found and _SECRET_KEY.search(text) and not found.group().endswith("EXAMPLE"):
        return Verdict("LL501", literal, named, "an AWS key pair", mask(found.group()))
    if kind in ("aws-key", "aws-token"):
        what = "an AWS secret access key" if kind == "aws-key" else "an AWS session token"
        if _is_secret_key(text) or (looks_generated(text) and not is_placeholder(text) and not points_elsewhere(text)):
            return Verdict("LL501", literal, named, what, mask(text))
    if _is_secret_key(text) and named and any(map(_KEY_ID.fullmatch, literal.siblings.values())):
        return Verdict("LL501", literal, named, "an AWS secret access key", mask(text))
    return None


def _is_secret_key(text: str) -> bool:
    """Forty characters of base64, of every sort: neither a path nor a digest."""
    return bool(_SECRET_KEY.fullmatch(text)) and all(re.search(sort, text) for sort in ("[a-z]", "[A-Z]", "[0-9]"))


# -- LL502, LL506 ------------------------------------------------------------------------------------------------


def _token(literal: Literal, text: str, named: str, kind: str) -> Verdict | None:
    token = token_in(text, f"{named} {literal.context.callee} {literal.context.container}")
    if token is None or not (token.issued or kind):
        return None
    return Verdict("LL502", literal, named, token.provider, mask(token.text))


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
    if _credentials(text) is not None:
        return Verdict("LL504", literal, named, "an address with a password")
    if not kind or kind.startswith("aws") or points_elsewhere(text) or is_sentence(text):
        return None
    if kind in ("key", "token", "auth", "secret-name", "pass") and text.lower() in _NO_DEFAULT:
        return None
    if kind == "secret-name" and is_slug(text) and not text.isalpha():
        return None
    if text == named or text.lower() in ("true", "false", "none", "null"):
        return None
    return Verdict("LL504", literal, named, _NOUNS[kind])


_URL = re.compile(
    rf"[a-z][a-z0-9+.-]*://(?P<user>[^\s:/?\#@'\"<>]*):(?P<password>[^\s/@'\"<>]+)@(?P<host>[^\s/'\"<>:?,@]+|{HOLE})",
    re.I,
)
_CONNECTS = re.compile(r"connect|engine|client|from_url|pool|database|proxy", re.I)
_PROSE = word_set("help description example message msg title usage epilog")
_MODEL_PASSWORD = word_set("password pass passwd pwd pw secret p")


def _credentials(text: str) -> re.Match[str] | None:
    if "://" not in text or "@" not in text:
        return None
    for match in _URL.finditer(text):
        if not is_placeholder(match["password"]) and not match["password"].startswith("$"):
            return match
    return None


def _url(literal: Literal, text: str, named: str) -> Verdict | None:
    match = _credentials(text)
    if match is None:
        return None
    user, password, host = match["user"].lower(), match["password"].lower(), match["host"].lower()
    if user == password and host in ("localhost", "127.0.0.1", "0.0.0.0"):
        return None  # what a development server is born with, and only this machine reaches it
    bound = (named and named not in _PROSE) or _CONNECTS.search(literal.context.callee)
    if password in _MODEL_PASSWORD and (is_sentence(text) or not bound):
        return None  # shows what such an address looks like
    return Verdict("LL505", literal, named, match["user"].replace(HOLE, "..."))


# -- LL503 -------------------------------------------------------------------------------------------------------

_NOUNS = {
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
_VERBS = word_set("get fetch load read retrieve default")


def _bound(literal: Literal, text: str, named: str, kind: str) -> Verdict | None:
    """A secret by the name that it is bound to."""
    container = literal.context.container
    if not kind and container.lower().endswith("s") and (looks_generated(text) or _tells(kind_of(container), text)):
        kind, named = kind_of(container), container
    if not kind or len(text) < 4 or kind.startswith("aws") or is_placeholder(text) or points_elsewhere(text):
        return None
    if literal.context.binding == "return" and len(words(named)) > 2 and words(named)[0] not in _VERBS:
        return None
    if kind == "auth":
        return None  # the value of a header: _header reads it
    paired = _paired(literal, named)
    if is_sentence(text) and not (paired and kind == "password" and len(text.split()) < 5):
        return None
    binding = literal.context.binding
    settled = binding == "environment" or (binding == "subscript" and named.isupper())
    if not _opens(text, named, kind, paired, settled):
        return None
    return Verdict("LL503", literal, named, _NOUNS[kind], mask(text))


def _opens(text: str, named: str, kind: str, paired: bool, settled: bool) -> bool:
    """Whether a text bound to a name of this kind is the secret itself. `settled`: it is assigned to a setting, as in
    `config["MAIL_PASSWORD"] = "password"`, so it is no name of one."""
    if kind in ("key", "token"):
        return looks_generated(text) or (kind == "key" and paired and not names_a_secret(text, named))
    if paired:
        return text.lower() not in ("pass", "test") and (not is_state(text) or text.lower() in ("password", "secret"))
    if is_state(text) or (kind != "password" and is_sequence(text)):
        return False
    if names_a_secret(text, named) and not (settled and text.lower() != named.lower() and len(words(named)) > 1):
        return False
    telling = not text.isalpha() and not is_slug(text)
    if kind in ("secret-name", "pass"):
        return telling and len(text) >= 6
    if kind == "secret":
        return len(text) >= 6
    return not (text.isalpha() and text.istitle())  # "Passwort": what a form shows


def _paired(literal: Literal, named: str) -> bool:
    """Whether the user's name stands beside it: `connect(user="admin", password="...")`, `DB_USER = "admin"`."""
    block = isinstance(literal.context.scope, list)
    prefix = words(named)[:-1]
    for name, value in literal.siblings.items():
        if not names_user(name) or is_placeholder(value) or (points_elsewhere(value) and "@" not in value):
            continue
        own = words(name)
        if set(words(value)) <= {*own, "user", "username", "name"} and value.lower() not in ("user", "username"):
            continue
        if value.lower() in (name.lower(), "username") or is_state(value):
            continue
        if not block or own[: len(prefix)] == prefix[: len(own) - 1]:
            return True
    return False


_PAIR = re.compile(
    r"""(?P<key>["']?[A-Za-z][\w.-]*["']?)\s*(?P<sign>:|=)\s*(?:"(?P<double>[^"\n]{3,200})"|'(?P<single>[^'\n]{3,200})'
        |(?P<bare>[^\s"',;&]{3,200}))""",
    re.VERBOSE,
)
_SQL = re.compile(r"\b(?:IDENTIFIED\s+BY|PASSWORD)\s+'(?P<value>[^'\n]{3,200})'", re.IGNORECASE)


def _inner(literal: Literal, text: str) -> Verdict | None:
    """A secret inside a longer text: JSON, `host=db password=...`, `Uid=sa;Pwd=...;`, SQL."""
    if len(text) < 12 or literal.context.binding == "comparison":
        return None
    for name, value, quoted in _pairs(text):
        kind = kind_of(name)
        if not kind or is_placeholder(value) or points_elsewhere(value) or value[0] in ":?%$@({[":
            continue
        if is_state(value) or names_a_secret(value, name) or is_sentence(value):
            continue
        if (quoted and kind == "password" and len(value) > 3) or looks_generated(value) or _tells(kind, value):
            return Verdict("LL503", literal, name, _NOUNS[kind], mask(value))
    return None


def _tells(kind: str, value: str) -> bool:
    """Whether a text that is bound loosely to a name of this kind shows by itself that it is a secret."""
    if len(value) < 6 or value.isalpha() or value.isdigit():
        return False
    return kind == "password" or (kind == "secret" and not is_slug(value))


def _pairs(text: str) -> Iterator[tuple[str, str, bool]]:
    """Names and values inside a text, and whether the value is quoted."""
    if "'" in text:
        for match in _SQL.finditer(text):
            yield "password", match["value"], True
    if "=" not in text and ":" not in text:
        return
    matches = list(_PAIR.finditer(text))
    settings = sum(match["sign"] == "=" for match in matches) > 1 and "(" not in text
    for match in matches:
        key, quoted = match["key"], match["double"] or match["single"]
        if quoted and (match["sign"] == "=" or key[0] in "\"'"):
            yield key.strip("\"'"), quoted, True
        elif match["bare"] and ((settings and match["sign"] == "=") or looks_generated(match["bare"])):
            yield key.strip("\"'"), match["bare"], False


_SCHEME = re.compile(
    r"(?:^|\bauthorization\b[\"']?\s*:\s*[\"']?)(basic|bearer|token)\s+([\w.=+/~-]{8,})$", re.IGNORECASE
)


def _header(literal: Literal, text: str, named: str) -> Verdict | None:
    """The value of an Authorization header, or user and password in one text."""
    if literal.context.callee.endswith("b64encode") and re.fullmatch(r"[\w.@+-]+:[^\s:/]{4,}", text):
        if not is_placeholder(text):
            return Verdict("LL503", literal, named or "Authorization", "user and password")
    match = _SCHEME.search(text)
    if match is not None:
        scheme, credentials = match.group(1).lower(), match.group(2)
        plain = _decoded(credentials) if scheme == "basic" else None
        if plain is not None and plain.partition(":")[2] and not is_placeholder(plain):
            return Verdict("LL503", literal, named or "Authorization", "user and password", mask(credentials))
        if scheme != "basic" and len(credentials) >= 16 and looks_generated(credentials):
            return Verdict("LL503", literal, named or "Authorization", "a token", mask(credentials))
        return None
    if kind_of(named) != "auth" or is_placeholder(text) or points_elsewhere(text) or is_sentence(text):
        return None
    if re.fullmatch(r"[\w.@+-]{2,}:[^\s:]*[\d\W_][^\s:]*", text) or (looks_generated(text) and len(text) >= 16):
        return Verdict("LL503", literal, named, "a credential", mask(text))
    return None


def _decoded(text: str) -> str | None:
    try:
        plain = base64.b64decode(text, validate=True).decode()
    except ValueError:
        return None
    return plain if plain.isprintable() else None


def environment_read(name: str) -> str:
    """How to read the value instead: `os.environ["DB_PASSWORD"]`."""
    return f'os.environ["{variable_for(name)}"]'
