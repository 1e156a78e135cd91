"""Begin a rule: `python -m tests.new_rule LL108 handler-name` writes its function and its page.

Both fail until they are filled. The function goes into the module of the code's family: the one that has most of its
rules.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from lambdalint.checks import RULES

ROOT = Path(__file__).parent.parent

FUNCTION = '''

@rule("{code}", "{name}", Severity.ERROR, preview=True)
def {function}(run: Invocation) -> Iterator[Report]:
    """Say in one sentence what is wrong."""
    raise NotImplementedError("{code}: judge the record, and yield a Report for each fault")
'''

PAGE = """# {code} {name}

Say in one sentence what is wrong.

## Why

## Bad

```python
# settings: preview = true
def lambda_handler(event, context):
    return event  # {code}
```

```text
```

## Good

```python
def lambda_handler(event, context):
    return event
```

## Leaves alone

## References
"""


def main(code: str, name: str, root: Path = ROOT) -> list[Path]:
    """Write both, and give where.

    Raises:
        SystemExit: the code or the name is no such thing, or is taken.
    """
    if not re.fullmatch(r"LL\d{3}", code) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name):
        raise SystemExit("usage: python -m tests.new_rule LL108 handler-name")
    if code in RULES or any(rule.name == name for rule in RULES.values()):
        raise SystemExit(f"{code} or {name} is a rule already")
    family = Counter(rule.judge.__module__ for rule in RULES.values() if rule.code.startswith(code[:3]))
    if not family:
        raise SystemExit(f"no module has a rule of {code[:3]} yet: make one in lambdalint/checks/ with the first rule")
    module = root / f"{family.most_common(1)[0][0].replace('.', '/')}.py"
    page = root / "rules" / f"{code}-{name}.md"
    fill = {"code": code, "name": name, "function": name.replace("-", "_")}
    module.write_text(module.read_text("utf-8") + FUNCTION.format(**fill), "utf-8")
    page.write_text(PAGE.format(**fill), "utf-8")
    return [module, page]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: python -m tests.new_rule LL108 handler-name")
    for written in main(*sys.argv[1:]):
        print(f"{written.relative_to(ROOT)}: fill it in; python -m pytest tests/test_pages.py says what is missing")
