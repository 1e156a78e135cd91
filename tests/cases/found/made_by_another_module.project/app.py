"""A handler that a function of another module makes."""

from framework import made

handler = made({"a", "b"})
