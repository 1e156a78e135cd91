"""What a name says of the value bound to it: the name's last word decides. `db_password` holds a password,
`password_policy` does not."""

from __future__ import annotations

import re
from functools import lru_cache

from lambdalint.literals.words import word_set, words

_NAME = re.compile(r"^[\w.$ -]{1,80}$")

#: Words after the noun that change nothing: `password_prod`, `secret_default`, `token_b64`.
_TRAILING = word_set(
    """
    prod production dev staging stage test testing live local default defaults value val str string text plain plaintext
    raw old current b64 base64 encoded bytes here literal const en hex primary secondary main
    """
)
#: Words anywhere in a name by which its author says that the value is none.
_PRETENDED = word_set(
    """
    fake dummy mock example sample placeholder redacted masked invalid wrong bad incorrect
    """
)
#: `has_password`, `reset_password`: a question, an action or its outcome.
_ACTIONS = word_set(
    """
    is has with without use needs need require requires required forgot forgotten reset change changed show hide no
    validate check verify hash generate create make update set encrypt decrypt rotate parse prompt ask mask redact
    format build send refresh revoke exchange decode encode allow min max per enter type confirm_text
    """
)
#: What a name that begins with one of these tells the name of: `TABLE_AUTH`, `bucket_credentials`.
_RESOURCES = word_set("table bucket queue topic stream index column field collection param parameter arn")
#: `db_pass` is a password; `first_pass` is not, so `pass` by itself proves little.
_LOGINS = word_set(
    """
    db database user admin root mysql postgres pg redis smtp mail email ftp sftp ssh login mongo rabbit rabbitmq mq
    proxy ldap sql
    """
)
_PASSWORDS = word_set("password passwd pwd passphrase passcode passw pswd")
_STRONG_SECRETS = word_set(
    """
    client app application jwt cookie session signing shared webhook hmac api consumer auth oauth token master flask
    refresh access django crypto encryption bot channel
    """
)
_KEYS = word_set(
    """
    api access private encryption encrypt decryption signing sign auth account master shared secret ssh rsa aes crypto
    cipher hmac jwt app application client deploy license subscription storage consumer webhook functions admin fernet
    security integration write ingest server service stripe openai sendgrid twilio mailgun datadog dd pagerduty newrelic
    github gitlab slack algolia gemini anthropic google maps weather openweather aws azure firebase
    """
)
_RUN_TOGETHER_KEYS = word_set(
    """
    apikey appkey accesskey privatekey authkey masterkey accountkey encryptionkey signingkey subscriptionkey
    """
)
#: Tokens that open nothing: cursors, request ids, what a parser or a language model reads.
_OTHER_TOKENS = word_set(
    """
    next page pagination paging continuation client request idempotency csrf xsrf task eos bos sos pad padding unk
    unknown sep cls mask special start stop end begin cancel cancellation sync callback first last previous prev current
    parse separator number string operator comment expired missing resume marker max min num total input output prompt
    completion contract image text nft public dkim verification join split match delimiter marker placeholder sentinel
    postman
    """
)

#: Who calls its tokens "personal access tokens": `GITHUB_PAT`.
_PATS = word_set("github gh gitlab azure devops ado databricks airtable")


@lru_cache(maxsize=4096)
def kind_of(name: str) -> str:
    """What a value of this name is, or "":

    password, pass (`pass` alone: weak), secret (`client_secret`, `secret_key`), secret-name (a bare `secret`, which is
    as often the name of one), key, token, auth (a header's value, or user and password), aws-id, aws-key, aws-token.
    """
    parts = list(words(name)) if _NAME.match(name) else []
    if not parts or _PRETENDED.intersection(parts):
        return ""
    while len(parts) > 1 and (parts[-1] in _TRAILING or parts[-1].isdigit()):
        parts.pop()
    last = parts[-1]
    if len(last) > 4 and last.endswith("s") and last not in ("access", "pass"):
        last = last[:-1]
    before = parts[-2] if len(parts) > 1 else ""
    if before in _ACTIONS or (len(parts) > 1 and parts[0] in _ACTIONS | _RESOURCES):
        return ""
    return _aws(parts) or _noun(parts, before, last)


def _aws(parts: list[str]) -> str:
    joined = "_".join(parts)
    if re.search(r"access_?key_?id$", joined):
        return "aws-id"
    if joined.endswith("secret_access_key") or re.search(r"aws_(\w+_)?secret(_key)?$", joined):
        return "aws-key"
    return "aws-token" if joined in ("aws_session_token", "session_token", "aws_security_token") else ""


def _noun(parts: list[str], before: str, last: str) -> str:
    if last in _PASSWORDS or last.endswith(("password", "passwd", "passphrase")):
        return "password"
    if before == "pass" and last in ("word", "phrase", "code", "wd"):
        return "password"
    if last == "pass":
        return "password" if before in _LOGINS else "pass"
    if last.endswith("secret"):
        return "secret" if before in _STRONG_SECRETS or last != "secret" else "secret-name"
    if last == "secretkey" or (before == "secret" and last in ("key", "token")):
        return "secret"
    if last in _RUN_TOGETHER_KEYS or (last == "key" and before in _KEYS):
        return "key"
    if parts == ["tokens"]:
        return ""  # what a lexer cuts a text into
    if last.endswith("token") and not (_OTHER_TOKENS & {*parts[:-1], last[:-5]}):
        return "token"
    if last in ("jwt", "bearer") or (last == "pat" and before in _PATS):
        return "token"
    return "auth" if last in ("auth", "authorization", "credential", "cred", "creds", "basicauth") else ""


_USERS = word_set("user username login usr uid userid email mail")


def names_user(name: str) -> bool:
    """Whether a name holds who logs in: `user`, `DB_USERNAME`, `user_name`."""
    parts = words(name)
    return bool(parts) and (parts[-1] in _USERS or parts[-2:] == ("user", "name"))


def variable_for(name: str) -> str:
    """The environment variable to read instead: `dbPassword` gives `DB_PASSWORD`."""
    return "_".join(words(name)).upper() or "SECRET"
