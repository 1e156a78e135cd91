"""What stands around a secret: whether it opens anything that is deployed, and whether somebody has looked at it.

The judgement itself is of the text and of the name that it is bound to. Here it is asked, in files that hold a secret,
under which condition it stands, beside which host, to what it is handed, and what is said of its line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from lambdalint.checks.secret_names import kind_of
from lambdalint.checks.secret_values import is_slug, looks_generated
from lambdalint.checks.secret_verdict import Verdict
from lambdalint.directives import comments, extents
from lambdalint.facts import FileFacts
from lambdalint.literals import Literal
from lambdalint.literals.conditions import is_loopback
from lambdalint.literals.words import word_set, words

#: Words by which a name and a value say that they are for a trial.
_TRIALS = word_set("test tests testing demo sample example")
#: Words by which a default says that it is what a developer's machine has.
_DEVELOPERS = word_set("dev development local insecure dummy")
#: The keywords by which boto3 takes a key, and what takes them.
_AWS_KEYS = frozenset({"aws_access_key_id", "aws_secret_access_key", "aws_session_token"})
_AWS_MAKERS = frozenset({"client", "resource", "Session"})
#: How the names of a host, and of what opens it, end: `PGHOST` and `PGPASSWORD` are of one connection.
_HOST_END = re.compile(r"[\W_]*(?:host(?:_?name)?|server|endpoint(?:_?url)?|address|addr)$", re.IGNORECASE)
_SECRET_END = re.compile(
    r"[\W_]*(?:(?:root|admin|user|access|secret|auth|api)[\W_]*)?"
    r"(?:password|passwd|passphrase|pass|pwd|pw|secret|key|token|auth)$",
    re.IGNORECASE,
)
#: The name of a file that shows what is to be written into another one: `config.example.py`, `settings_sample.py`.
_EXAMPLE = re.compile(r"[._-](?:example|sample|dist|template)\.py$|(?:^|/)(?:example|sample)[._-][^/]*\.py$")
#: What tells Bandit, or ruff, that a line holds none: of all tests, or of those of passwords in texts, arguments and
#: defaults. https://bandit.readthedocs.io/en/latest/plugins/b105_hardcoded_password_string.html
#: https://docs.astral.sh/ruff/rules/hardcoded-password-string/
#: Others are told so in words of their own: https://github.com/gitleaks/gitleaks#gitleaksallow,
#: https://github.com/Yelp/detect-secrets#inline-allowlisting, https://github.com/trufflesecurity/trufflehog,
#: https://docs.gitguardian.com/ggshield-docs/reference/secret/ignoring-secrets
_SAID = re.compile(
    rb"#\s*(?:nosec|noqa)|gitleaks:allow|pragma:\s*(?:allow|white)list|trufflehog:ignore|ggignore", re.IGNORECASE
)
_OF_SCANNERS = re.compile(
    r"gitleaks:allow|pragma:\s*(?:allow|white)list\s+secret|trufflehog:ignore|ggignore", re.IGNORECASE
)
_NOSEC = re.compile(r"#\s*nosec\b:?(?P<tests>[^#]*)", re.IGNORECASE)
_BANDIT_TEST = re.compile(r"\bB\d{3}\b|\b[a-z]+(?:_[a-z]+){2,}\b")
_BANDIT_SAME = re.compile(r"\bB10[567]\b|\bhardcoded_password_\w+")
_RUFF_SAME = re.compile(r"#\s*noqa:[^#]*\bS10[567]\b", re.IGNORECASE)


class Circumstances:
    """The secrets of one file, seen in their surroundings."""

    def __init__(self, file: FileFacts) -> None:
        self._file = file

    def seen(self, verdict: Verdict) -> Verdict | None:
        """A verdict of LL503 to LL505 as its surroundings leave it: the same, a milder one, or None where it is no
        secret after all."""
        literal, around = verdict.literal, self._file.surroundings
        if self._stands_in_for_aws(literal) or around.is_of_test(literal):
            return None
        if _is_for_a_trial(verdict):
            return replace(verdict, mild=True) if kind_of(verdict.name) in ("password", "pass") else None
        if literal.context.binding == "environment-default":
            if literal.context.name in self._file.declared:
                return replace(verdict, local=True)  # the default is what a developer's machine has
        if literal.context.binding in ("environment-default", "key-default") and _is_stand_in(literal.value):
            return replace(verdict, local=True)
        if around.is_local(literal) or self._host_is_local(verdict) or not self._file.deployed:
            return replace(verdict, local=True)
        said = literal.place.span().start.row in self._said
        if said or around.is_event(literal) or _EXAMPLE.search(self._file.source.path):
            return replace(verdict, mild=True)
        return verdict

    def _stands_in_for_aws(self, literal: Literal) -> bool:
        """Whether it is handed to boto3 as a key, and nobody has drawn it: MinIO, LocalStack and others want some.
        LL501 tells of those that are AWS's."""
        context = literal.context
        is_default = context.binding == "environment-default"
        handed = not self._handed_to_aws.isdisjoint({context.name, context.container} - {""})
        direct = is_default and kind_of(context.container).startswith("aws")
        constant = id(literal.place.node) in self._constants_for_aws
        return (handed or direct or constant) and not looks_generated(literal.value)

    @cached_property
    def _handed_to_aws(self) -> frozenset[str]:
        """The names of what is handed to boto3 as a key."""
        return self._file.surroundings.handed(_AWS_KEYS, _AWS_MAKERS)

    @cached_property
    def _constants_for_aws(self) -> frozenset[int]:
        """The constants of the module that are, wherever they are written."""
        return frozenset(
            id(one.place.node)
            for one in self._file.literals
            if one.context.name in _AWS_KEYS and one.context.callee.rpartition(".")[2] in _AWS_MAKERS
        )

    def _host_is_local(self, verdict: Verdict) -> bool:
        """Whether the host beside it, of the same connection, is the machine itself: as it stands, or of a default as
        the host's own default has it."""
        context, siblings = verdict.literal.context, verdict.literal.siblings
        end = _SECRET_END.search(verdict.name)
        prefix = verdict.name[: end.start()].lower() if end is not None else None
        in_block = isinstance(context.scope, list)
        hosts = [(name, text) for name, text in siblings.items() if not in_block or _is_host(name, prefix)]
        if context.binding == "environment-default":
            hosts += [(name, text) for name, text in self._default_hosts if _is_host(name, prefix)]
        told = [text for name, text in hosts if _HOST_END.search(name)]
        return bool(told) and all(map(is_loopback, told))

    @cached_property
    def _default_hosts(self) -> list[tuple[str, str]]:
        """The variables that name a host, with their defaults."""
        defaults = (one for one in self._file.literals if one.context.binding == "environment-default")
        return [(one.context.name, one.value) for one in defaults if _HOST_END.search(one.context.name)]

    @cached_property
    def _said(self) -> frozenset[int]:
        """The rows of the statements of which their author tells another tool that they hold no secret, or one that may
        stand there."""
        source = self._file.source
        rows = [row for row, _, text in comments(source, _SAID) if _is_said(text)]
        reach = extents(source.tree) if rows and source.tree is not None else {}
        pairs = (reach.get(row, (row, row)) for row in rows)
        return frozenset(row for first, last in pairs for row in range(first, last + 1))


