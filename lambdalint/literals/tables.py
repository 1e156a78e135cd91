"""Names of calls and keywords that tell what a text constant is bound to, or what a name is used for."""

from __future__ import annotations

import re

from lambdalint.literals.model import UNCHANGED

TEXT_METHODS = UNCHANGED | {"format", "replace"}
WRAPPERS = frozenset({"str", "bytes", "bytearray", "SecretStr", "SecretBytes", "b64decode", "b64encode", "fromhex"})
FIELDS = frozenset({"Field", "field", "attrib", "ib"})
OPTIONS = frozenset({"add_argument", "add_option", "option"})
LOOKUP_KEYWORDS = frozenset(
    {"secretid", "secret_id", "secret_name", "secretname", "secret_arn", "name", "parametername", "parameter_name"}
)
LOOKUP_CALL = re.compile(r"(get|fetch|load|read|retrieve)_?\w*(secret|param|env|config|setting|header|ssm)", re.I)
#: How the name of a function begins that is asked for something by its name.
LOOKS_UP = re.compile(r"_?(?:get|fetch|load|read|retrieve|find|resolve|lookup|ssm|secret|param)", re.I)
AUTH_PAIRS = frozenset({"auth", "basic_auth", "http_auth", "proxy_auth"})
ENVIRONMENT = frozenset({"os.environ", "os.environb"})
ENV_READERS = frozenset({"os.getenv", "os.getenvb", *(f"{e}.{m}" for e in ENVIRONMENT for m in ("get", "pop"))})
ENV_DEFAULTS = frozenset({*ENV_READERS, *(f"{e}.setdefault" for e in ENVIRONMENT)})
#: Readers of settings that look into the environment: `config("KEY", default=...)`.
SETTINGS = frozenset({"decouple", "environ", "environs", "starlette"})
#: Arguments that are secret by their place: callee to (position, its keyword, what it is).
SECRET_ARGUMENTS: dict[str, tuple[tuple[int, str, str], ...]] = {
    **dict.fromkeys(
        ("boto3.client", "boto3.resource"),
        (
            (6, "aws_access_key_id", "aws_access_key_id"),
            (7, "aws_secret_access_key", "aws_secret_access_key"),
            (8, "aws_session_token", "aws_session_token"),
        ),
    ),
    **dict.fromkeys(
        ("boto3.Session", "boto3.session.Session"),
        (
            (0, "aws_access_key_id", "aws_access_key_id"),
            (1, "aws_secret_access_key", "aws_secret_access_key"),
            (2, "aws_session_token", "aws_session_token"),
        ),
    ),
    **dict.fromkeys(
        (
            "requests.auth.HTTPBasicAuth",
            "requests.auth.HTTPDigestAuth",
            "requests.auth.HTTPProxyAuth",
            "httpx.BasicAuth",
            "aiohttp.BasicAuth",
        ),
        ((1, "password", "password"),),
    ),
    **dict.fromkeys(("pymysql.connect", "MySQLdb.connect"), ((2, "password", "password"),)),
    **dict.fromkeys(("jwt.encode", "jwt.decode"), ((1, "key", "secret_key"),)),
    "hmac.new": ((0, "key", "secret_key"),),
    "cryptography.fernet.Fernet": ((0, "key", "encryption_key"),),
}
#: A dict's key that holds the value of the name beside it.
PAIRED: dict[str, tuple[str, ...]] = {
    "value": ("name", "key"),
    "parametervalue": ("parameterkey",),
}
