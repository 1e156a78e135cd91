"""LL208: what is said to fail, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.config import Settings
from lambdalint.engine import lint


def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> list[tuple[int, str]]:
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    found = lint(["."], Settings()).findings
    return [(one.span.start.row, one.message.partition(":")[0]) for one in found if one.code == "LL208"]


def test_a_package_s_module_is_bound_in_it_by_whoever_imports_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "shop/__init__.py": "from shop.prices import total\n",
        "shop/errors.py": "class Empty(Exception):\n    pass\n",
        "shop/prices.py": "from shop.errors import Empty\n\n\ndef total(event):\n    raise Empty\n",
        "app.py": "import shop\n\n\ndef handler(event, context):\n"
        "    try:\n        return shop.total(event)\n    except shop.errors.Empty:\n        return 0\n",
    }
    assert told(tmp_path, monkeypatch, files) == []


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("return len(5)", [5]),
        ("row = (1, 2)\n    return row['id']", [6]),
        ("return [row['id'] for row in [(1, 2)] * event['n']]", [5]),
        ("total = None\n    for n in event['items']:\n        total = (total or 0) + n\n    return total + 1", []),
        ("try:\n        return len(5)\n    except TypeError:\n        return 0", []),
        ("try:\n        return len(5)\n    except Exception:\n        return {'statusCode': 200}", []),
        ("try:\n        return len(5)\n    except Exception:\n        return {'statusCode': 500}", [6]),
        ("try:\n        n = len(5)\n    except Exception:\n        n = 0\n    return {'statusCode': 500, 'n': n}", []),
        ("try:\n        return len(5)\n    except Exception as e:\n        raise RuntimeError('no') from e", [6]),
        ("if event['a']:\n        x = 'a'\n    else:\n        x = 1\n    return 'n' + x", []),
        ("return price(1, rte=2)", [5]),
        ("return event['a'] and price(1, rte=2)", [5]),
        ("return event['a'] and isinstance(event['a'], str) and price(1, rate=2)", []),
        ("return price(1, rte=2) if event['a'] else 1", [5]),
        ("with suppress(TypeError):\n        len(5)\n    return 0", []),
        ("with suppress(TypeError):\n        [len(5) for n in event['items']]\n    return 0", []),
        ("with ExitStack() as s:\n        s.enter_context(suppress(TypeError))\n        len(5)\n    return 0", []),
        ("with open('/tmp/a') as file:\n        return len(5)", [6]),
        ("if type(event['a']) == dict:\n        return event['a'].strip()", [6]),
        ("if type(event['a']) is list:\n        return event['a'].keys()", [6]),
        ("if type(event['a']) in (str, bool):\n        return event['a']['b']['c']", []),
        ("if type(event['a']) not in (dict, list):\n        return event['a'].strip()", []),
        ("if type(event['a']) == set:\n        return event['a'].pop(1)", []),
        ("if type(event['a']) == int:\n        return event['a'] + 1\n    return event['a'] + 2", []),
        ("x = event['a'] or (1,)\n    if type(x) == tuple:\n        return x['b']", [7]),
        ("if isinstance(event['a'], dict):\n        return event['a'] + 1", [6]),
        ("if isinstance(event['a'], list):\n        return event['a']['b']", [6]),
        ("raise ValueError('no')", []),
        ("assert False", []),
    ],
)
def test_what_fails_on_every_path_and_nothing_saves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, rows: list[int]
) -> None:
    head = "from contextlib import ExitStack, suppress\ndef price(amount, rate=2):\n    return amount * rate\n"
    text = f"{head}def handler(event, context):\n    {body}\n"
    assert [row for row, _ in told(tmp_path, monkeypatch, {"app.py": text})] == rows
