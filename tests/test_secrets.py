"""LL501-LL506: what is reported, what is left alone, and that no message gives a secret away.

Test data that has the format of a real token is put together here, so that no push protection stops the repository.
"""

from __future__ import annotations

import pytest
import tomli

from lambdalint.checks import RULES
from lambdalint.checks.provider_tokens import formats, token_in
from lambdalint.facts import FileFacts
from lambdalint.finding import Severity
from lambdalint.source import Source

CODES = ("LL501", "LL502", "LL503", "LL504", "LL505", "LL506")
KEY_ID = "AKIA" + "IOSFODNN7EXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY"
GITHUB = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17"
STRIPE = "sk_live" + "_4eC39HqLyjWDarjtT1zdp7dc"
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA75PQ0zKJmVbeZ6D1\\n-----END RSA PRIVATE KEY-----"


def reports(code: str) -> list[tuple[str, str]]:
    """The rules' codes and messages for a module."""
    facts = FileFacts(Source("app.py", code.encode()))
    assert facts.error is None, code
    return [(rule, report.message) for rule in CODES for report in RULES[rule].judge(facts)]


def codes(code: str) -> list[str]:
    return [rule for rule, _ in reports(code)]


@pytest.mark.parametrize(
    "code",
    [
        f'boto3.client("s3", aws_access_key_id="{KEY_ID}")',
        f'AWS_ACCESS_KEY_ID = "{KEY_ID}"',
        f'os.environ["AWS_SECRET_ACCESS_KEY"] = "{SECRET_KEY}"',
        f'session = boto3.Session("{KEY_ID}")',
        f'config = {{"aws_secret_access_key": "{SECRET_KEY}"}}',
        f'def client(secret_access_key="{SECRET_KEY}"): pass',
        f'aws_secret = "{SECRET_KEY}"',
        'aws_session_token = "' + "FwoGZXIvYXdzEBYaDH" * 8 + '"',
        'key = "' + "ASIA" + 'Y34FZKBOKMUTVV7A"',
        'text = "' + "AKIA" + f'Y34FZKBOKMUTVV7A {SECRET_KEY}"',
    ],
)
def test_aws_keys_are_reported_once(code: str) -> None:
    assert codes("import os\nimport boto3\n" + code) == ["LL501"]


def test_both_halves_of_a_key_pair_are_reported() -> None:
    assert codes(f'KEY = "{KEY_ID}"\nSECRET = "{SECRET_KEY}"') == ["LL501", "LL501"]


def test_constant_handed_to_boto3_is_reported_where_it_stands() -> None:
    code = f'import boto3\nX = "{SECRET_KEY}"\nboto3.client("s3", aws_secret_access_key=X)'
    facts = FileFacts(Source("app.py", code.encode()))
    (report,) = RULES["LL501"].judge(facts)
    assert report.place.span().start.row == 2


@pytest.mark.parametrize(
    "code",
    [
        'boto3.client("dynamodb", aws_access_key_id="test", aws_secret_access_key="test")',
        'os.environ["AWS_ACCESS_KEY_ID"] = "testing"',
        'os.environ["AWS_SECRET_ACCESS_KEY"] = "dummy"',
        'SECRET_KEY = "AWS_SECRET_ACCESS_KEY"',
        'boto3.client("s3", aws_secret_access_key=os.environ["KEY"])',
        f'print("an access key looks like {KEY_ID}")',
        'commit = "' + "0a1b2c3d4e" * 4 + '"',
        'aws_access_key_id = os.environ.get("AWS_ACCESS_KEY_ID", "local")',
    ],
)
def test_what_is_no_aws_key_is_left_alone(code: str) -> None:
    assert codes("import os\nimport boto3\n" + code) == []


TOKENS = [
    GITHUB,
    "github" + "_pat_" + "11ABCDEFG0aBcDeFgHiJkL_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6a7B8c9D",
    "glpat" + "-z_sxgtrfAxKr8q1TPY8Y",
    "xoxb" + "-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
    "https://hooks.slack.com" + "/services/T00000000/B00000000/aBcDeFgHiJkLmNoPqRsTuVwX",
    STRIPE,
    "SG" + ".ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf-09kqeF8tAmbihYzrnopKc-1s5cr",
    "AIza" + "SyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe",
    "sk-proj" + "-aB3dEfGh1jKlMnOpQrStUvWxYz012345",
    "sk-ant" + "-api03-xY7k9mN2pQr4sT6uV8wX0zA1bC3dE5fG",
    "npm_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17",
    "110201543" + ":AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
    "dop_v1" + "_" + "0123456789abcdef" * 4,
    "shpat" + "_" + "0123456789abcdef" * 2,
    "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH",
    "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=" + "aB3dEf+h1j" * 8 + "aB3dEf==",
    "key-" + "0123456789abcdef" * 2,
]


@pytest.mark.parametrize("token", TOKENS)
def test_provider_tokens_are_reported_whatever_they_are_bound_to(token: str) -> None:
    for code in (
        f'x = "{token}"',
        f'API_KEY = "{token}"',
        f'call("{token}")',
        f'h = {{"Authorization": "Bearer {token}"}}',
    ):
        assert codes(code) == ["LL502"], code


def test_token_in_pieces_is_one_token() -> None:
    assert codes(f'x = ("{GITHUB[:10]}"\n     "{GITHUB[10:]}")') == ["LL502"]
    assert codes(f'x = "{GITHUB[:10]}" + "{GITHUB[10:]}"') == ["LL502"]
    assert codes(f'url = f"https://{{user}}:{GITHUB}@github.com/x.git"') == ["LL502"]


def test_token_whose_checksum_fails_speaks_only_under_a_secret_name() -> None:
    forged = GITHUB[:-1] + "8"
    assert codes(f'x = "{forged}"') == []
    assert codes(f'GITHUB_TOKEN = "{forged}"') == ["LL502"]


