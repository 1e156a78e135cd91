"""Makes lambdalint/project/packaging/distributions.txt (what each distribution is imported as) and requires.toml (what
some of them bring in turn).

    pip download --no-deps pigar==2.2.0            # its wheel holds pigar/.db.sqlite3
    pip install --dry-run --ignore-installed --only-binary :all: --report new.json requests boto3 ...
    pip install --dry-run --ignore-installed --no-deps --only-binary :all: --python-version 3.8 --target x \
        --platform manylinux2014_x86_64 --report old.json requests==2.22.0 boto3==1.10.0 ...
    python scripts/distributions.py DB NAMES REPORT [REPORT ...]

DB is pigar's (BSD, https://github.com/damnever/pigar), NAMES a file with one distribution a line: those that are
downloaded most (https://hugovk.github.io/top-pypi-packages/). A REPORT is pip's own of what it would install: each
distribution's metadata says what it requires. Of several versions of one, all that any requires is put together.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PACKAGING = Path(__file__).parent.parent / "lambdalint" / "project" / "packaging"
#: Folders that wheels put beside their modules, which nobody means to import.
NOT_MEANT = {"test", "tests", "testing", "docs", "doc", "examples", "example", "benchmarks", "scripts", "bin"}
MINORS = range(8, 15)
#: What the database lacks or has wrong, from the wheels themselves.
CORRECTED = {
    "exceptiongroup": ["exceptiongroup"],
    "opentelemetry-api": ["opentelemetry"],
    "protobuf": ["google"],
    "setuptools": ["_distutils_hack", "distutils", "pkg_resources", "setuptools"],
    "typing-extensions": ["typing_extensions"],
}


def imports(database: str, names: set[str]) -> dict[str, list[str]]:
    """The modules of each distribution that is known to the database."""
    query = "select d.name, t.name from distributions d join top_level_module_names t on t.distribution_id = d.id"
    found: dict[str, set[str]] = {}
    for distribution, module in sqlite3.connect(database).execute(query):
        name = canonicalize_name(distribution)
        if name in names and module.isidentifier() and module not in NOT_MEANT:
            found.setdefault(name, set()).add(module)
    return {name: sorted(modules) for name, modules in found.items()} | CORRECTED


def may_hold(requirement: Requirement) -> bool:
    """Whether a requirement without extras counts on some Python that Lambda runs."""
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({
            "python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0", "extra": "",
            "platform_system": "Linux", "sys_platform": "linux", "os_name": "posix", "platform_machine": machine,
            "implementation_name": "cpython", "platform_python_implementation": "CPython",
        })
        for minor in MINORS
        for machine in ("x86_64", "aarch64")
    )  # fmt: skip


def requires(reports: list[str]) -> dict[str, tuple[str, set[str]]]:
    """Of each distribution in the reports: its oldest version there, and all that it requires in any of them."""
    found: dict[str, tuple[str, set[str]]] = {}
    for report in reports:
        for entry in json.loads(Path(report).read_text("utf-8"))["install"]:
            metadata = entry["metadata"]
            name, version = canonicalize_name(metadata["name"]), metadata["version"]
            oldest, known = found.get(name, (version, set()))
            needed = map(Requirement, metadata.get("requires_dist", ()))
            known |= {canonicalize_name(one.name) for one in needed if may_hold(one)}
            found[name] = (min(oldest, version, key=Version), known)
    return found


def main() -> None:
    database, listed, *reports = sys.argv[1:]
    today = datetime.date.today()
    closures = requires(reports)
    names = {canonicalize_name(line) for line in Path(listed).read_text("utf-8").split()}
    names |= closures.keys() | {one for _, needed in closures.values() for one in needed}
    with (PACKAGING / "distributions.txt").open("w", encoding="utf-8") as file:
        print("# What distributions are imported as: `pillow PIL`. Alone: by its own name, `_` for `-`.", file=file)
        print("# Made by scripts/distributions.py. source: the data of pigar 2.2.0 (PyPI)", file=file)
        print(f"# checked: {today}", file=file)
        for name, modules in sorted(imports(database, names).items()):
            own = modules == [name.replace("-", "_")]
            print(" ".join([name] if own else [name, *modules]), file=file)
    with (PACKAGING / "requires.toml").open("w", encoding="utf-8") as file:
        print("# What distributions require without extras: all that any version from `since` on does.", file=file)
        print("# Made by scripts/distributions.py.", file=file)
        print('source = "the Requires-Dist of the oldest and the newest version given here, from PyPI"', file=file)
        print(f"checked = {today}", file=file)
        for name, (since, needed) in sorted(closures.items()):
            print(f'\n["{name}"]\nsince = "{since}"\nrequires = {json.dumps(sorted(needed))}', file=file)


if __name__ == "__main__":
    main()
