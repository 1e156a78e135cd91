"""The Lambda runtime is the oracle: LL101-LL105, LL202 and LL203 say what awslambdaric does, whatever the handler.

LAMBDALINT_ORACLE_SEED repeats a run; LAMBDALINT_ORACLE_HANDLERS makes it a longer one.
"""

from __future__ import annotations

import os
import random

import pytest

pytest.importorskip("awslambdaric")

from .runtime_campaign import campaign


def test_the_rules_agree_with_the_runtime(capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("LAMBDALINT_ORACLE_SEED") or random.SystemRandom().randrange(1 << 32))
    handlers = int(os.environ.get("LAMBDALINT_ORACLE_HANDLERS") or 500)
    verdicts = campaign(seed, handlers)
    with capsys.disabled():
        print(
            f"\nruntime oracle: LAMBDALINT_ORACLE_SEED={seed} LAMBDALINT_ORACLE_HANDLERS={handlers}\n{verdicts.text()}"
        )
    assert verdicts.counts["reported"] > handlers // 10
    assert not verdicts.wrong, "\n\n".join(verdicts.wrong[:10])