@pytest.mark.parametrize(
    "code",
    [
        'x = "ghp_' + "x" * 36 + '"',
        'x = "sk_live_..."',
        'x = "pk_live_' + '4eC39HqLyjWDarjtT1zdp7dc"',
        'PREFIX = "ghp_"',
        'x = "sk-learn-is-a-long-hyphenated-name"',
        'x = "glpat-<your token>"',
        'SLACK_BOT_TOKEN = "xoxb-your-token-here"',
        'x = "task_test_something_or_other"',
        'x = "https://hooks.slack.com/services/"',
    ],
)
def test_what_only_begins_like_a_token_is_left_alone(code: str) -> None:
    assert codes(code) == []


def test_signed_web_token_is_reported_where_a_name_says_what_it_is() -> None:
    token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" + ".eyJzdWIiOiI0MiIsIm5hbWUiOiJBZGEifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ"
    assert codes(f'TOKEN = "{token}"') == ["LL502"]
    assert codes(f'x = "{token}"') == []
    public = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" + ".eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ"
    assert token_in(public, "token") is None


def test_a_web_token_that_has_expired_opens_nothing() -> None:
    head, tail = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.", ".c2lnbmF0dXJlLXNpZ25hdHVyZQ"
    past, future = "eyJleHAiOjE2NjM5Nzc5NjJ9", "eyJleHAiOjQxMDI0NDQ4MDB9"  # exp 2022 and 2100
    assert codes(f'TOKEN = "{head + past + tail}"') == []
    assert codes(f'TOKEN = "{head + future + tail}"') == ["LL502"]


@pytest.mark.parametrize(
    "code",
    [
        'DB_PASSWORD = "hunter2"',
        'password = "welcome1"',
        'passwd: str = "s3cr3t!"',
        'self.password = "hunter2"',
        'config["password"] = "hunter2"',
        'os.environ["DB_PASSWORD"] = "hunter2"',
        'settings = {"password": "hunter2"}',
        'settings = {"db": {"Password": "hunter2"}}',
        'connect(host, password="hunter2")',
        'connect(host, user="admin", password="password")',
        'settings = dict(username="admin", passwd="secret")',
        'def connect(host, password="hunter2"): pass',
        'def connect(host, *, api_key="a1b2c3d4e5f6g7h8"): pass',
        'f = lambda password="hunter2": 1',
        'if password == "hunter2": pass',
        'if event["headers"]["x-api-key"] != "a1b2c3d4e5f6g7h8": pass',
        'if hmac.compare_digest(token, "a1b2c3d4e5f6g7h8"): pass',
        'if event.get("password") in ("hunter2", other): pass',
        'match password:\n    case "hunter2": pass',
        'user, password = "admin", "hunter2"',
        'if (password := "hunter2"): pass',
        'class Settings:\n    password: str = "hunter2"',
        'class Settings:\n    password = Field(default="hunter2")',
        'class Settings:\n    password: SecretStr = SecretStr("hunter2")',
        'def get_password():\n    return "hunter2"',
        'password = "hunter2".encode()',
        'password = b"hunter2"',
        'password = a if b else "hunter2"',
        'password = event.get("password", "hunter2")',
        'parser.add_argument("--password", default="hunter2")',
        'requests.get(url, auth=("admin", "hunter2"))',
        'from requests.auth import HTTPBasicAuth\nHTTPBasicAuth("admin", "hunter2")',
        'import jwt\njwt.encode(payload, "s3cr3t-of-mine", algorithm="HS256")',
        'API_KEY = "a1b2c3d4e5f6g7h8"',
        'apiKey = "AbCdEf123456"',
        'X_API_KEY = "1ce1cebb-503e-7043-11aa-7feb8bd4a1ce"',
        'SECRET_KEY = "t8_)kj3v!au0!_i56#gre**mkg0&z1df%3bw(#5^#^5e_64!$_"',
        'JWT_SECRET = "supersecret"',
        'client_secret = "2bb80d537b1da3e38bd30361aa855686bde0eacd"',
        'app.config["MAIL_PASSWORD"] = "password"',
        'token = "9cbaf023786cd7"',
        'access_token = "u-6U1SbDiM6XIH2DcTCPyeub"',
        'headers = {"Authorization": "Basic dXNlcjpwYXNzd2Q="}',
        'headers = {"Authorization": "Bearer a1b2c3d4e5f6g7h8i9j0"}',
        'auth = base64.b64encode(b"sakuya:izayoi")',
        'body = \'{"user": "me", "password": "hunter2"}\'',
        'dsn = "host=db user=app password=hunter2 dbname=orders"',
        'dsn = "DRIVER={ODBC};SERVER=db;UID=sa;PWD=hunter2;"',
        "sql = \"CREATE USER app WITH PASSWORD 'hunter2'\"",
        'environment = [{"name": "DB_PASSWORD", "value": "hunter2"}]',
        'PASSWORDS = {"ada": "l0velace42", "bob": key}',
        'DB_USER = "admin"\nDB_PASSWORD = "password"',
        'FERNET_KEY = "ZmDfcTF7_60GrrY167zsiPd67pEvs0aGOv2oasOM1Pg="',
    ],
)
def test_hardcoded_secrets_are_reported_once(code: str) -> None:
    assert codes("import base64\nimport os\n" + code) == ["LL503"]


