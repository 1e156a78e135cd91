"""What pyflakes reports, under the F codes that flake8 made known.

The codes are one family with one page, rules/F-pyflakes.md: its table holds a row a code, and a test keeps the rows
equal to the codes that are registered here. The page of `F401` is the page of `FAMILY`; every other rule has its own.

Severity: what raises where the line runs is an error, the rest a warning. No `noqa` here, suppression is a later stage.
Source of the codes: flake8's own table, src/flake8/plugins/pyflakes.py, read on 2026-11-24.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lambdalint.checks.registry import rule
from lambdalint.facts import FileFacts
from lambdalint.finding import Report, Severity

#: The page of the whole family.
FAMILY = "F-pyflakes"

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

#: Code, pyflakes message class, severity.
CODES: tuple[tuple[str, str, Severity], ...] = (
    ("F401", "UnusedImport", _WARNING),
    ("F402", "ImportShadowedByLoopVar", _WARNING),
    ("F403", "ImportStarUsed", _WARNING),
    ("F404", "LateFutureImport", _ERROR),
    ("F405", "ImportStarUsage", _WARNING),
    ("F406", "ImportStarNotPermitted", _ERROR),
    ("F407", "FutureFeatureNotDefined", _ERROR),
    ("F501", "PercentFormatInvalidFormat", _ERROR),
    ("F502", "PercentFormatExpectedMapping", _ERROR),
    ("F503", "PercentFormatExpectedSequence", _ERROR),
    ("F504", "PercentFormatExtraNamedArguments", _WARNING),
    ("F505", "PercentFormatMissingArgument", _ERROR),
    ("F506", "PercentFormatMixedPositionalAndNamed", _ERROR),
    ("F507", "PercentFormatPositionalCountMismatch", _ERROR),
    ("F508", "PercentFormatStarRequiresSequence", _ERROR),
    ("F509", "PercentFormatUnsupportedFormatCharacter", _ERROR),
    ("F521", "StringDotFormatInvalidFormat", _ERROR),
    ("F522", "StringDotFormatExtraNamedArguments", _WARNING),
    ("F523", "StringDotFormatExtraPositionalArguments", _WARNING),
    ("F524", "StringDotFormatMissingArgument", _ERROR),
    ("F525", "StringDotFormatMixingAutomatic", _ERROR),
    ("F541", "FStringMissingPlaceholders", _WARNING),
    ("F542", "TStringMissingPlaceholders", _WARNING),
    ("F601", "MultiValueRepeatedKeyLiteral", _WARNING),
    ("F602", "MultiValueRepeatedKeyVariable", _WARNING),
    ("F621", "TooManyExpressionsInStarredAssignment", _ERROR),
    ("F622", "TwoStarredExpressions", _ERROR),
    ("F631", "AssertTuple", _WARNING),
    ("F632", "IsLiteral", _WARNING),
    ("F633", "InvalidPrintSyntax", _ERROR),
    ("F634", "IfTuple", _WARNING),
    ("F701", "BreakOutsideLoop", _ERROR),
    ("F702", "ContinueOutsideLoop", _ERROR),
    ("F704", "YieldOutsideFunction", _ERROR),
    ("F706", "ReturnOutsideFunction", _ERROR),
    ("F707", "DefaultExceptNotLast", _ERROR),
    ("F708", "LazyImportNotAtModuleScope", _ERROR),
    ("F709", "LazyImportStarNotPermitted", _ERROR),
    ("F721", "DoctestSyntaxError", _WARNING),
    ("F722", "ForwardAnnotationSyntaxError", _WARNING),
    ("F811", "RedefinedWhileUnused", _WARNING),
    ("F821", "UndefinedName", _ERROR),
    ("F822", "UndefinedExport", _WARNING),
    ("F823", "UndefinedLocal", _ERROR),
    ("F824", "UnusedIndirectAssignment", _WARNING),
    ("F831", "DuplicateArgument", _ERROR),
    ("F841", "UnusedVariable", _WARNING),
    ("F842", "UnusedAnnotation", _WARNING),
    ("F851", "EagerUseOfLazyImport", _WARNING),
    ("F901", "RaiseNotImplemented", _ERROR),
)
_KNOWN = frozenset(kind for _, kind, _ in CODES)


def _kebab(kind: str) -> str:
    """`FStringMissingPlaceholders` gives "f-string-missing-placeholders"."""
    return "-".join(word.lower() for word in re.findall(r"[A-Z](?:[a-z]+|(?=[A-Z]))", kind))


def _reporter(kind: str) -> Callable[[FileFacts], Iterator[Report]]:
    def judge(file: FileFacts) -> Iterator[Report]:
        return (Report(flake.place, flake.message) for flake in file.flakes if flake.kind == kind)

    judge.__doc__ = f"pyflakes reports {kind}."
    return judge


for _code, _kind, _severity in CODES:
    rule(_code, _kebab(_kind), _severity, on="file")(_reporter(_kind))


@rule("F999", "pyflakes-other", Severity.WARNING, on="file")
def pyflakes_other(file: FileFacts) -> Iterator[Report]:
    """pyflakes reports something newer than this table."""
    return (Report(flake.place, flake.message) for flake in file.flakes if flake.kind not in _KNOWN)
