"""Fixes: where edits go, what they leave alone, and how a file is written."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from lambdalint.cli import main
from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.finding import Edit, Finding, Fix, Position, Severity, Span
from lambdalint.fixes.apply import applied
from lambdalint.fixes.imports import import_edit
from lambdalint.fixes.mending import mended
from lambdalint.fixes.writing import diff, written
from lambdalint.results import LintReport
from lambdalint.source import Source
from lambdalint.text import Text

BAD = (
    'def lambda_handler(event, context):\n    name = event["pathParameters"]["name"]\n'
    '    return {"statusCode": 200, "body": {"name": name}}  # kept\n'
)


def edit(start: int, end: int, content: str) -> Edit:
    return Edit(Span("app.py", Position(1, start), Position(1, end)), content)


def fix(*edits: Edit) -> Fix:
    return Fix("Mend", edits, True)


def made(text: str, *fixes: Fix) -> tuple[str, int]:
    after, done = applied(Text("app.py", text.encode()), fixes)
    return after, len(done)


class TestApply:
    def test_edits_that_do_not_touch_are_made_together(self) -> None:
        assert made("abcdef", fix(edit(1, 2, "X")), fix(edit(4, 6, "Y"))) == ("XbcYf", 2)

    def test_of_two_that_touch_the_first_is_made(self) -> None:
        assert made("abcdef", fix(edit(1, 4, "X")), fix(edit(3, 5, "Y"))) == ("Xdef", 1)
        assert made("abcdef", fix(edit(1, 3, "X")), fix(edit(1, 3, "Y"))) == ("Xcdef", 1)

    def test_a_fix_is_made_whole_or_not_at_all(self) -> None:
        assert made("abcdef", fix(edit(1, 2, "X")), fix(edit(1, 2, "Z"), edit(5, 6, "Y"))) == ("Xbcdef", 1)

    def test_what_two_fixes_need_alike_is_put_in_once(self) -> None:
        line = edit(1, 1, "import json\n")
        assert made("abc", fix(line, edit(1, 2, "X")), fix(line, edit(3, 4, "Y"))) == ("import json\nXbY", 2)

    def test_line_ends_are_those_of_the_file(self) -> None:
        assert made("a\r\nb\r\n", fix(edit(1, 1, "import json\n"))) == ("import json\r\na\r\nb\r\n", 1)


class TestImports:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("import os\nx = 1\n", "import os\nimport json\nx = 1\n"),
            ('"""Doc."""\n\nimport os\n\nx = 1\n', '"""Doc."""\n\nimport os\nimport json\n\nx = 1\n'),
            ('"""Doc."""\n\nx = 1\n', '"""Doc."""\n\nimport json\n\nx = 1\n'),
            ("x = 1\n", "import json\n\nx = 1\n"),
            ("def f():\n    pass\n", "import json\n\n\ndef f():\n    pass\n"),
            ("#!/usr/bin/env python\nx = 1\n", "#!/usr/bin/env python\nimport json\n\nx = 1\n"),
            ("# one\n# two\n# three\n\nx = 1\n", "# one\n# two\n# three\n\nimport json\n\nx = 1\n"),
            ("# of f\ndef f(): ...\n", "import json\n\n\n# of f\ndef f(): ...\n"),
            ("from __future__ import annotations\nx = 1\n", "from __future__ import annotations\nimport json\nx = 1\n"),
            ("import os\nx = 1\nimport sys\n", "import os\nimport json\nx = 1\nimport sys\n"),
            ("from os import (\n    path,\n)\n", "from os import (\n    path,\n)\nimport json\n"),
            ("import os", "import os\nimport json\n"),
            ("import json\n", "import json\n"),
            ("import json.decoder\n", "import json.decoder\n"),
        ],
    )
    def test_one_is_added_where_the_others_stand(self, before: str, after: str) -> None:
        source = Source("app.py", before.encode())
        found = import_edit(source, "import json")
        assert applied(source, [Fix("", (found,), True)] if found else [])[0] == after

    @pytest.mark.parametrize(
        "text", ["json = 1\n", "import simplejson as json\n", "def f(json): ...\n", "def json(): ...\n"]
    )
    def test_a_name_that_is_taken_is_left_alone(self, text: str) -> None:
        with pytest.raises(ValueError, match="json"):
            import_edit(Source("app.py", text.encode()), "import json")


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(folder)
    return main(["check", "--isolated", *arguments])


class TestFiles:
    def test_a_file_is_mended_and_all_else_in_it_kept(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "app.py").write_text(BAD)
        assert run(tmp_path, monkeypatch, "--fix") == 0
        assert (tmp_path / "app.py").read_text() == "import json\n\n\n" + BAD.replace(
            '{"name": name}', 'json.dumps({"name": name})'
        )

    def test_a_second_run_changes_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "app.py").write_text(BAD)
        run(tmp_path, monkeypatch, "--fix")
        once = (tmp_path / "app.py").stat()
        run(tmp_path, monkeypatch, "--fix")
        again = (tmp_path / "app.py").stat()  # which has another time of access
        assert (again.st_ino, again.st_mtime_ns, again.st_ctime_ns) == (once.st_ino, once.st_mtime_ns, once.st_ctime_ns)

    @pytest.mark.parametrize(
        "data",
        [
            ("\ufeff" + BAD).encode("utf-8"),
            ("# coding: latin-1\n# \xe9\n" + BAD).encode("latin-1"),
            BAD.replace("\n", "\r\n").encode(),
        ],
        ids=["bom", "latin-1", "crlf"],
    )
    def test_encoding_and_line_ends_are_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
    ) -> None:
        (tmp_path / "app.py").write_bytes(data)
        assert run(tmp_path, monkeypatch, "--fix") == 0
        after = (tmp_path / "app.py").read_bytes()
        line = b"import json\r\n" if b"\r\n" in data else b"import json\n"
        gap = line[11:]
        assert after.replace(line + gap + gap, b"").replace(b"json.dumps(", b"").replace(b"})}", b"}}") == data

    def test_the_mode_is_kept_and_a_link_stays_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "app.py").write_text(BAD)
        (tmp_path / "real" / "app.py").chmod(0o751)
        (tmp_path / "linked.py").symlink_to(tmp_path / "real" / "app.py")
        run(tmp_path, monkeypatch, "--fix", "linked.py")
        assert (tmp_path / "linked.py").is_symlink()
        assert "json.dumps" in (tmp_path / "real" / "app.py").read_text()
        assert stat.S_IMODE((tmp_path / "real" / "app.py").stat().st_mode) == 0o751
        assert sorted(os.listdir(tmp_path / "real")) == ["app.py"]

    def test_a_file_that_changed_meanwhile_is_left_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "app.py").write_text(BAD)
        found = mended(lambda held: lint(["."], Settings(root=str(tmp_path)), held=held), unsafe=False)
        (tmp_path / "app.py").write_text("# somebody else's\n")
        (refused,) = written(found).values()
        assert "has changed meanwhile" in refused
        assert (tmp_path / "app.py").read_text() == "# somebody else's\n"

    def test_what_is_suppressed_is_not_mended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "app.py").write_text(BAD.replace("# kept", "# noqa: LL301"))
        assert run(tmp_path, monkeypatch, "--fix") == 0
        assert "json" not in (tmp_path / "app.py").read_text()

    def test_what_a_library_put_into_its_answer_is_not_mended_where_that_is_handed_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = (
            'import boto3\n\ns3 = boto3.client("s3")\n\n\ndef lambda_handler(event, context):\n'
            '    page = s3.list_objects_v2(Bucket="b")\n    return {"objects": page["Contents"]}\n'
        )
        (tmp_path / "app.py").write_text(text)
        assert run(tmp_path, monkeypatch, "--fix", "--unsafe-fixes") == 1
        assert (tmp_path / "app.py").read_text() == text


class TestCommand:
    def test_the_difference_is_shown_and_nothing_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "app.py").write_text(BAD)
        assert run(tmp_path, monkeypatch, "--diff") == 1
        assert "+import json" in capsys.readouterr().out.splitlines()
        assert (tmp_path / "app.py").read_text() == BAD

    def test_an_unsafe_fix_waits_to_be_asked_for(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = "def lambda_handler(event, context):\n    return {'statusCode': 200, 'body': [1]}\n"
        (tmp_path / "app.py").write_text(text)
        assert run(tmp_path, monkeypatch, "--fix") == 1
        assert (tmp_path / "app.py").read_text() == text
        assert run(tmp_path, monkeypatch, "--fix", "--unsafe-fixes", "--show-fixes") == 0
        assert "json.dumps([1])" in (tmp_path / "app.py").read_text()
        assert "1 x LL301 body-not-string" in capsys.readouterr().err


class TestRounds:
    """A check that finds a fault in each line with a "-", whose fix replaces it by what stands behind."""

    @staticmethod
    def check(text: str, held: dict[str, bytes]) -> LintReport:
        path = os.path.abspath("app.py")
        findings = []
        for row, line in enumerate(held.get(path, text.encode()).decode().split("\n"), 1):
            found, _, better = line.partition("-")
            if better or "!" in found:
                span = Span("app.py", Position(row, 1), Position(row, len(line) + 1))
                code = "LL001" if "!" in found else "LL002"
                mend = Fix("Mend", (Edit(span, better),), True) if better else None
                findings.append(Finding(code, "fault", Severity.ERROR, line, span, fix=mend))
        return LintReport(tuple(findings))

    def mended(self, text: str) -> tuple[str, int]:
        path = os.path.abspath("app.py")
        texts = {path: text.encode()}
        found = mended(lambda held: self.check(text, dict(held)), unsafe=False, texts=texts)
        return found.after.get(path, text.encode()).decode(), len(found.done)

    def test_one_that_makes_it_worse_is_left_out_and_the_others_are_made(self) -> None:
        before = "a-1\nb-2\nc-'!'\nd-4\ne-5\n"
        assert self.mended(before) == ("1\n2\nc-'!'\n4\n5\n", 4)

    def test_one_that_does_not_compile_is_left_out_and_the_others_are_made(self) -> None:
        before = "a-1\nb-2\nc-3\n(d-4)\ne-5\n"
        assert self.mended(before) == ("1\n2\n3\n(d-4)\n5\n", 4)

    def test_what_one_fix_leads_to_is_mended_in_its_turn(self) -> None:
        assert self.mended("a-b-c-1\nd-2\n") == ("1\n2\n", 4)


TRIGGER = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Confirm:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: .
      Events: {SignUp: {Type: Cognito, Properties: {UserPool: !Ref Users, Trigger: PreSignUp}}}
  Users: {Type: AWS::Cognito::UserPool}
"""
NOBODY = 'def handler(event, context):\n    if event["userName"] == "nobody":\n        return{}\n'