@pytest.mark.parametrize(
    "code",
    [
        # names and places of secrets
        'secret_name = "prod/db/password"',
        'secret_id = "prod-db-password"',
        'SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3"',
        'password = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3"',
        'DB_PASSWORD = "/prod/db/password"',
        'secret = "prod/db/password"',
        'SECRET = "prod-db-credentials"',
        'API_KEY_SECRET = "API_KEY_SECRET"',
        'PASSWORD_PARAMETER = "/app/password1"',
        'password = "{{resolve:secretsmanager:db:SecretString:password}}"',
        'SECRET = "MyDatabase42x"\nclient.get_secret_value(SecretId=SECRET)',
        'TOKEN = "a1b2c3d4e5f6"\nevent[TOKEN]',
        # names of fields, headers, variables
        'TABLE_TOKEN_NAME = "token"',
        'password_field = "password"',
        'PASSWORD = "password"',
        'CONF_PASSWORD = "password"',
        'CONF_USERNAME = "username"\nCONF_PASSWORD = "password"',
        'class Keys(Enum):\n    PASSWORD = "hunter2"',
        'columns = {"password": "user_password"}',
        'API_KEY_HEADER = "x-api-key"',
        'token_header = "X-Auth-Token"',
        'api_key = "X-Api-Key"',
        'password_env = "DB_PASSWORD"',
        'password = "DB_PASSWORD"',
        'Secret.from_secrets_manager(secret, "password")',
        # types, states, modes
        'token_type = "bearer"',
        'grant_type = "password"',
        'schema = {"password": "string"}',
        'schema = {"password": {"type": "string", "format": "password"}}',
        'errors = {"password": "required"}',
        'auth = "basic"',
        'authorization = "AWS_IAM"',
        'credentials = "include"',
        'passed = "hunter2"',
        'password_policy = "min8-max64"',
        'tokenizer = "cl100k_base"',
        'max_tokens = "4096"',
        'pad_token = "<pad>"',
        'eos_token = "a1b2c3d4e5"',
        'page = client.list(NextToken="a1b2c3d4e5f6")',
        'client.start(ClientRequestToken="a1b2c3d4e5f6")',
        'if current_token == "rbracket": pass',
        'token = " "',
        'token = ","',
        'if token == "identifier": pass',
        # placeholders
        'password = ""',
        'password = "<your password>"',
        'password = "YOUR_PASSWORD"',
        'api_key = "your-api-key-here"',
        'api_key = "xxxxxxxxxxxx"',
        'password = "********"',
        'password = "REDACTED"',
        'password = "${DB_PASSWORD}"',
        'password = "{{ password }}"',
        'password = "{password}"',
        'password = "%s"',
        'password = "%(password)s" % values',
        'password = f"{prefix}-{suffix}"',
        'password = prefix + "hunter2"',
        'token = "..."',
        'api_key = "TODO"',
        'vault_token = "YOUR_TOKEN"',
        'fake_password = "hunter2"',
        'api_key = "0123456789"',
        'SECRET_KEY = "AAAAAAAAAAAAAAAAAAAA"',
        "connect(\"host=localhost user=test password='test'\")",
        'if password == "wrongPassword": pass',
        'RULES = {"Stolen password": "ACTIVE"}',
        'KINDS = {"shop.api-key": "shop.resources.iam.ApiKey", "shop.secret": "shop.resources.secret.Secret"}',
        'text = f\'Look for an explicit "password"/"pwd" parameter, or "token=" up to the next "&" of {url}\'',
        # prose, addresses, files, patterns
        'PASSWORD_HELP = "at least 8 characters"',
        'errors = {"password": "The password is too short"}',
        'password = "the password that the user gave us"',
        'token_url = "https://example.com/oauth2/token"',
        'token = "https://example.com/oauth2/token"',
        'PASSWORD_PATTERN = r"^(?=.*[A-Z]).{8,}$"',
        'private_key = "certs/private.pem"',
        'password = getpass.getpass("Password: ")',
        'labels = {"password": "Passwort"}',
        'def reset_password():\n    return "changed"',
        'def validate_password(p):\n    return "weak password"',
        'def get_token_type():\n    return "a1b2c3d4e5f6"',
        'sql = "SELECT * FROM users WHERE password = %s AND name = %s"',
        'url = "https://api.example.com/?token=" + token',
        'json.loads(\'{"password": "string", "token": "string"}\')',
        '"""password = "hunter2" """',
        'def f():\n    """password = "hunter2" """',
        'x: Literal["password"] = value',
        'password = os.environ["DB_PASSWORD"]',
        'password = os.getenv("DB_PASSWORD")',
        'password = secrets["password"]',
        'print("password: hunter2")',
        'scopes = {"OAuth": ["read:test", "write:test"]}',
        'partition_key = "a1b2c3d4e5f6"',
        'cache_key = "a1b2c3d4e5f6"',
        'public_key = "a1b2c3d4e5f6a1b2c3d4e5f6"',
        'KMS_KEY = "1ce1cebb-503e-7043-11aa-7feb8bd4a1ce"',
        'tabs = {"tab-secrets": "#secrets-table"}',
        'COMPOSITE_JOIN_TOKEN = "_S3F2COMP_"',
        'FIELD_PASSWORD = "__FIELD_7__"',
        'context = {"secrets.$": "$.context.secrets", "token.$": "$$.Task.Token", "password": "States.UUID()"}',
        'columns = {"password": "VARCHAR(255)", "token": "TEXT NOT NULL"}',
        f'EXAMPLE = "{KEY_ID}"',
        'DOC = "redis://user:password@localhost:6379/0"',
        'types = {"gcp.api-key": "c7n_gcp.resources.iam.ApiKey", "aws.iam-access-key": "c7n.resources.iam.AccessKey"}',
        # what is said of a field, or became of it
        'answer = {"password": "accepted", "secret": False}',
        'answer = {"password": "good", "token": True}',
        'answer = {"username": "taken", "password": "rejected"}',
        'answer = {"email": "already registered", "password": "too short"}',
        'answer = {"email": "missing", "password": "short"}',
        'respond(422, username="accepted", password="rejected")',
        'if result.password == "accepted": pass',
        'client_secret = "provided"',
        'LABELS = {"username": "Benutzer", "password": "kennwort"}',
    ],
)
def test_what_is_no_secret_is_left_alone(code: str) -> None:
    assert codes("import os\nimport json\nimport getpass\n" + code) == []


