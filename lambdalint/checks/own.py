"""LL9: what lambdalint says of the comments that are addressed to it."""

from __future__ import annotations

from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.comment_cuts import without_mention
from lambdalint.directives import Mention, SuppressionFacts
from lambdalint.finding import Change, Mend, Report, Severity


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
            mend=Mend(f"Remove `{mention.text}` from the comment", (_without(comments, mention),)),
        )


@rule("LL902", "unknown-code", Severity.WARNING, on="suppression")
def unknown_code(comments: SuppressionFacts) -> Iterator[Report]:
    """A suppression comment names a rule that does not exist."""
    for mention, nearest in comments.unknown:
        hint = f"; did you mean `{nearest}`?" if nearest else "; `lambdalint rules` lists them"
        yield Report(
            comments.place(mention),
            f"`{mention.text}` is no rule of lambdalint, so the suppression silences nothing{hint}",
            mend=_renamed(comments, mention, nearest) if nearest and mention in comments.certain else None,
        )


def _without(comments: SuppressionFacts, mention: Mention) -> Change:
    return without_mention(comments.file, comments.directive(mention), mention, comments.unused)


def _renamed(comments: SuppressionFacts, mention: Mention, name: str) -> Mend:
    place = comments.file.place(mention.span)
    return Mend(f"Write `{name}`", (Change(place, name),), safe=False)
