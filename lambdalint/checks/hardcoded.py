"""LL503: a secret that is told by the name it is bound to, or by the text around it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from lambdalint.checks.secret_names import kind_of, names_user
from lambdalint.checks.secret_values import (
    boasts,
    is_caption,
    is_placeholder,
    is_sentence,
    is_sequence,
    is_slug,
    is_state,
    looks_generated,
    names_a_secret,
    names_its_like,
    points_elsewhere,
)
from lambdalint.checks.secret_verdict import NOUNS, Verdict, mask
from lambdalint.literals import Literal
from lambdalint.literals.words import word_set, words

#: How the tokens of some providers begin, whatever their length.
_ISSUED = re.compile(r"(?:gh[pousr]_|github_pat_|[sr]k_(?:live|test)_|sk-|xox[abp]-|glpat-|hf_|npm_)(?=\w*\d)\w{4,}")
#: `DB_PASSWORD = "password"` is a password, `CONF_PASSWORD = "password"` the name of a field.
_OWNERS = word_set("db database mysql postgres postgresql redis mongo admin root smtp ftp sftp ssh rds service")
_VERBS = word_set("get fetch load read retrieve default")


def hardcoded(literal: Literal, text: str, named: str, kind: str) -> Verdict | None:
    """The secret in a text, which is bound to a name of this kind ("" for none), or None."""
    return _bound(literal, text, named, kind) or _inner(literal, text) or _header(literal, text, named)


def _bound(literal: Literal, text: str, named: str, kind: str) -> Verdict | None:
    """A secret by the name that it is bound to."""
    container = literal.context.container
    if not kind and container.lower().endswith("s") and (looks_generated(text) or _tells(kind_of(container), text)):
        kind, named = kind_of(container), container
    if not kind or len(text) < 4 or kind.startswith("aws") or is_placeholder(text) or points_elsewhere(text):
        return None
    if text.isalpha() and _tells_states(literal):
        return None
    if literal.context.binding == "beside" and not (len(text) >= 16 and looks_generated(text)):
        return None  # where a secret is kept, or what is said of it
    if literal.context.binding == "return" and len(words(named)) > 2 and words(named)[0] not in _VERBS:
        return None
    if kind == "auth":
        return None  # the value of a header: _header reads it
    paired = _paired(literal, named)
    if is_sentence(text) and not (
        len(text.split()) < 5 and kind in ("password", "secret") and (paired or boasts(text)) and not is_caption(text)
    ):
        return None
    if not _opens(literal, text, named, kind, paired):
        return None
    return Verdict("LL503", literal, named, NOUNS[kind], mask(text))


#: What is called so holds what is shown, or said, of each field.
_SAID = word_set(
    """
    label labels caption captions title titles hint hints message messages error errors problem problems status statuses
    state states type types
    """
)
#: Words that tell a state, and are what users are called too.
_LOGINS = word_set("default guest anonymous local")


def _tells_states(literal: Literal) -> bool:
    """Whether what a word stands among tells of each field how it is, or what is said of it, and holds none:
    `{"password": "good", "secret": False}`, `{"email": "missing", "password": "short"}`, `LABELS = {...}`."""
    context = literal.context
    if isinstance(context.scope, list):
        return False
    if not _SAID.isdisjoint(words(context.container)[-1:]):
        return True
    told = [name for name, text in literal.siblings.items() if is_state(text) and text.lower() not in _LOGINS]
    beside = {*told, *literal.flags} - {context.name}
    return any(kind_of(name) not in ("", "auth") or names_user(name) for name in beside)


#: What people write where any password will do.
_WEAK = word_set("pass test")


def _opens(literal: Literal, text: str, named: str, kind: str, paired: bool) -> bool:
    """Whether a text bound to a name of this kind is the secret itself."""
    if text.lower() in _WEAK or (kind not in ("password", "pass") and names_its_like(text, named)):
        return False
    if kind in ("key", "token"):
        if looks_generated(text, 6 if kind == "key" else 8) or _ISSUED.match(text):
            return True
        if literal.context.binding == "comparison":
            return boasts(text) and kind_of(text) != ""
        return kind == "key" and paired and not names_a_secret(text, named)
    if paired:
        return not is_state(text) or text.lower() in ("password", "secret")
    if is_state(text) or (kind != "password" and is_sequence(text)):
        return False
    if names_a_secret(text, named) and not _settled(literal, text, named, kind):
        return False
    telling = not text.isalpha() and not is_slug(text)
    if kind in ("secret-name", "pass"):
        return telling and len(text) >= 6
    if kind == "secret":
        return len(text) >= 6
    return not (text.isalpha() and text.istitle())  # "Passwort": what a form shows


def _settled(literal: Literal, text: str, named: str, kind: str) -> bool:
    """Whether a word that could name a secret is one here: `config["MAIL_PASSWORD"] = "password"`,
    `jwt.encode(payload, "secret")`, `JWT_SECRET = "secret"`, `DB_PASSWORD = "password"`."""
    context = literal.context
    if context.binding == "keyword" and context.position >= 0:
        return True  # by its position it is the secret
    own = words(named)
    if len(own) < 2 or text.lower() == named.lower():
        return False
    if context.binding == "environment" or (context.binding == "subscript" and named.isupper()):
        return True
    weak = text.lower() in ("password", "secret", "passwd") and context.binding != "key"
    return weak and (own[-2] in _OWNERS or (kind, text) == ("secret", "secret"))


def _paired(literal: Literal, named: str) -> bool:
    """Whether the user's name stands beside it: `connect(user="admin", password="...")`, `DB_USER = "admin"`."""
    block = isinstance(literal.context.scope, list)
    prefix = words(named)[:-1]
    for name, value in literal.siblings.items():
        if not names_user(name) or is_placeholder(value) or (points_elsewhere(value) and "@" not in value):
            continue
        if is_sentence(value):
            continue  # what is said of the field: `"email": "already registered"`
        own = words(name)
        if set(words(value)) <= {*own, "user", "username", "name"} and value.lower() not in ("user", "username"):
            continue
        if value.lower() in (name.lower(), "username") or is_state(value):
            continue
        if not block or own[: len(prefix)] == prefix[: len(own) - 1]:
            return True
    return False