#: Lines as they stand in handlers.
SECRETS = r"""
API_KEY = "abc123"
API_KEY = "1234567890abcdef"
jwt.encode(p, "secret", algorithm="HS256")
jwt.decode(t, key="secret", algorithms=["HS256"])
hmac.new(b"secret", m, "sha256")
app.secret_key = "super secret key"
JWT_SECRET = "secret"
DB_PASSWORD = "password"
MYSQL_ROOT_PASSWORD = "root"
password = "Password1"
password = "admin"
password = "changeme"
db_pass = "mysecretpw"
GITHUB_TOKEN = "ghp_abc123"
OPENAI_API_KEY = "sk-abc123def456ghi789"
if event["headers"].get("Authorization") != "Bearer my-super-secret-token": pass
if event["authorizationToken"] == "my-secret-token": pass
conn = pymysql.connect(host="h", user="admin", passwd="admin123", db="x")
client = Elasticsearch("https://h", basic_auth=("elastic", "changeme"))
s.login("me@example.com", "hunter2")
ENCRYPTION_KEY = b"0123456789abcdef"
SECRET_KEY = "django-insecure-abc123"
AUTH_TOKEN = "s3cr3t-t0k3n"
headers = {"X-API-Key": "abcd1234"}
creds = {"username": "admin", "password": "password"}
access_token = "q7Xz2LpV9mKd4RtB1234567890"
"""
NO_SECRETS = r"""
secret = get_secret("prod-db-password")
password_param = "db-password-1"
API_KEY_ID = "a1b2c3d4e5"
token_key = "token"
session_key = "user:1234:data"
TOKEN_EXPIRY = "3600s"
TOKEN_ALGORITHM = "RS256"
password_hash = "sha256"
secret_version = "AWSCURRENT"
params = {"SecretId": "db-secret-1", "VersionStage": "AWSCURRENT"}
auth_type = "NONE"
if event["authorizationToken"] == "allow": pass
if token == "unauthorized": pass
if auth_scheme == "Bearer": pass
response = {"token": token, "token_type": "Bearer"}
response = {"error": "invalid_token"}
headers = {"Authorization": "Bearer " + token}
headers = {"Authorization": f"Bearer {token}"}
headers = {"Authorization": "Bearer {}".format(token)}
headers = {"Authorization": "AWS4-HMAC-SHA256"}
cors = {"Access-Control-Allow-Headers": "Content-Type,Authorization,X-Api-Key,X-Amz-Security-Token"}
key = "users/1234abcd"
table.get_item(Key={"id": "abc123def"})
user_pool_id = "us-east-1_AbCdEfGhI"
client_id = "3n4b5urk1ft4fl3mg5e62d9ado"
etag = "d41d8cd98f00b204e9800998ecf8427e"
REQUIRED = ("api_key", "secret")
sql = "UPDATE users SET password = 'x' WHERE id = 1"
form = '<input type="password" name="password" id="password1">'
mapping = {"DB_PASSWORD": "password", "API_KEY": "api_key"}
mapping = {"password": "db_password", "token": "access_token"}
env = {"SECRET": "MyStackDatabaseSecret"}
cdk = Secret(self, "DbSecret1", secret_name="db-secret-1")
API_KEY_SOURCE = "HEADER"
stop_token = "<|endoftext|>"
tokens = ["a1b2c3d4e5", "b2c3d4e5f6"]
anthropic_version = "bedrock-2023-05-31"
modelId = "anthropic.claude-3-sonnet-20240229-v1:0"
types = {"AWS::IAM::AccessKey": "62d91b17309e76c8"}
TABLE = os.environ.get("TABLE_SESSIONS_AUTH", "shop-auth-dev")
help = "Run it with -d postgres://pg_user:pg_password@pg_host:5432/pg_name"
"""


@pytest.mark.parametrize("line", SECRETS.strip().split("\n"))
def test_lines_that_hold_a_secret(line: str) -> None:
    assert codes(f"import hmac\nimport jwt\nimport pymysql\n{line}") == ["LL503"]


@pytest.mark.parametrize("line", NO_SECRETS.strip().split("\n"))
def test_lines_that_hold_none(line: str) -> None:
    assert codes(line) == []


@pytest.mark.parametrize(
    "code",
    [
        'os.environ.get("DB_PASSWORD", "hunter2")',
        'os.environ.get("DB_PASSWORD", default="hunter2")',
        'os.getenv("DB_PASSWORD", "changeme")',
        'os.environ.setdefault("DB_PASSWORD", "hunter2")',
        'password = os.environ.get("DB_PASSWORD") or "hunter2"',
        'password = os.environ.get("PW", None) or "hunter22"',
        'os.getenv("JWT_SECRET", "secret")',
        'os.getenv("SECRET_KEY", "dev")',
        'os.environ.get("GATEWAY_TOKEN", "poc-microvm-token-42")',
        'from os import environ\nenviron.get("API_KEY", "a1b2c3d4")',
        'from os import getenv as g\ng("API_KEY", "a1b2c3d4")',
        'NAME = "DB_PASSWORD"\nos.environ.get(NAME, "hunter2")',
        'DEFAULT = "hunter2"\nos.environ.get("DB_PASSWORD", DEFAULT)',
        'from decouple import config\nconfig("SECRET_KEY", default="hunter2")',
        'os.getenv("DATABASE_URL", "postgres://app:hunter2@localhost/db")',
        'from decouple import config\nconfig("SECRET_KEY", "hunter2")',
        'ask = os.environ.get\nask("DB_PASSWORD", "hunter2")',
        # what a project puts round it: by its name, in another file
        'from settings import env\nenv("DB_PASSWORD", "opensesame")',
        'from settings import env_str\nenv_str("DB_PASSWORD", default="opensesame")',
        'from settings import read_env\nread_env(name="DB_PASSWORD", default="opensesame")',
        'from settings import env\nX = env("DB_PASSWORD") or "opensesame"',
        'import settings\nsettings.env_or_default("DB_PASSWORD", "opensesame")',
        'from settings import getSetting\ngetSetting("SMTP_PASSWORD", "hunter2")',
        'env = Env()\nenv.str("DB_PASSWORD", "opensesame")',
        # and by what it does, in this one
        'def need(key, other):\n    return os.environ.get(key, other)\nneed("DB_PASSWORD", "opensesame")',
        'def need(other, key):\n    return os.environ.get(key) or other\nneed("opensesame", "DB_PASSWORD")',
        'need = lambda key, other=None: os.getenv(f"APP_{key}", other)\nneed("DB_PASSWORD", "opensesame")',
        'class Settings:\n    def text(self, name, other=None):\n        return os.environ.get(name, other)\n\n'
        'Settings().text("DB_PASSWORD", other="opensesame")',
        """
def _raw(key, other):
    try:
        return os.environ[key]
    except KeyError:
        return other

def need(key, *, other=None):
    return _raw(key, other).strip()

need("DB_PASSWORD", other="opensesame")
""",
    ],
)
def test_defaults_of_secret_variables_are_reported_once(code: str) -> None:
    assert codes("import os\n" + code) == ["LL504"]


