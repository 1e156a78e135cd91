"""Runs a handler on paper: its module imported, the handler called, and what happens recorded.

`run(function, find)` is the way in. It imports libcst; the rest of lambdalint asks for it only where a handler is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambdalint.interpreter.invocation import Invocation
    from lambdalint.interpreter.machine import Finder
    from lambdalint.project.function import Function


def run(function: Function, find: Finder) -> Invocation:
    """Import the function's module and call its handler, on paper.

    In: the function, and how to find the project's modules. Out: the record; where its module cannot be followed the
    handler is of kind "unknown". No error of the code under analysis is raised.
    """
    from lambdalint.interpreter.runner import run as run_on_paper

    return run_on_paper(function, find)
