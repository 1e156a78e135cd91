"""Python is the oracle: what the interpreter calls known contains what happened, in programs that nobody wrote.

LAMBDALINT_ORACLE_SEED repeats a run; LAMBDALINT_ORACLE_PROGRAMS=20000 makes it a nightly-sized one.
"""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

import pytest

from .__main__ import report
from .campaign import campaign, distinct


def test_what_the_record_calls_known_contains_what_happened(capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("LAMBDALINT_ORACLE_SEED") or random.SystemRandom().randrange(1 << 32))
    programs = int(os.environ.get("LAMBDALINT_ORACLE_PROGRAMS") or 500)
    figures = campaign(seed, programs, jobs=2)
    with capsys.disabled():
        print(f"\ninterpreter oracle: LAMBDALINT_ORACLE_SEED={seed}, {programs} programs\n{figures.text()}")
    if figures.failures:
        folder = Path(tempfile.mkdtemp(prefix="lambdalint-oracle-"))
        texts = report(distinct(figures.failures)[:6], folder, jobs=2)
        pytest.fail(
            f"{len(figures.failures)} counter-examples, made small in {folder}\n\n" + "\n\n".join(texts), pytrace=False
        )
