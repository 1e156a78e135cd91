"""The Lambda runtime is the oracle: LL001-LL004, LL006, LL007, LL009 and LL101-LL105 say of a code folder what
awslambdaric does with it.

LAMBDALINT_ORACLE_SEED repeats a run; LAMBDALINT_ORACLE_FOLDERS makes it a longer one.
"""

from __future__ import annotations

import os
import random

import pytest

pytest.importorskip("awslambdaric")

from .loading import campaign


def test_the_rules_agree_with_how_the_runtime_loads_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("LAMBDALINT_ORACLE_SEED") or random.SystemRandom().randrange(1 << 32))
    folders = int(os.environ.get("LAMBDALINT_ORACLE_FOLDERS") or 60)
    verdicts = campaign(seed, folders)
    with capsys.disabled():
        print(f"\nloading oracle: LAMBDALINT_ORACLE_SEED={seed} LAMBDALINT_ORACLE_FOLDERS={folders}\n{verdicts.text()}")
    assert verdicts.counts["Runtime.ImportModuleError"] > folders // 10
    assert verdicts.counts["ok"] > folders // 10
    assert not verdicts.wrong, "\n\n".join(verdicts.wrong[:5])
