"""How far lambdalint sees: of the values that handlers return, which share is known whole, in part, or not at all.

    python scripts/known.py PATH...

Each function of each project is run on paper as `lambdalint check` runs it, and every value that it returns is
counted once, as drawn: "known" where every part of it is a constant, a container or of an exact type; "unknown" where
the value itself is not known; "partly" in between. A part that comes from the event, and is handed back as it is,
counts as not known. What a run gives up on, and handlers that were not found, are counted beside.
"""

from __future__ import annotations

import argparse
import collections.abc
import sys
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from lambdalint import engine
from lambdalint.config import load
from lambdalint.interpreter import run
from lambdalint.interpreter.shapes import Anything, Either, Instance, Mapping, Sequence, Shape, parts
from lambdalint.interpreter.world import Finder
from lambdalint.project.function import Function
from lambdalint.understood import Understood


def share(shape: Shape) -> str:
    """ "known", "partly" or "unknown"."""
    if isinstance(shape, Either):
        each = {share(option) for option in shape.options}
        return each.pop() if len(each) == 1 else "partly"
    if isinstance(shape, Anything):
        return "unknown"
    return "partly" if any(map(_is_open, parts(shape))) else "known"


def _is_open(part: Shape) -> bool:
    """Whether something of this part is not known. A dict may have any keys where it is known what is under them."""
    if isinstance(part, Mapping):
        rest = [entry for entry in part.entries if isinstance(entry.key, Anything)]
        return (part.open and not rest) or any(isinstance(entry.value, Anything) for entry in part.entries)
    if isinstance(part, Sequence):
        return any(isinstance(item, Anything) for item in (*part.items, part.rest))
    if isinstance(part, Either):
        return any(isinstance(option, Anything) for option in part.options)
    return isinstance(part, Instance) and part.payload is not None and share(part.payload) != "known"


def count(path: Path) -> Counter[str]:
    """What the handlers of one project return, by share."""
    counts: Counter[str] = Counter()

    def one(functions: collections.abc.Sequence[Function], find: Finder) -> list[Understood]:
        if functions[0].source.unfollowed is None:
            record = run(functions[0], find)
            counts["handlers"] += 1
            counts["gave up"] += not record.complete
            counts.update(share(found.value) for found in (*record.returns, *record.possible_returns))
        return []

    # The engine finds the functions as `lambdalint functions` does; what it would tell of each is counted instead.
    with patch.object(engine, "understand", one):
        engine.functions_of([str(path)], load([str(path)], isolated=True))
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    paths = parser.parse_args().paths
    counts: Counter[str] = Counter()
    for path in paths:
        counts += count(path)
    total = sum(counts[name] for name in ("known", "partly", "unknown"))
    print(f"{counts['handlers']} handlers, {total} values returned")
    for name in ("known", "partly", "unknown"):
        print(f"  {name:8}{counts[name]:7}  {100 * counts[name] / total if total else 0:5.1f} %")
    print(f"  {counts['gave up']} runs gave up somewhere")
    return 0


if __name__ == "__main__":
    sys.exit(main())
