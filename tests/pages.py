"""lambdalint's own pages, as `lambdalint.page_tests` reads them."""

from __future__ import annotations

from pathlib import Path

from lambdalint.page_tests import Page, Project, found, printed

__all__ = ["RULES", "Page", "Project", "found", "pages", "printed"]

RULES = Path(__file__).parent.parent / "rules"


def pages() -> list[Page]:
    """Every page, by name."""
    return [Page(path, path.read_text("utf-8")) for path in sorted(RULES.glob("*.md"))]
