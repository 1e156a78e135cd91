"""Attributes that are taken for those of other libraries: where nobody can have given them, they are told."""

from __future__ import annotations

import pytest

from .pages import Project


@pytest.mark.parametrize(
    ("before", "line", "expected"),
    [
        ("import urllib.request", "urllib.request.urlopen('https://example.com').json()", ["LL208"]),
        ("import logging, levels\nlevels.install()", "logging.getLogger('x').success('done')", []),
        ("import logging, levels", "logging.getLogger().trace('done')", []),
        (
            "import logging\nclass Own(logging.Logger):\n    def success(self, text):\n        self.info(text)\n"
            "logging.setLoggerClass(Own)",
            "logging.getLogger('x').success('done')",
            [],
        ),
    ],
)
def test_a_logger_may_have_what_another_gave_it(before: str, line: str, expected: list[str]) -> None:
    report = Project(1, {"app.py": f"{before}\n\n\ndef handler(event, context):\n    {line}\n    return 1\n"}).run()
    assert [finding.code for finding in report.findings if finding.code.startswith("LL2")] == expected