@pytest.mark.parametrize(
    "code",
    [
        'os.environ.get("DB_PASSWORD", "")',
        'os.environ.get("DB_PASSWORD")',
        'os.environ.get("DB_PASSWORD", fallback)',
        'os.environ.get("DB_HOST", "localhost")',
        'os.environ.get("SECRET_NAME", "prod-db-password")',
        'os.environ.get("DB_SECRET", "prod/db/password")',
        'os.environ.get("API_KEY", "<your key>")',
        'os.environ.get("API_KEY", "test")',
        'os.environ.get("TOKEN_URL", "https://example.com/token")',
        'os.environ.get("TABLE_KEY", "id")',
        'os.environ.get("AWS_SECRET_ACCESS_KEY", "test")',
        'os.environ.get("DATABASE_URL", "postgres://localhost/db")',
        'os.environ.get("NEXT_TOKEN", "a1b2c3d4e5f6")',
        'os.environ.get("BOT_TOKEN") or "123"',
        'os.environ.get("FIELD_PASSWORD") or "accountUserPassword"',
        'os.environ.get("DATABASE_URL", "postgresql://USER:PASSWORD@HOST/db")',
        'env("API_TOKEN", "")',
        'env("DB_PASSWORD", "<set me>")',
        'env("LOG_LEVEL", "INFO")',
        'get_secret("db_password", "eu-west-1")',
        'get_secret("DB_PASSWORD", "password")',
        'get_config("API_KEY", "billing")',
        't("PASSWORD", "kennwort")',
        'raise ApiError("MISSING_API_KEY", "ERR00123")',
        'def env(name, kind):\n    return kind(os.environ[name])\nenv("DB_PASSWORD", "text")',
        'def env(name, kind):\n    return name + kind\nenv("DB_PASSWORD", "text")',
    ],
)
def test_other_defaults_are_left_alone(code: str) -> None:
    assert codes("import os\n" + code) == []


def test_drawn_text_behind_a_name_is_a_secret_whatever_it_is_handed_to() -> None:
    assert codes('need("SIGNING_SECRET", "aJ4kB8Ua4dA09oCXbIDO33chr2z")') == ["LL503"]
    assert codes('need("SIGNING_SECRET", "signing-secret-of-the-api")') == []


def test_better_named_secret_wins_over_a_default() -> None:
    assert codes(f'import os\nos.environ.get("STRIPE_KEY", "{STRIPE}")') == ["LL502"]
    assert codes(f'import os\nos.environ.get("AWS_SECRET_ACCESS_KEY", "{SECRET_KEY}")') == ["LL501"]


@pytest.mark.parametrize(
    "code",
    [
        'url = "postgresql://admin:hunter2@db.internal:5432/orders"',
        'create_engine("mysql+pymysql://root:password@db/orders")',
        'DATABASE_URL = "postgresql://user:password@localhost/db"',
        'DATABASE_URL = "mysql://root:root@localhost:3306/db"',
        'redis.from_url("redis://:hunter2@cache:6379/0")',
        'url = f"postgres://admin:hunter2@{host}/db"',
        'url = f"postgres://{user}:hunter2@{host}/db"',
        'password = "postgres://admin:hunter2@db/orders"',
        'requests.get("https://ada:l0velace@example.com/a")',
        'print("using mongodb://ada:l0velace@db.internal/")',
        'url = "postgresql://user:password@db.internal/orders"',
        'url = "postgresql://user:Tr0ubPw@host/orders"',
        'url = "postgresql://ORDERS:PASSWORD@db.internal/orders"',
    ],
)
def test_addresses_with_a_password_are_reported_once(code: str) -> None:
    assert codes(code) == ["LL505"]


@pytest.mark.parametrize(
    "code",
    [
        'DATABASE_URL = "mysql://root:root@localhost:3306/db"',
        'os.getenv("DATABASE_URL", "postgres://app:hunter2@127.0.0.1/db")',
    ],
)
def test_what_opens_the_machine_itself_is_a_warning(code: str) -> None:
    facts = FileFacts(Source("app.py", code.encode()))
    assert [report.severity for rule in CODES for report in RULES[rule].judge(facts)] == [Severity.WARNING]


def levels(code: str) -> list[str]:
    """The rules' codes for a module, those of warnings in small letters."""
    facts = FileFacts(Source("app.py", f"import json\nimport os\nimport boto3\n{code}\n".encode()))
    assert facts.error is None, code
    return [
        rule.lower() if report.severity is Severity.WARNING else rule
        for rule in CODES
        for report in RULES[rule].judge(facts)
    ]


HOST = 'host = os.getenv("{}", "{}")\npassword = os.getenv("{}", "hunter2")'


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (HOST.format("PGHOST", "localhost", "PGPASSWORD"), "ll504"),
        (HOST.format("DB_HOST", "127.0.0.1", "DB_PASSWORD"), "ll504"),
        (HOST.format("DB_HOST", "localhost", "DB_ROOT_PASSWORD"), "ll504"),
        (HOST.format("RedisEndpoint", "redis://localhost:6379/0", "RedisAuth"), "ll504"),
        ('connect(host=os.getenv("H", "localhost"), password=os.getenv("PASSWORD", "hunter2"))', "LL504"),
        ('connect(host="localhost", password=os.getenv("PASSWORD", "hunter2"))', "LL504"),
        ('connect(host="localhost", user="root", password="hunter2")', "ll503"),
        ('DB_HOST = "localhost"\nDB_PASSWORD = "hunter2"', "ll503"),
        ('db = {"host": "127.0.0.1:3306", "password": "hunter2"}', "ll503"),
        # another host, or one that is given
        (HOST.format("PGHOST", "db.internal", "PGPASSWORD"), "LL504"),
        (HOST.format("REDIS_HOST", "localhost", "DB_PASSWORD"), "LL504"),
        (HOST.format("HOST", "localhost", "DB_PASSWORD"), "LL504"),
        (HOST.format("PGHOST", "localhost.example.com", "PGPASSWORD"), "LL504"),
        (HOST.format("DB_HOST", "localhost", "DB_PASSWORD") + '\nother = os.getenv("DB_HOST", "db.internal")', "LL504"),
        ('host = os.environ["DB_HOST"]\npassword = os.getenv("DB_PASSWORD", "hunter2")', "LL504"),
        ('connect(host=os.getenv("DB_HOST", "localhost"), password="hunter2")', "LL503"),
        ('connect(host="db.internal", password="hunter2")', "LL503"),
        ('REDIS_HOST = "localhost"\nDB_PASSWORD = "hunter2"', "LL503"),
    ],
)
def test_what_opens_only_what_is_on_the_machine_itself_is_a_warning(code: str, found: str) -> None:
    assert levels(code) == [found]


