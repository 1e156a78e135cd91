"""LL501-LL506: secrets that stand in the code. No message shows more than four characters of one."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.checks.secret_judgement import verdicts
from lambdalint.checks.secret_names import variable_for
from lambdalint.checks.secret_verdict import Verdict, environment_read
from lambdalint.facts import FileFacts
from lambdalint.finding import Mend, Report, Severity
from lambdalint.literals.mends import read_instead, without_credentials, without_default


def _found(file: FileFacts, code: str) -> Iterator[Verdict]:
    return (verdict for verdict in verdicts(file) if verdict.code == code)


def _holder(verdict: Verdict) -> str:
    """What holds the secret, as a message begins: "`DB_PASSWORD` holds"."""
    return f"`{verdict.name}` holds" if verdict.name else "the text holds"


def _leak(verdict: Verdict, told: str, reader: str, todo: str, mend: Mend | None = None) -> Report:
    text = f"{told}, and whoever reads the code {reader}; {todo}"
    return Report(verdict.literal.place, text, severity=_severity(verdict), mend=mend)


def _severity(verdict: Verdict) -> Severity | None:
    """A warning, where what is opened is not deployed, something else speaks for it, or it stands for what may never be
    empty; else as the rule has it."""
    fallback = verdict.code == "LL503" and verdict.literal.context.fallback
    return Severity.WARNING if verdict.local or verdict.mild or fallback else None


def _read(file: FileFacts, verdict: Verdict, name: str) -> Mend | None:
    """Read the environment instead: where the literal is the secret and no more, and no other is to be read from the
    same variable."""
    if verdict.literal.context.binding == "environment-default":
        return without_default(verdict.literal)
    variable = variable_for(name)
    same = (other for other in verdicts(file) if variable_for(other.name or "TOKEN") == variable)
    if verdict.part or any(other.literal.value != verdict.literal.value for other in same):
        return None
    return read_instead(verdict.literal, variable)


#: How a literal is bound that is given to what uses it.
_HANDED = frozenset({"keyword", "argument", "environment"})


@rule("LL501", "aws-credentials", Severity.ERROR, on="file")
def aws_credentials(file: FileFacts) -> Iterator[Report]:
    """An AWS key stands in the code."""
    for verdict in _found(file, "LL501"):
        told, todo = f"{_holder(verdict)} {verdict.what} (`{verdict.shown}`)", "boto3 signs with the function's role"
        if "EXAMPLE" in verdict.literal.value:  # as the documentation of AWS prints it
            handed = verdict.literal.context.binding in _HANDED
            then = "so every call signed with it is refused" if handed else "and a call signed with it is refused"
            text = f"{told}, the example that AWS publishes, {then}; delete it, {todo}"
            severity = None if handed else Severity.WARNING  # it opens nothing, and may only be shown
            mend = without_credentials(verdict.literal)
            yield Report(verdict.literal.place, text, severity=severity, mend=mend)
        else:
            yield _leak(verdict, told, "can use it", f"delete it, {todo}", without_credentials(verdict.literal))


@rule("LL502", "provider-token", Severity.ERROR, on="file")
def provider_token(file: FileFacts) -> Iterator[Report]:
    """A token in the format of a known provider stands in the code."""
    for verdict in _found(file, "LL502"):
        told = f"{_holder(verdict)} {verdict.what} (`{verdict.shown}`)"
        name = verdict.name or "TOKEN"
        todo = f"revoke it and read a new one from `{environment_read(name)}`"
        yield _leak(verdict, told, "can use it", todo, _read(file, verdict, name))


@rule("LL503", "hardcoded-secret", Severity.ERROR, on="file")
def hardcoded_secret(file: FileFacts) -> Iterator[Report]:
    """A secret is written into the code."""
    does = {"comparison": "is compared with", "return": "returns"}
    for verdict in _found(file, "LL503"):
        binding = verdict.literal.context.binding
        told = f"`{verdict.name}` {does.get(binding, 'holds')} {verdict.what}"
        todo = f"change it and read it from `{environment_read(verdict.name)}`"
        if binding == "environment":
            todo = "change it and set the variable from outside"
        yield _leak(verdict, told, "knows it", todo, _read(file, verdict, verdict.name))


@rule("LL504", "secret-default", Severity.ERROR, on="file")
def secret_default(file: FileFacts) -> Iterator[Report]:
    """An environment variable that holds a secret has a default in the code."""
    for verdict in _found(file, "LL504"):
        read = f'read `os.environ["{verdict.name}"]`'
        if verdict.literal.context.reader is None:  # the field of a class, for which pydantic reads it
            read = "give the field no default"
        yield Report(
            verdict.literal.place,
            f"`{verdict.name}` falls back to {verdict.what} in the code: without the variable the function runs with "
            f"what every reader knows; {read}, which fails at once",
            severity=_severity(verdict),
            mend=without_default(verdict.literal),
        )


@rule("LL505", "url-credentials", Severity.ERROR, on="file")
def url_credentials(file: FileFacts) -> Iterator[Report]:
    """An address with user and password stands in the code."""
    for verdict in _found(file, "LL505"):
        told = "the address holds " + (f"the password of `{verdict.what}`" if verdict.what else "a password")
        read = environment_read(verdict.name or "DATABASE_URL")
        todo = f"change it and read the address from `{read}`"
        if verdict.local:
            text = f"{told}, and if anything that is deployed takes it too, every reader can open that; {todo}"
            yield Report(verdict.literal.place, text, severity=Severity.WARNING)
        else:
            yield _leak(verdict, told, "or a log of it knows it", todo)


@rule("LL506", "private-key", Severity.ERROR, on="file")
def private_key(file: FileFacts) -> Iterator[Report]:
    """A private key stands in the code."""
    for verdict in _found(file, "LL506"):
        told = f"{_holder(verdict)} {verdict.what}"
        yield _leak(verdict, told, "can sign with it", "revoke it and load a new one from Secrets Manager")
