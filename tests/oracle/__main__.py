"""`python -m tests.oracle --programs 20000 --jobs 2`: a nightly-sized run, with its figures and its counter-examples.

Exit status 1 where there is a counter-example. Each distinct one is made small and written to a folder.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from .campaign import Failure, campaign, distinct, smallest, workers


def report(found: list[tuple[Failure, int]], folder: Path, jobs: int) -> list[str]:
    """Make each failure small and write it to the folder; the texts, the most frequent first."""
    with workers(jobs) as pool:
        small = pool.map(smallest, [failure for failure, _ in found], chunksize=1)
    texts = []
    for place, (failure, (_, count)) in enumerate(zip(small, found, strict=True)):
        text = f"## {failure.signature} ({count} times; program {failure.number})\n\n{failure.text()}"
        (folder / f"{place:02}.md").write_text(text, encoding="utf-8")
        texts.append(text)
    return texts


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--programs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=20, help="how many distinct counter-examples to make small")
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    figures = campaign(seed, options.programs, options.jobs)
    print(figures.text(), flush=True)
    if not figures.failures:
        return 0
    folder = options.folder or Path(tempfile.mkdtemp(prefix="lambdalint-oracle-"))
    folder.mkdir(parents=True, exist_ok=True)
    report(distinct(figures.failures)[: options.show], folder, options.jobs)
    print(f"counter-examples made small: {folder}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
