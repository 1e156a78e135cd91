"""Write the output blocks of the rules' pages anew: `python -m tests.update_pages [CODE ...]`."""

from __future__ import annotations

import sys

from .pages import pages


def main(codes: list[str]) -> None:
    for page in pages():
        if codes and page.code not in codes:
            continue
        text = page.updated()
        if text != page.text:
            page.path.write_text(text, "utf-8")
            print(f"{page.path.name} written anew")


if __name__ == "__main__":
    main(sys.argv[1:])
