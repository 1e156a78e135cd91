"""The site, built by mkdocs: each link inside it leads to a page and a place that is there, and search knows each rule.

It stands in a session of its own: `nox -f scripts/noxfile.py -s docs`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from lambdalint.checks import RULES

pytest.importorskip("material", reason="a session of its own: nox -f scripts/noxfile.py -s docs")

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "docs.py"


class Reader(HTMLParser):
    """The places of a page, and what it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.places.add(value)
            elif name in ("href", "src") and value:
                self.links.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    command = (sys.executable, str(SCRIPT), str(folder))
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr
    return folder / "site"


def test_each_link_leads_somewhere(site: Path) -> None:
    pages = {path: Reader(path.read_text("utf-8")) for path in site.rglob("*.html") if path.name != "404.html"}
    assert len(pages) == 3 + len({code if code.startswith("LL") else "F" for code in RULES})
    for path, page in pages.items():
        for link in page.links:
            name, place = map(unquote, urldefrag(link))
            if ":" in name:
                continue
            target = (path.parent / name).resolve() if name else path
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), f"{path} links to {link}"
            assert not place or place in pages[target].places, f"{path} links to {link}"


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    foreign = ('src="http', "fonts.googleapis.com", 'data-md-component="source"')  # the last asks GitHub for its stars
    texts = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    assert [(path, what) for path, text in texts.items() for what in foreign if what in text] == []


def test_search_knows_each_rule_by_its_code_and_its_name(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    text = "\n".join(f"{entry['title']} {entry['text']}" for entry in index["docs"])
    assert [code for code, rule in RULES.items() if code not in text or rule.name not in text] == []