@pytest.mark.parametrize(
    ("condition", "local"),
    [
        ('stage == "local"', True),
        ('__name__ == "__main__"', True),
        ('"local" == os.environ["STAGE"]', True),
        ('os.getenv("STAGE", "local").lower() == "local"', True),
        ('stage in ("local", "localstack")', True),
        ('"localhost" in url', True),
        ('url.startswith("http://localhost")', True),
        ("IS_LOCAL", True),
        ("settings.is_local()", True),
        ('os.getenv("AWS_SAM_LOCAL")', True),
        ('os.environ.get("IS_OFFLINE") == "true"', True),
        ("not prod and IS_LOCAL", True),
        ('not stage != "local"', True),
        ('stage == "dev"', False),
        ('stage != "local"', False),
        ("not IS_LOCAL", False),
        ("IS_LOCAL or IS_DEV", False),
        ("local_path", False),
        ('stage in ("local", "dev")', False),
        ('"local" == "local"', False),
        ('name.startswith("local")', False),
        ("IS_LOCAL == False", False),
    ],
)
def test_what_is_used_under_a_condition_that_says_local_is_a_warning(condition: str, local: bool) -> None:
    expected = ["ll503" if local else "LL503"]
    assert levels(f'if {condition}:\n    for _ in range(3):\n        password = "hunter2"') == expected
    assert levels(f'password = "hunter2" if {condition} else read()') == expected
    assert levels(f'def f():\n    if not ({condition}):\n        return 1\n    password = "hunter2"') == expected


def test_what_is_used_where_it_is_not_local_is_an_error() -> None:
    assert levels('if stage == "local":\n    pass\nelse:\n    password = "hunter2"') == ["LL503"]
    assert levels('if stage != "local":\n    pass\nelse:\n    password = "hunter2"') == ["ll503"]
    assert levels('if stage == "local":\n    pass\npassword = "hunter2"') == ["LL503"]
    url = 'url = "postgres://app:hunter2@db.internal/orders"'
    assert levels(f"if IS_LOCAL:\n    {url}") == ["ll505"]


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("# nosec", True),
        ("# nosec B105", True),
        ("#nosec:B101,B105 - a stand-in", True),
        ("# nosec hardcoded_password_string", True),
        ("# noqa: S105", True),
        ("# noqa: E501, S106  # nosec B106", True),
        ("# nosec B101", False),
        ("# nosec try_except_pass", False),
        ("# noqa: E501", False),
        ("# S105", False),
        ("# gitleaks:allow - the public client of the vendor", True),
        ("# pragma: allowlist secret", True),
        ("# pragma: no cover", False),
        ("# see nosecurity", False),
    ],
)
def test_what_the_author_has_told_another_tool_is_a_warning(comment: str, said: bool) -> None:
    expected = ["ll503" if said else "LL503"]
    assert levels(f'DB_PASSWORD = "hunter2"  {comment}') == expected
    assert levels(f'connect(\n    "db.internal",\n    password="hunter2",  {comment}\n)') == expected
    assert levels(f'DB_PASSWORD = "hunter2"\nx = 1  {comment}') == ["LL503"]
    assert levels(f'DB_PASSWORD = "hunter2"\nx = """\n{comment}\n"""') == ["LL503"]
    assert levels(f'KEY = "{STRIPE}"  {comment}') == ["LL502"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('TEST_SECRET_KEY = "test_secret_key_valid_for_testing"', []),
        ('os.getenv("DEMO_JOKE_API_TOKEN", "demo-joke-token")', []),
        ('config = {"test_client_secret": "a-test-secret"}', []),
        ('TEST_PASSWORD = "test-password-1"', ["ll503"]),
        # the name alone, or the value alone, says nothing
        ('TEST_SECRET_KEY = "hunter2-orders"', ["LL503"]),
        ('os.getenv("DEMO_API_TOKEN", "hunter2-orders")', ["LL504"]),
        ('os.getenv("JWT_SECRET", "test-secret-7")', ["LL504"]),
        ('TEST_SECRET_KEY = "test1f9b2c7d8e4a6"', ["LL503"]),
    ],
)
def test_what_says_twice_that_it_is_for_a_trial_is_none(code: str, found: list[str]) -> None:
    assert levels(code) == found


def test_what_counts_only_where_something_else_is_empty_is_a_warning() -> None:
    facts = FileFacts(Source("app.py", b'config["SECRET_KEY"] = settings.secret_key or "dev-secret-key"'))
    assert [report.severity for rule in CODES for report in RULES[rule].judge(facts)] == [Severity.WARNING]


def test_a_secret_of_a_program_that_the_code_writes_is_a_warning() -> None:
    program = "import jwt\n\ndef sign(user):\n    password = 'hunter2-orders'\n    return jwt.encode(user, password)\n"
    assert levels(f"SAMPLE = {program!r}") == ["ll503"]
    assert levels("SETTINGS = \"host=db.internal\\ndefault password='hunter2'\\n\"") == ["LL503"]