def _is_for_a_trial(verdict: Verdict) -> bool:
    """Whether both the name and the value say that it is for a test or a demo, and nobody has drawn the value:
    `TEST_API_TOKEN = "test-api-token"`."""
    text = verdict.literal.value
    both = _TRIALS & set(words(verdict.name)), _TRIALS & set(words(text))
    return all(both) and is_slug(text) and not looks_generated(text)


def _is_stand_in(text: str) -> bool:
    """Whether a default says of itself that it is no more than that."""
    return bool(_DEVELOPERS & set(words(text))) or "changeme" in text.lower().replace("-", "").replace("_", "")


def _is_host(name: str, prefix: str | None) -> bool:
    """Whether a name is that of the host of a connection whose secret's name begins so."""
    end = _HOST_END.search(name)
    return end is not None and prefix is not None and name[: end.start()].lower() == prefix


def _is_said(comment: str) -> bool:
    """Whether a comment tells Bandit, ruff or a scanner for secrets of what LL503 asks."""
    nosec = _NOSEC.search(comment)
    tests = nosec["tests"] if nosec is not None else ""
    if nosec is not None and (_BANDIT_SAME.search(tests) or not _BANDIT_TEST.search(tests)):
        return True
    return _RUFF_SAME.search(comment) is not None or _OF_SCANNERS.search(comment) is not None