_PAIR = re.compile(
    r"""(?<![\w.-])(?P<key>["']?[A-Za-z][\w.-]{0,80}["']?)[^\S\n]*(?P<sign>:|=)[^\S\n]*(?:"(?P<double>[^"\n]{3,200})"|'(?P<single>[^'\n]{3,200})'
        |(?P<bare>[^\s"',;&]{3,200}))""",
    re.VERBOSE,
)
#: A text that is a program of its own: what it holds is of what it is written into.
_PROGRAM = re.compile(r"^[^\S\n]*(?:def\s+\w+\(|class\s+\w+[(:]|function\s+\w+\()", re.MULTILINE)
_SQL = re.compile(r"\b(?:IDENTIFIED\s+BY|PASSWORD)\s+'(?P<value>[^'\n]{3,200})'", re.IGNORECASE)


def _inner(literal: Literal, text: str) -> Verdict | None:
    """A secret inside a longer text: JSON, `host=db password=...`, `Uid=sa;Pwd=...;`, SQL."""
    if len(text) < 12 or literal.context.binding == "comparison":
        return None
    for name, value, quoted in _pairs(text):
        kind = kind_of(name)
        if value != value.strip():
            continue  # what stands between two quoted words of a sentence
        if (
            not kind
            or value.lower() in _WEAK
            or is_placeholder(value)
            or points_elsewhere(value)
            or value[0] in ":?%$@({["
        ):
            continue
        if is_state(value) or names_a_secret(value, name) or is_sentence(value):
            continue
        if (quoted and kind == "password" and len(value) > 3) or looks_generated(value) or _tells(kind, value):
            program = _PROGRAM.search(text) is not None
            return Verdict("LL503", literal, name, NOUNS[kind], mask(value), part=True, mild=program)
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
            return Verdict("LL503", literal, named or "Authorization", "user and password", part=True)
    match = _SCHEME.search(text)
    if match is not None:
        scheme, credentials = match.group(1).lower(), match.group(2)
        plain = _decoded(credentials) if scheme == "basic" else None
        if plain is not None and plain.partition(":")[2] and not is_placeholder(plain):
            return Verdict(
                "LL503", literal, named or "Authorization", "user and password", mask(credentials), part=True
            )
        made_up = literal.context.binding == "comparison" and boasts(credentials)
        if scheme != "basic" and len(credentials) >= 16 and (made_up or looks_generated(credentials)):
            return Verdict("LL503", literal, named or "Authorization", "a token", mask(credentials), part=True)
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