@pytest.mark.parametrize(
    ("field", "found", "name"),
    [
        ('db_password: str = "hunter2-orders"', "LL504", "APP_DB_PASSWORD"),
        ('api_key: SecretStr = SecretStr("x9Kq2mZp7Wv4aa")', "LL504", "APP_API_KEY"),
        ('api_key: str = Field("x9Kq2mZp7Wv4aa", description="the key")', "LL504", "APP_API_KEY"),
        ('jwt_secret: str = "dev-secret-do-not-deploy"', "ll504", "APP_JWT_SECRET"),
    ],
)
@pytest.mark.parametrize(
    "prefix",
    [
        'model_config = SettingsConfigDict(env_prefix="APP_")',
        'model_config = {"env_prefix": "APP_"}',
        'class Config:\n        env_prefix = "APP_"\n',
    ],
)
def test_a_default_of_a_setting_is_one_of_a_variable(field: str, found: str, name: str, prefix: str) -> None:
    code = f"class Settings(BaseSettings):\n    {prefix}\n    {field}"
    assert levels(code) == [found]
    (report,) = RULES["LL504"].judge(FileFacts(Source("app.py", f"{code}\n".encode())))
    assert f"`{name}` falls back" in report.message
    assert "give the field no default" in report.message


EVENT = 'event = {"body": json.dumps({"email": "ada@example.com", "password": "hunter2"})}\n'


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (f"{EVENT}print(lambda_handler(event, None))", "ll503"),
        (f"{EVENT}app.handler(event=event, context=Context())", "ll503"),
        ('app.handler({"password": "hunter2"}, {})', "ll503"),
        ('event = {}\nevent["body"] = json.dumps({"password": "hunter2"})\nhandler(event, None)', "ll503"),
        ('event = dict(password="hunter2")\nhandler(event, None)', "ll503"),
        (f"{EVENT}print(event)", "LL503"),
        (f"{EVENT}connect(event, None)", "LL503"),
        (f"{EVENT}handler(other, event)", "LL503"),
        (f"{EVENT}add_handler(event)", "LL503"),
        (f'{EVENT.replace("json.dumps", "connect")}handler(event, None)', "LL503"),
        ('password = "hunter2"\nhandler(password, None)', "LL503"),
    ],
)
def test_an_event_that_a_file_makes_up_and_hands_to_a_handler_is_a_warning(code: str, found: str) -> None:
    assert levels(code) == [found]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('key = os.getenv("S3_SECRET_KEY", "minioadmin")\nboto3.client("s3", aws_secret_access_key=key)', []),
        ('boto3.client("s3", aws_secret_access_key=os.getenv("S3_SECRET_KEY", "minioadmin"))', []),
        ('S3_SECRET = "minioadmin"\nboto3.resource("s3", aws_secret_access_key=S3_SECRET)', []),
        ('self.secret = os.getenv("S3_SECRET", "minioadmin")\nboto3.Session(aws_secret_access_key=self.secret)', []),
        ('os.getenv("S3_SECRET_KEY", "minioadmin")', ["LL504"]),
        ('key = os.getenv("S3_SECRET_KEY", "minioadmin")\nMinio("h", secret_key=key)', ["LL504"]),
        ('key = os.getenv("S3_SECRET_KEY", "x9Kq2mZp7Wv4")\nboto3.client("s3", aws_secret_access_key=key)', ["LL504"]),
    ],
)
def test_what_stands_in_for_a_key_of_aws_is_none(code: str, found: list[str]) -> None:
    assert levels(code) == found


TOKEN = "X-Amz-Security-Token=IQoJb3JpZ2luX2VjEMb7aCXVzLWVhc3QtMSJHMEUCIQDn"
V4 = "https://b.s3.amazonaws.com/k?X-Amz-Date={}&X-Amz-Expires=3600&X-Amz-Signature=ab&" + TOKEN
V2 = "https://b.s3.amazonaws.com/k?AWSAccessKeyId=ASIAX&Signature=a%3D&Expires={}&" + TOKEN.lower()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (V4.format("20240301T120000Z"), []),
        (V2.format("1710826962"), []),
        ("see " + V2.format("1710826962") + " for more", []),
        (V4.format("20990301T120000Z"), ["LL503"]),
        (V2.format("4080826962"), ["LL503"]),
        ("https://b.s3.amazonaws.com/k?versionId=3&" + TOKEN, ["LL503"]),
        (V4.format("yesterday"), ["LL503"]),
        ("https://a.blob.core.windows.net/c?sig=x&se=2024-01-01T00:00:00Z&access_token=a1b2c3d4e5f6g7h8", []),
        ("https://a.blob.core.windows.net/c?sig=x&se=2099-01-01&access_token=a1b2c3d4e5f6g7h8", ["LL503"]),
        (V2.format("1710826962") + " password='hunter2'", ["LL503"]),
    ],
)
def test_a_signed_address_whose_time_is_over_opens_nothing(text: str, found: list[str]) -> None:
    assert levels(f'url = "{text}"') == found


def test_a_script_that_sets_a_variable_is_not_told_to_read_it() -> None:
    ((_, message),) = reports('import os\nos.environ["DB_PASSWORD"] = "hunter2"')
    assert message.endswith("change it and set the variable from outside")


@pytest.mark.parametrize(
    "code",
    [
        'model_config = ConfigDict(json_schema_extra={"example": {"password": "MyPassword123!"}})',
        'schema_extra = {"examples": [{"password": "MyPassword123!"}]}',
        'DB_PASSWORD = "AQICAH' + "x7B" * 60 + '=="',
        'os.environ.get("TABLE_AUTH", "auth")',
    ],
)
def test_what_opens_nothing_is_left_alone(code: str) -> None:
    assert codes(code) == []


