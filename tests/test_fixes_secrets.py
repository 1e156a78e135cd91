"""Secrets taken out of the code: read from the environment instead, without a default, without credentials."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.fixes.mending import mended

KEY = "AKIA" + "Q7RT2PLMX4WZ8KDN"
SECRET = "k3Jx9/Qw7Lp2Vb8+Zr5Tn1Ym4Hc6Sd0Fg" + "aUeX7Ro"
TOKEN = "ghp_" + "x7Kq2mWv9Rt4Yb8Zn3Lp6Hs1Dc5Jf0GaUeXi"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def fixed(text: str, *, unsafe: bool = True) -> str:
    """A file as its fixes leave it."""
    path = Path("app.py").absolute()
    path.write_text(text, "utf-8")
    found = mended(lambda held: lint(["."], Settings(root=".", select=("LL5", "F")), held=held), unsafe=unsafe)
    assert found.report.errors == ()
    return found.after.get(str(path), text.encode()).decode()


def told(text: str) -> list[str]:
    """The codes of what is found in a file."""
    Path("app.py").write_text(text, "utf-8")
    return [finding.code for finding in lint(["."], Settings(root=".", select=("LL5",))).findings]


class TestRead:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("DB_PASSWORD = 'hunter2'", 'DB_PASSWORD = os.environ["DB_PASSWORD"]'),
            ("dbPassword = 'hun' 'ter2'", 'dbPassword = os.environ["DB_PASSWORD"]'),
            ("password = ('hun' + 'ter2')  # why", 'password = (os.environ["PASSWORD"])  # why'),
            ("password = b'hunter2'", 'password = os.environ["PASSWORD"].encode()'),
            ("a = {'password': 'hunter2', 'port': 1}", "a = {'password': os.environ[\"PASSWORD\"], 'port': 1}"),
            ("print(password='hunter2')", 'print(password=os.environ["PASSWORD"])'),
            (f"GITHUB_TOKEN = '{TOKEN}'", 'GITHUB_TOKEN = os.environ["GITHUB_TOKEN"]'),
        ],
    )
    def test_the_variable_that_the_message_names_is_read(self, before: str, after: str) -> None:
        assert fixed(f"import sys\n{before}\nsys\n") == f"import sys\nimport os\n{after}\nsys\n"

    def test_it_waits_to_be_asked_for(self) -> None:
        text = "import os\nDB_PASSWORD = 'hunter2'\nprint(os)\n"
        assert fixed(text, unsafe=False) == text

    @pytest.mark.parametrize(
        "text",
        [
            f"headers = f'Bearer {TOKEN}'\nprint(f\"{{headers}}\")\n",
            "dsn = 'host=db user=orders password=hunter2 port=5432'\n",
            "import os\nos.environ['DB_PASSWORD'] = 'hunter2'\n",
            "a = {'password': 'hunter2'}\nb = {'password': 'hunter3'}\n",
            "password = input()\nmatch password:\n    case 'hunter2':\n        pass\n",
            "os = 1\nDB_PASSWORD = 'hunter2'\n",
        ],
    )
    def test_what_is_more_than_the_secret_or_no_place_for_a_call_stays(self, text: str) -> None:
        assert told(text)
        assert fixed(text) == text


class TestDefaults:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("os.environ.get('JWT_SECRET', 'dev-secret')", "os.environ['JWT_SECRET']"),
            ("os.getenv('JWT_SECRET', default='dev-secret')", "os.environ['JWT_SECRET']"),
            ("(os.getenv('JWT_SECRET')) or 'dev-secret'", "os.environ['JWT_SECRET']"),
            ("os.environ.get(\n    'JWT_SECRET',\n    'dev-secret',\n)", "os.environ['JWT_SECRET']"),
            ("os.environ.pop('JWT_SECRET', 'dev-secret')", "os.environ.pop('JWT_SECRET')"),
        ],
    )
    def test_a_default_goes(self, before: str, after: str) -> None:
        assert fixed(f"import os\nx = {before}\n") == f"import os\nx = {after}\n"

    def test_a_reader_of_settings_keeps_its_other_arguments(self) -> None:
        text = "from decouple import config\nx = config('JWT_SECRET', default='dev-secret', cast=str)\n"
        assert fixed(text) == text.replace("default='dev-secret', ", "")

    @pytest.mark.parametrize(
        "value",
        [
            "os.environ.setdefault('JWT_SECRET', 'dev-secret')",
            "os.environ.get('JWT_SECRET', print() or 'dev-secret')",
            "os.getenv('JWT_SECRET') or print() or 'dev-secret'",
            "f\"{os.environ.get('JWT_SECRET', 'dev-secret')}\"",
        ],
    )
    def test_what_does_more_than_that_stays(self, value: str) -> None:
        text = f"import os\nx = {value}\n"
        assert told(text)
        assert fixed(text) == text


class TestCredentials:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("'s3', aws_access_key_id={0}, aws_secret_access_key={1}", "'s3'"),
            ("'s3', aws_access_key_id={0}, region_name='x', aws_secret_access_key={1}", "'s3', region_name='x'"),
            ("aws_access_key_id={0}, aws_secret_access_key={1}, service_name='s3'", "service_name='s3'"),
            ("\n    's3',\n    aws_access_key_id={0},\n    aws_secret_access_key={1},\n", "\n    's3',\n"),
        ],
    )
    def test_a_client_is_made_without_them(self, before: str, after: str) -> None:
        before = before.format(repr(KEY), repr(SECRET))
        assert fixed(f"import boto3\nx = boto3.client({before})\n") == f"import boto3\nx = boto3.client({after})\n"

    def test_a_session_of_nothing_but_them_is_empty(self) -> None:
        text = f"import boto3\nx = boto3.Session(aws_access_key_id='{KEY}', aws_secret_access_key='{SECRET}',)\n"
        assert fixed(text) == "import boto3\nx = boto3.Session()\n"

    @pytest.mark.parametrize("text", [f"AWS_ACCESS_KEY_ID = '{KEY}'\n", f"dict(aws_access_key_id='{KEY}')\n"])
    def test_elsewhere_they_stay(self, text: str) -> None:
        assert told(text)
        assert fixed(text) == text