class TestWhatIsReturned:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (
                NOBODY.format("") + '    event["response"] = {}\n',
                NOBODY.format(" event") + '    event["response"] = {}\n    return event\n',
            ),
            (NOBODY.format(" None") + "    return event\n", NOBODY.format(" event") + "    return event\n"),
            (
                "def handler(event, context):\n\tif event:\n\t\tprint(1)  # one\n",
                "def handler(event, context):\n\tif event:\n\t\tprint(1)  # one\n\treturn event\n",
            ),
            ("def handler(event, context):\n    a = 1; print(a)", "def handler(event, context):\n    a = 1; print(a)"),
            ("def handler(event, context): print(event)\n", "def handler(event, context): print(event)\n"),
        ],
        ids=["bare, and the end", "None", "tabs", "two statements", "one line"],
    )
    def test_a_trigger_returns_the_event_where_it_gave_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
    ) -> None:
        (tmp_path / "template.yaml").write_text(TRIGGER)
        (tmp_path / "app.py").write_text(before)
        run(tmp_path, monkeypatch, "--fix")
        assert (tmp_path / "app.py").read_text() == after

    def test_a_value_is_mended_where_a_key_is_given_it_and_not_where_others_use_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = (
            "from datetime import datetime\nfrom enum import Flag, auto\n\n\nclass Bit(Flag):\n    ONE = auto()\n\n\n"
            "class Order:\n    def __init__(self):\n        self.bit = Bit.ONE\n        self.at = datetime.now()\n\n\n"
            "def handler(event, context):\n    if event:\n        return Order().__dict__\n    return {}\n"
        )
        (tmp_path / "app.py").write_text(code.format('{"bit": Bit.ONE, "at": datetime.now()}'))
        run(tmp_path, monkeypatch, "--fix")
        mended = '{"bit": Bit.ONE.value, "at": datetime.now().isoformat()}'
        assert (tmp_path / "app.py").read_text() == code.format(mended)

    def test_a_helper_that_is_given_right_values_too_is_left_as_it_is(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        helper = (
            "import json\n\n\ndef respond(status, body):\n"
            '    return {{"statusCode": status, "headers": {{}}, "body": body}}\n\n\n'
            'def handler(event, context):\n    if event["httpMethod"] == "GET":\n'
            '        return respond(200, json.dumps({{}}))\n    return respond(400, {})\n'
        )
        (tmp_path / "app.py").write_text(helper.format('{"error": "POST"}'))
        run(tmp_path, monkeypatch, "--fix")
        assert (tmp_path / "app.py").read_text() == helper.format('json.dumps({"error": "POST"})')

    @pytest.mark.parametrize(
        ("body", "safe"),
        [
            ("    return {'at': datetime.now()}\n", True),
            ("    at = datetime.now()\n    return {'at': at}\n", True),
            ("    at = datetime.now() if event else None\n    return {'at': at}\n", None),
            ("    return show(datetime.now()) if event else show('never')\n", None),
            ("    return show(datetime.now())\n", False),
        ],
    )
    def test_a_value_is_mended_where_each_path_has_it_and_safely_in_the_handler_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, safe: bool | None
    ) -> None:
        code = f"def show(at):\n    return {{'at': at}}\n\n\ndef handler(event, context):\n{body}"
        (tmp_path / "app.py").write_text(f"from datetime import datetime\n\n\n{code}")
        monkeypatch.chdir(tmp_path)
        found = [one for one in lint(["."], Settings(root=str(tmp_path))).findings if one.code == "LL202"]
        assert found
        assert [one.fix.safe if one.fix else None for one in found] == [safe] * len(found)

    @pytest.mark.parametrize(
        ("body", "fixed"),
        [
            ("    {}\n", True),
            ("    if event:\n        {}\n    else:\n        return 1\n", True),
            ("    try:\n        {}\n    finally:\n        print(1)\n", True),
            ("    {}\n    print(1)\n", False),
            ("    for _ in range(3):\n        {}\n", False),
            ("    try:\n        {}\n    except ValueError:\n        pass\n    print(1)\n", False),
        ],
    )
    def test_an_answer_is_returned_where_nothing_is_run_behind_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, fixed: bool
    ) -> None:
        answer = '{"statusCode": 200, "body": "x"}'
        code = "def handler(event, context):\n    print(event['httpMethod'])\n" + body
        (tmp_path / "app.py").write_text(code.format(answer))
        run(tmp_path, monkeypatch, "--fix", "--select", "LL204")
        assert (tmp_path / "app.py").read_text() == code.format(f"return {answer}" if fixed else answer)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("def handler(event: dict):\n    pass\n", "def handler(event: dict, context=None):\n    pass\n"),
            ("def handler(event={}):\n    pass\n", "def handler(event={}, context=None):\n    pass\n"),
            (
                'def handler(context, event):\n    print(event["id"], context.aws_request_id)\n',
                'def handler(event, context):\n    print(event["id"], context.aws_request_id)\n',
            ),
            (
                'def handler(context: object, event):\n    print(event["id"], context.aws_request_id)\n',
                'def handler(context: object, event):\n    print(event["id"], context.aws_request_id)\n',
            ),
            (
                'def handler(context, event):\n    print(event["id"], context.aws_request_id)\n\n\nhandler(None, {})\n',
                'def handler(context, event):\n    print(event["id"], context.aws_request_id)\n\n\nhandler(None, {})\n',
            ),
        ],
        ids=["annotated", "default", "swapped", "annotated and swapped", "called elsewhere"],
    )
    def test_parameters_are_mended_with_all_that_is_theirs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
    ) -> None:
        (tmp_path / "app.py").write_text(before)
        run(tmp_path, monkeypatch, "--fix", "--select", "LL101,LL104")
        assert (tmp_path / "app.py").read_text() == after