@pytest.mark.parametrize(
    "code",
    [
        'url = f"postgres://{user}:{password}@{host}/db"',
        'url = "postgres://%s:%s@%s/db" % (user, password, host)',
        'url = "postgres://{}:{}@{}/db".format(user, password, host)',
        'url = "postgres://user:<password>@host/db"',
        'url = "postgres://user:${PASSWORD}@host/db"',
        'url = "postgres://user:****@host/db"',
        'url = "https://example.com:8080/a@b"',
        'url = "git@github.com:me/repo.git"',
        'url = "https://git@github.com/me/repo.git"',
        'raise ValueError("use postgres://user:password@host:port/db")',
        'url = "amqp://guest:guest@localhost:5672/"',
        'url = "redis://:@cache:6379"',
        'pattern = re.compile(r"https://token-auth:[^@]+@git.example.com/.+")',
        'pattern = re.compile(r"https://[^:]+:[^@]+@git.example.com/.+")',
        # each part is the name of what belongs there
        'EXAMPLE_URL = "postgresql://USER:PASSWORD@HOST/db"',
        'URL = "mysql://DB_USER:DB_PASSWORD@DB_HOST:3306/DB_NAME"',
        'URL = "https://USERNAME:PASSWORD@proxy.internal:8080"',
        'URL = "redis://:PASSWORD@HOST:6379/0"',
        'create_engine("postgresql://user:password@host/db")',
        'URL = "https://user:pass@example.com/feed"',
    ],
)
def test_addresses_without_one_are_left_alone(code: str) -> None:
    assert codes(code) == []


@pytest.mark.parametrize(
    "code",
    [
        f'KEY = "{PEM}"',
        f'call("{PEM}")',
        'x = """-----BEGIN ' + 'PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n"""',
        'x = """-----BEGIN OPENSSH ' + 'PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n"""',
        'credentials = {"private_key": "' + PEM + '"}',
        'x = \'{"private_key": "' + PEM.replace("\\n", "\\\\n") + "\"}'",
        'PRIVATE_KEY = "-----BEGIN RSA ' + 'PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA...\\n-----END RSA PRIVATE KEY-----"',
    ],
)
def test_private_keys_are_reported_once(code: str) -> None:
    assert codes(code) == ["LL506"]


@pytest.mark.parametrize(
    "code",
    [
        'if key.startswith("-----BEGIN PRIVATE KEY-----"): pass',
        'key = f"-----BEGIN PRIVATE KEY-----\\n{body}\\n-----END PRIVATE KEY-----"',
        'key = "-----BEGIN PUBLIC KEY-----\\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\\n-----END PUBLIC KEY-----"',
        'cert = "-----BEGIN CERTIFICATE-----\\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkq\\n-----END CERTIFICATE-----"',
        'example = "-----BEGIN PRIVATE KEY-----\\nMIIE...\\n-----END PRIVATE KEY-----"',
    ],
)
def test_what_holds_no_private_key_is_left_alone(code: str) -> None:
    assert codes(code) == []


@pytest.mark.parametrize(
    ("code", "secret"),
    [
        ('DB_PASSWORD = "hunter2"', "hunter2"),
        ('API_KEY = "a1b2c3d4e5f6g7h8i9"', "a1b2c3d4e5f6g7h8i9"),
        (f'x = "{STRIPE}"', STRIPE),
        (f'AWS_SECRET_ACCESS_KEY = "{SECRET_KEY}"', SECRET_KEY),
        ('import os\nos.getenv("DB_PASSWORD", "hunter2")', "hunter2"),
        ('url = "postgres://admin:hunter2@db/orders"', "hunter2"),
        (f'KEY = "{PEM}"', "MIIEpAIBAAKCAQEA"),
    ],
)
def test_message_shows_at_most_four_characters_of_the_secret(code: str, secret: str) -> None:
    ((_, message),) = reports(code)
    assert not any(secret[i : i + 5] in message for i in range(len(secret) - 4))
    assert message[:1] == message[:1].lower()
    assert not message.endswith(".")


def test_message_names_the_variable_to_read() -> None:
    assert 'os.environ["DB_PASSWORD"]' in reports('config["dbPassword"] = "hunter2"')[0][1]
    assert 'os.environ["DB_PASSWORD"]' in reports('import os\nos.getenv("DB_PASSWORD", "hunter2")')[0][1]


def test_every_format_is_data_with_its_source_and_the_day_it_was_checked() -> None:
    from pkgutil import get_data

    data = get_data("lambdalint.checks", "provider_tokens.toml")
    assert data is not None
    rows = tomli.loads(data.decode())["token"]
    assert len(rows) == len(formats()[1]) > 50
    for row in rows:
        assert row["source"].startswith("https://"), row
        assert row["checked"].isoformat() >= "2026-11-24", row
        assert row["provider"].split()[0] in ("a", "an"), row
        assert set(row) <= {"provider", "prefix", "regex", "named", "checksum", "source", "checked"}, row


def test_a_default_that_the_code_itself_looks_for_is_refused_and_no_secret() -> None:
    default = 'class Settings:\n    jwt_secret: str = "change-me-in-production"\n'
    assert codes(default) == ["LL503"]
    assert codes(f'{default}\ndef weak(s):\n    return s.jwt_secret in ("", "change-me-in-production")\n') == []


@pytest.mark.parametrize(
    ("path", "found"),
    [("config.example.py", "warning"), ("src/settings_sample.py", "warning"), ("src/examples.py", None)],
)
def test_a_file_that_shows_what_to_write_is_no_place_for_an_error(path: str, found: str | None) -> None:
    (report,) = RULES["LL503"].judge(FileFacts(Source(path, b'DB_PASSWORD = "hunter2-orders"\n')))
    assert report.severity == (Severity.WARNING if found else None)


def test_what_a_function_of_the_file_is_given_by_position_has_its_parameters_name() -> None:
    code = 'class Chat:\n    def __init__(self, url, token):\n        pass\n\nchat = Chat("https://chat", "{}")'
    assert levels(code.format("xapp-A04TQZ8K2MN59c1e7d2b8f04a6e93d1c")) == ["LL503"]
    assert levels('def get_secret(name, secret_key):\n    pass\n\nget_secret("orders/db", "Password-1")') == []
    assert levels('def open_it(path, mode):\n    pass\n\nopen_it("a8f5f167f44f4964e6c998dee827110c", "r")') == []


def test_a_test_among_other_things_holds_no_secret() -> None:
    login = 'connect("db.internal", password="hunter2")\n'
    assert codes(f"class OrderTest(unittest.TestCase):\n    def setUp(self):\n        {login}") == []
    assert codes(f"def test_login():\n    {login}    assert True\n") == []
    assert codes(f"def test_connection():\n    {login}") == ["LL503"]
    assert codes(f"class Orders:\n    def setUp(self):\n        {login}") == ["LL503"]
