"""What the oracle once found stays mended: the programs of falsified.txt, run again both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .campaign import judge

CASES = re.split(r"^## ", Path(__file__).with_name("falsified.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", CASES, ids=[case.partition(",")[0] for case in CASES])
def test_a_program_that_once_falsified_the_record(case: str) -> None:
    head, *blocks = case.split("```python\n# file: ")
    files = {}
    for block in blocks:
        path, _, text = block.partition("\n")
        files[path] = text.partition("```")[0]
    failures = judge(files, [int(head.rsplit(" ", 1)[-1]), *range(8)]).failures
    assert not failures, failures[0].text()