class TestDiff:
    @pytest.mark.parametrize(
        "data",
        [
            BAD.encode(),
            BAD.encode("utf-8-sig"),
            b"# coding: latin-1\n# \xe9\n" + BAD.encode(),
            BAD.replace("\n", "\r\n").encode(),
            BAD.replace("# kept", "# a\x0cb \u2028 \x85").encode(),
            BAD.rstrip().encode(),
        ],
        ids=["plain", "bom", "latin-1", "crlf", "other line ends", "no last line end"],
    )
    @pytest.mark.parametrize("name", ["app.py", "an app.py"])
    def test_patch_makes_of_it_what_the_fix_does(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, name: str
    ) -> None:
        if shutil.which("git") is None:
            pytest.skip("there is no git here")
        (tmp_path / name).write_bytes(data)
        monkeypatch.chdir(tmp_path)
        found = mended(lambda held: lint(["."], Settings(root=str(tmp_path)), held=held), unsafe=False)
        (tmp_path / "patch").write_bytes(diff(found))
        subprocess.run(["git", "apply", "-p0", "patch"], cwd=tmp_path, check=True)
        assert (tmp_path / name).read_bytes() == found.after[str(tmp_path / name)] != data


def test_a_file_with_two_names_keeps_both_and_a_read_only_one_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app.py").write_text(BAD)
    os.link(tmp_path / "app.py", tmp_path / "other.py")
    (tmp_path / "kept.py").write_text(BAD)
    (tmp_path / "kept.py").chmod(0o444)
    assert run(tmp_path, monkeypatch, "--fix", "app.py", "kept.py") == 2
    assert "json.dumps" in (tmp_path / "other.py").read_text()
    assert (tmp_path / "kept.py").read_text() == BAD
    said = capsys.readouterr().err
    assert "kept.py is read-only, and is left as it is" in said
    assert "Mended 1 finding in 1 file" in said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'event.get("queryStringParameters", {"name": "guest"}).get("name")',
            '(event.get("queryStringParameters") or {"name": "guest"}).get("name")',
        ),
        ('event["queryStringParameters"].get("name")', '(event.get("queryStringParameters") or {}).get("name")'),
        ('event["queryStringParameters"]["name"]', None),
        ('json.dumps(io.BytesIO(b"x"))', None),
        ('json.dumps({"at": Decimal("1.5")})', 'json.dumps({"at": Decimal("1.5")}, default=str)'),
    ],
)
def test_an_unsafe_fix_makes_something_that_works_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str | None
) -> None:
    code = (
        "import io\nimport json\nfrom decimal import Decimal\n\n\ndef handler(event, context):\n"
        '    print(event["httpMethod"], io, json, Decimal)\n    return {{"statusCode": 200, "body": str({})}}\n'
    )
    (tmp_path / "app.py").write_text(code.format(before))
    run(tmp_path, monkeypatch, "--fix", "--unsafe-fixes")
    assert (tmp_path / "app.py").read_text() == code.format(after or before)
