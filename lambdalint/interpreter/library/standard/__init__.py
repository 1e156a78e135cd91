"""Models of the standard library: what is more than a type in the table."""

from lambdalint.interpreter.library.standard import (
    concurrency,
    copies,
    decorators,
    environment,
    files,
    getters,
    iterators,
    logs,
    managers,
    numbers,
    packed,
    paths,
    processes,
    records,
    selections,
    serializers,
)

__all__ = [
    "concurrency",
    "copies",
    "decorators",
    "environment",
    "files",
    "getters",
    "iterators",
    "logs",
    "managers",
    "numbers",
    "packed",
    "paths",
    "processes",
    "records",
    "selections",
    "serializers",
]
