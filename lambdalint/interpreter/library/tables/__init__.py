"""What functions and methods outside the project give back, as types (see `library/types.py`).

A row is a full name and `TYPE for KINDS refuses A, B raises C`. The exceptions under `refuses` come of wrong arguments:
not of a call without any, nor of one with a single argument of these KINDS (`for each KINDS`: with any number of them);
those under `raises` may always come. `like0` is a str or bytes, as the first argument is. A function with a row changes nothing
that it is given. ATTRIBUTES are data attributes of types and constants of modules; ELEMENTS what iterating gives;
OPERATORS the type of an operation between two types. Types are named by module and name, without a leading underscore.

tests/test_library.py calls what stands in the standard library's rows.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables import (
    arrays,
    boto,
    clients,
    data_classes,
    databases,
    dates,
    files,
    mongo,
    network,
    numbers,
    powertools,
    system,
    texts,
)

_STANDARD = (dates, numbers, texts, files, network, system)

CALLS: dict[str, str] = {}
ATTRIBUTES: dict[str, str] = {}
ELEMENTS: dict[str, str] = {}
OPERATORS: dict[tuple[str, str | None, str | None], str] = {}
for _table in (*_STANDARD, clients, databases, mongo, arrays, boto, powertools, data_classes):
    CALLS |= _table.CALLS
    ATTRIBUTES |= _table.ATTRIBUTES
    ELEMENTS |= getattr(_table, "ELEMENTS", {})
    OPERATORS |= getattr(_table, "OPERATORS", {})
