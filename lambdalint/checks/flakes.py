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
from lambdalint.facts import FileFacts, Flake
from lambdalint.finding import Report, Severity

#: The page of the whole family.
FAMILY = "F-pyflakes"

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

#: Code, pyflakes message class, severity, what it says.
CODES: tuple[tuple[str, str, Severity, str], ...] = (
    ("F401", "UnusedImport", _WARNING, "an import is never used"),
    ("F402", "ImportShadowedByLoopVar", _WARNING, "a loop variable replaces an import"),
    ("F403", "ImportStarUsed", _WARNING, "`from x import *` hides which names exist"),
    ("F404", "LateFutureImport", _ERROR, "a `__future__` import comes after other statements"),
    ("F405", "ImportStarUsage", _WARNING, "a name may come from a star import, or from nowhere"),
    ("F406", "ImportStarNotPermitted", _ERROR, "`from x import *` inside a function or class"),
    ("F407", "FutureFeatureNotDefined", _ERROR, "`__future__` has no such feature"),
    ("F501", "PercentFormatInvalidFormat", _ERROR, "a `%` format that cannot be read"),
    ("F502", "PercentFormatExpectedMapping", _ERROR, "a `%` format with names is given a sequence"),
    ("F503", "PercentFormatExpectedSequence", _ERROR, "a `%` format with positions is given a mapping"),
    ("F504", "PercentFormatExtraNamedArguments", _WARNING, "a `%` format leaves a named value unused"),
    ("F505", "PercentFormatMissingArgument", _ERROR, "a `%` format lacks a named value"),
    ("F506", "PercentFormatMixedPositionalAndNamed", _ERROR, "a `%` format mixes names and positions"),
    ("F507", "PercentFormatPositionalCountMismatch", _ERROR, "a `%` format with more or fewer values than places"),
    ("F508", "PercentFormatStarRequiresSequence", _ERROR, "a `%` format with `*` is given a mapping"),
    ("F509", "PercentFormatUnsupportedFormatCharacter", _ERROR, "a `%` format with an unknown letter"),
    ("F521", "StringDotFormatInvalidFormat", _ERROR, "a `.format()` text that cannot be read"),
    ("F522", "StringDotFormatExtraNamedArguments", _WARNING, "`.format()` leaves a named value unused"),
    ("F523", "StringDotFormatExtraPositionalArguments", _WARNING, "`.format()` leaves a positional value unused"),
    ("F524", "StringDotFormatMissingArgument", _ERROR, "`.format()` lacks a value"),
    ("F525", "StringDotFormatMixingAutomatic", _ERROR, "`.format()` mixes `{}` and `{0}`"),
    ("F541", "FStringMissingPlaceholders", _WARNING, "an f-string without a placeholder"),
    ("F542", "TStringMissingPlaceholders", _WARNING, "a t-string without a placeholder"),
    ("F601", "MultiValueRepeatedKeyLiteral", _WARNING, "a dict gives one constant key two values"),
    ("F602", "MultiValueRepeatedKeyVariable", _WARNING, "a dict gives one variable key two values"),
    ("F621", "TooManyExpressionsInStarredAssignment", _ERROR, "too many targets in a starred assignment"),
    ("F622", "TwoStarredExpressions", _ERROR, "two stars in one assignment"),
    ("F631", "AssertTuple", _WARNING, "`assert (test, message)` is always true"),
    ("F632", "IsLiteral", _WARNING, "`is` compares with a literal"),
    ("F633", "InvalidPrintSyntax", _ERROR, "`print >> x`, a Python 2 habit"),
    ("F634", "IfTuple", _WARNING, "`if (a, b):` is always true"),
    ("F701", "BreakOutsideLoop", _ERROR, "`break` outside a loop"),
    ("F702", "ContinueOutsideLoop", _ERROR, "`continue` outside a loop"),
    ("F704", "YieldOutsideFunction", _ERROR, "`yield` outside a function"),
    ("F706", "ReturnOutsideFunction", _ERROR, "`return` outside a function"),
    ("F707", "DefaultExceptNotLast", _ERROR, "a bare `except:` before another"),
    ("F708", "LazyImportNotAtModuleScope", _ERROR, "a lazy import that is not at module level"),
    ("F709", "LazyImportStarNotPermitted", _ERROR, "a lazy star import"),
    ("F721", "DoctestSyntaxError", _WARNING, "a doctest that does not compile"),
    ("F722", "ForwardAnnotationSyntaxError", _WARNING, "an annotation in quotes that does not compile"),
    ("F811", "RedefinedWhileUnused", _WARNING, "a name is defined again before it was used"),
    ("F821", "UndefinedName", _ERROR, "a name is not defined"),
    ("F822", "UndefinedExport", _WARNING, "`__all__` names what the module lacks"),
    ("F823", "UndefinedLocal", _ERROR, "a local variable is read before it is assigned"),
    ("F824", "UnusedIndirectAssignment", _WARNING, "`global` or `nonlocal` for a name that is never assigned"),
    ("F831", "DuplicateArgument", _ERROR, "two parameters of one name"),
    ("F841", "UnusedVariable", _WARNING, "a local variable is never read"),
    ("F842", "UnusedAnnotation", _WARNING, "a local variable is annotated and never used"),
    ("F851", "EagerUseOfLazyImport", _WARNING, "a lazy import that is used at once"),
    ("F901", "RaiseNotImplemented", _ERROR, "`raise NotImplemented` raises TypeError"),
)
_KNOWN = frozenset(kind for _, kind, _, _ in CODES)


def _kebab(kind: str) -> str:
    """`FStringMissingPlaceholders` gives "f-string-missing-placeholders"."""
    return "-".join(word.lower() for word in re.findall(r"[A-Z](?:[a-z]+|(?=[A-Z]))", kind))


def _reporter(kind: str, summary: str) -> Callable[[FileFacts], Iterator[Report]]:
    def judge(file: FileFacts) -> Iterator[Report]:
        return (_report(flake) for flake in file.flakes if flake.kind == kind)

    judge.__doc__ = f"{summary[:1].upper()}{summary[1:]}."
    return judge


def _report(flake: Flake) -> Report:
    return Report(flake.place, flake.message, severity=None if flake.certain else Severity.WARNING, mend=flake.mend)


for _code, _kind, _severity, _summary in CODES:
    rule(_code, _kebab(_kind), _severity, on="file")(_reporter(_kind, _summary))


@rule("F999", "pyflakes-other", Severity.WARNING, on="file")
def pyflakes_other(file: FileFacts) -> Iterator[Report]:
    """A fault that pyflakes knows and this table does not."""
    return (_report(flake) for flake in file.flakes if flake.kind not in _KNOWN)
