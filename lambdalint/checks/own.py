"""LL9: what lambdalint says of the comments that are addressed to it."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.directives import SuppressionFacts
from lambdalint.finding import Report, Severity


@rule("LL901", "unused-suppression", Severity.WARNING, on="suppression")
def unused_suppression(comments: SuppressionFacts) -> Iterator[Report]:
    """A suppression comment silences nothing."""
    for directive in comments.malformed:
        yield Report(
            comments.place(directive),
            f"`{directive.text}` silences nothing: a suppression names the rules that it means",
            advice="# lambdalint: ignore[LL202]",
        )
    for mention in comments.unused:
        yield Report(
            comments.place(mention),
            f"`{mention.text}` reports nothing here, so the suppression silences nothing; remove it",
        )


@rule("LL902", "unknown-code", Severity.WARNING, on="suppression")
def unknown_code(comments: SuppressionFacts) -> Iterator[Report]:
    """A suppression comment names a rule that does not exist."""
    for mention, nearest in comments.unknown:
        hint = f"; did you mean `{nearest}`?" if nearest else "; `lambdalint rules` lists them"
        yield Report(
            comments.place(mention),
            f"`{mention.text}` is no rule of lambdalint, so the suppression silences nothing{hint}",
        )
