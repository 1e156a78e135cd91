"""Makes installed distributions with rules by hand, as pip would leave them: no network, no build."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from lambdalint import plugins
from lambdalint.checks.registry import DECLARED
from lambdalint.cli import main

Capture = pytest.CaptureFixture[str]

ROOT = Path(__file__).parent.parent

RULES = '''
from lambdalint.api import Change, Invocation, Mapping, Mend, Report, Severity, rule


@rule("ACME101", "answer-without-version", Severity.WARNING)
def answer_without_version(run: Invocation):
    """An answer does not say which version of the service gave it."""
    for answer in run.returns:
        value = answer.value
        if isinstance(value, Mapping) and not value.open and value.entry("version") is None:
            place = value.place or answer.place
            mend = Mend("Add the version", (Change(place, last='"version": 1'),))
            yield Report(place, "this answer has no `version`, and our clients refuse it", mend=mend)
'''

PAGE = """# ACME101 answer-without-version

An answer does not say which version of the service gave it.

## Bad

```python
def lambda_handler(event, context):
    return {"answer": 42}  # ACME101
```

```text
warning[ACME101] answer-without-version: this answer has no `version`, and our clients refuse it
 --> app.py:2:12
  |
2 |     return {"answer": 42}
  |            ^^^^^^^^^^^^^^
  |
  = reached by  app.lambda_handler
  = do          Add the version   [fixable]
```

## Good

```python
def lambda_handler(event, context):
    return {"answer": 42, "version": 1}
```

## Fixed

```python
def lambda_handler(event, context):
    return {"answer": 42, "version": 1}
```
"""

#: A distribution with a rule and its page.
ACME = {
    "acme/__init__.py": "",
    "acme/checks.py": RULES,
    "acme/rules/ACME101-answer-without-version.md": PAGE,
}

#: What `ACME101` has something to say of.
HANDLER = 'def lambda_handler(event, context):\n    return {"answer": 42}\n'


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def install(site: Path, files: Mapping[str, str] = ACME, *, name: str = "acme", points: str = "") -> None:
    """Put a distribution into a folder, as `pip install -t` does. `points`: lines of the group of entry points."""
    write(site, files)
    about(site, name, files, {"entry_points.txt": f"[lambdalint.rules]\n{points}\n"} if points else {})


def install_editable(site: Path, project: Path, added: Path | None = None, *, name: str = "acme") -> None:
    """As `pip install -e` does for a project whose build backend adds a folder to `sys.path`."""
    write(site, {f"_{name}.pth": f"{added or project}\n"})
    told = json.dumps({"url": project.as_uri(), "dir_info": {"editable": True}})
    about(site, name, [f"_{name}.pth"], {"direct_url.json": told})


def about(site: Path, name: str, files: object, more: Mapping[str, str]) -> None:
    assert isinstance(files, (Mapping, list))
    info = f"{name}-1.0.dist-info"
    texts = {"METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", **more}
    listed = [*files, *(f"{info}/{one}" for one in (*texts, "RECORD"))]
    texts["RECORD"] = "".join(f"{one},,\n" for one in listed)
    write(site, {f"{info}/{one}": text for one, text in texts.items()})


#: Python as a person starts it, with a folder of packages; `.pth` files count there, as they do in site-packages.
_BEGIN = "import site, sys; site.addsitedir({site!r}); "
WITH_MODULE = _BEGIN + "import runpy; sys.argv[0] = 'lambdalint'; runpy.run_module('lambdalint', run_name='__main__')"
WITH_FUNCTION = _BEGIN + "from lambdalint.cli import main; raise SystemExit(main())"


def lambdalint(
    folder: Path, site: Path, *arguments: str, begin: str = WITH_MODULE, path: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run lambdalint in a folder. `path`: what stands in PYTHONPATH besides lambdalint itself."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [path, str(ROOT)]))}
    code = begin.format(site=str(site))
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of packages on `sys.path`, and beside it the project as the current folder. What is imported is gone
    afterwards, as with the process."""
    folder, project = tmp_path / "env" / "site-packages", tmp_path / "project"
    folder.mkdir(parents=True)
    write(project, {"app.py": HANDLER, "lambdalint.toml": 'rules = ["acme.checks"]\n'})
    monkeypatch.chdir(project)
    monkeypatch.syspath_prepend(str(folder))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(plugins, "_LOADED", {})
    modules, declared = set(sys.modules), DECLARED[:]
    yield folder
    for module in set(sys.modules) - modules:
        if getattr(sys.modules[module], "__file__", None) and str(tmp_path) in str(sys.modules[module].__file__):
            del sys.modules[module]
    DECLARED[:] = declared


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    try:
        status = main(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    return status, *capsys.readouterr()
