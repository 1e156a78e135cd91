"""The Lambda runtime is asked what fixes do: a mended handler answers as it did, or no longer fails; never worse.

LAMBDALINT_ORACLE_SEED repeats a run; LAMBDALINT_ORACLE_FIXES makes it a longer one.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("awslambdaric")

from lambdalint.config import Settings
from lambdalint.engine import lint
from lambdalint.fixes.mending import Mended, mended
from lambdalint.results import LintReport

from .handlers import HEAD, handler
from .runtime_campaign import Runtime, runtime

#: What a fix of the rules for HTTP answers may change in an answer that the runtime takes, and in no other.
_OF_HTTP = {"body", "statusCode", "headers", "isBase64Encoded"}
#: How far an invocation comes. What is mended may fail further on, of what is not, and no sooner.
_STAGES = {"fault": 0, "call": 1, "raised": 2, "dumps": 2, "marshal": 3, "ok": 4}

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def _check(path: Path, held: Mapping[str, bytes]) -> LintReport:
    return lint([path], Settings(root=str(path.parent), preview=True), held=held)


def _asked(worker: Runtime, module: str, text: str) -> list[tuple[str, str]]:
    """What becomes of a handler with each event; where in memory an object of an answer lies is left out."""
    (worker.folder / f"{module}.py").write_text(text, encoding="utf-8")
    return [(outcome, _ADDRESS.sub(" at 0x", message)) for outcome, message in worker.ask(module)]


def _without_http(answer: Any) -> Any:
    return {key: value for key, value in answer.items() if key not in _OF_HTTP} if isinstance(answer, dict) else answer


def _is_right(codes: set[str], before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether what a mended handler does is what it did before, or what was wanted of it."""
    if before[0] != "ok" or after[0] != "ok":
        return _STAGES[after[0]] >= _STAGES[before[0]]
    if before[1] == after[1] or "LL104" in codes:  # which of the two is the event changes what it does
        return True
    one, other = json.loads(before[1]), json.loads(after[1])
    if any(code.startswith("LL3") for code in codes):
        one, other = _without_http(one), _without_http(other)
    return bool(one == other) or bool(codes & {"LL204"} and one is None)


def _told(found: Mended, before: str, outcomes: list[Any], after: list[Any]) -> str:
    text = next(iter(found.after.values())).decode()
    codes = [finding.code for finding in found.done]
    return "\n\n".join((f"{codes}", before.removeprefix(HEAD), text.removeprefix(HEAD), f"{outcomes}", f"{after}"))


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_a_mended_handler_answers_as_before_or_as_it_should(
    unsafe: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = int(os.environ.get("LAMBDALINT_ORACLE_SEED") or random.SystemRandom().randrange(1 << 32))
    handlers = int(os.environ.get("LAMBDALINT_ORACLE_FIXES") or 200)
    counts: Counter[str] = Counter()
    wrong = []
    with runtime() as worker:
        monkeypatch.chdir(worker.folder)
        for number in range(handlers):
            case = handler(random.Random(f"{seed}:{number}"))
            before = _asked(worker, f"m{number}", case.text)
            path = worker.folder / f"m{number}.py"
            found = mended(partial(_check, path), unsafe=unsafe)
            if not found.after:
                continue
            again = _asked(worker, f"again{number}", case.text)
            after = _asked(worker, f"mended{number}", next(iter(found.after.values())).decode())
            codes = {finding.code for finding in found.done}
            counts.update(codes)
            counts["mended"] += 1
            for one, same, other in zip(before, again, after):
                if one != same and one[0] == other[0] == "ok":  # it has a time, or a number at random
                    counts["not compared"] += 1
                elif not _is_right(codes, one, other):
                    wrong.append(_told(found, case.text, before, after))
                    break
    with capsys.disabled():
        print(f"\nfixes oracle: LAMBDALINT_ORACLE_SEED={seed} LAMBDALINT_ORACLE_FIXES={handlers}\n{dict(counts)}")
    assert counts["mended"] > handlers // 10
    assert not wrong, "\n=====\n".join(wrong[:5])
