"""LL501-LL506: secrets that stand in the code. No message shows more than four characters of one."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.checks.secret_judgement import Verdict, environment_read, verdicts
from lambdalint.facts import FileFacts
from lambdalint.finding import Report, Severity


def _found(file: FileFacts, code: str) -> Iterator[Verdict]:
    return (verdict for verdict in verdicts(file) if verdict.code == code)


def _bearer(verdict: Verdict) -> str:
    """What holds the secret, as a message begins: "`DB_PASSWORD` holds"."""
    return f"`{verdict.name}` holds" if verdict.name else "the text holds"


@rule("LL501", "aws-credentials", Severity.ERROR, on="file")
def aws_credentials(file: FileFacts) -> Iterator[Report]:
    """An AWS key stands in the code."""
    for verdict in _found(file, "LL501"):
        yield Report(
            verdict.literal.place,
            f"{_bearer(verdict)} {verdict.what} (`{verdict.shown}`): whoever reads the code or its package can use "
            "it; delete it, boto3 signs with the function's role by itself",
        )


@rule("LL502", "provider-token", Severity.ERROR, on="file")
def provider_token(file: FileFacts) -> Iterator[Report]:
    """A token in the format of a known provider stands in the code."""
    for verdict in _found(file, "LL502"):
        yield Report(
            verdict.literal.place,
            f"{_bearer(verdict)} {verdict.what} (`{verdict.shown}`): whoever reads the code or its package can use "
            f"it; revoke it and read a new one from `{environment_read(verdict.name or 'TOKEN')}`",
        )


@rule("LL503", "hardcoded-secret", Severity.ERROR, on="file")
def hardcoded_secret(file: FileFacts) -> Iterator[Report]:
    """A secret is written into the code."""
    for verdict in _found(file, "LL503"):
        if verdict.literal.context.binding == "comparison":
            told = f"`{verdict.name}` is compared with {verdict.what} that stands in the code"
        elif verdict.literal.context.binding == "return":
            told = f"`{verdict.name}` returns {verdict.what} that stands in the code"
        else:
            told = f"`{verdict.name}` holds {verdict.what} that stands in the code"
        yield Report(
            verdict.literal.place,
            f"{told}: whoever reads the code or its package knows it; change it and read the new one from "
            f"`{environment_read(verdict.name)}`",
        )


@rule("LL504", "secret-default", Severity.ERROR, on="file")
def secret_default(file: FileFacts) -> Iterator[Report]:
    """An environment variable that holds a secret has a default in the code."""
    for verdict in _found(file, "LL504"):
        yield Report(
            verdict.literal.place,
            f"`{verdict.name}` falls back to {verdict.what} that stands in the code: where the variable is missing the "
            f'function runs with a secret that is none; read `os.environ["{verdict.name}"]`, which fails at once',
        )


@rule("LL505", "url-credentials", Severity.ERROR, on="file")
def url_credentials(file: FileFacts) -> Iterator[Report]:
    """An address with user and password stands in the code."""
    for verdict in _found(file, "LL505"):
        owner = f"the password of `{verdict.what}`" if verdict.what else "a password"
        yield Report(
            verdict.literal.place,
            f"the address holds {owner}: whoever reads the code or its package knows it, and it is logged with the "
            f"address; change it and read the address from `{environment_read(verdict.name or 'DATABASE_URL')}`",
        )


@rule("LL506", "private-key", Severity.ERROR, on="file")
def private_key(file: FileFacts) -> Iterator[Report]:
    """A private key stands in the code."""
    for verdict in _found(file, "LL506"):
        yield Report(
            verdict.literal.place,
            f"{_bearer(verdict)} a private key: whoever reads the code or its package can sign and decrypt with it; "
            "revoke it and load the new one from Secrets Manager",
        )
