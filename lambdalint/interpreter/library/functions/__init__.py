"""Models of the builtin functions, and of what the builtin types do when they are called."""

from lambdalint.interpreter.library.functions import (
    aggregates,
    attributes,
    classes,
    constructors,
    conversions,
    exceptions,
    iterating,
    running,
)

__all__ = ["aggregates", "attributes", "classes", "constructors", "conversions", "exceptions", "iterating", "running"]
