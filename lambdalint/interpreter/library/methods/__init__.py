"""Models of the methods of the builtin types. `?` is the type of what was read from JSON."""

from lambdalint.interpreter.library.methods import containers, dicts, lists, sets, texts

__all__ = ["containers", "dicts", "lists", "sets", "texts"]
