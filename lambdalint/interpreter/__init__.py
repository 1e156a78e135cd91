"""Runs a handler on paper: its module imported, the handler called, and what happens recorded.

`run(function, find)` is the way in. It imports libcst; the rest of lambdalint asks for it only where a handler is.
`run_script` does the same for a script of the project that deploys something.

The rows, lowest first; a module imports from its own row and from those below, and never in a circle:

- the vocabulary: `bounds`, `values`, `state` (heap, facts), `scopes`, `liveness` (which names are read later),
  `touched` (which values are changed), `walk` (the tree, the tables), `shapes`, `samples`, `invocation`, `paths` (how
  one ends, what was chosen on it, its frames);
- the machine: `world` (what a run is given), `trail` (where it was, and goes on from), `machine` (where paths part),
  `recorder` (what a rule will read), `replies` (whether a path has answered by a call);
- what is known, with nothing run: `kinds`, `mro`, `orderings`, `equality`, `other_keys`, `membership`, `decisions`,
  `sendable` (what an event may hold), `narrowing` (what a decision teaches), `sequences`, `containers`, `dicts`,
  `escape`, `stand_ins`, `memos`, `signatures`, `merge`, `widen` and `apart` (paths that meet), `draw`,
  `failures`, `plain` and `certain` (what Python refuses);
- the recursion: `evaluate` an expression, `execute` statements, `calls` of values, `conditions` that are asked for;
- operations on values: `attributes`, `attribute_stores`, `items`, `item_stores`, `iteration`, `functions`, `classes`,
  `virtual_bases`, `instances`, `fields`, `model_fields`, `mapped`, `enums`, `mixins`, `parsed_operands`, `arithmetic`;
- the library: what stands outside the project;
- the source's nodes, a module for each family: `names`, `literals`, `comparison`, `loops`, `try_statement`, ...;
- the run: `escaped` (what unseen code may have called), `runner`.

An interpreter is one recursion. Here it goes through three tables, filled by `@on` as the modules are imported: an
expression or statement by its node's class, a callable by its value's type. So `evaluate` knows no kind of node and
`calls` no kind of function. What is not of the project is asked of the library by imports inside functions: the only
arrows that point up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lambdalint.interpreter.invocation import Invocation, ScriptRun
    from lambdalint.interpreter.trail import Trail
    from lambdalint.interpreter.world import EventKinds, Finder, Script
    from lambdalint.project.function import Function
    from lambdalint.source import Source


def run(
    function: Function,
    find: Finder,
    event_kinds: EventKinds | None = None,
    variables: Mapping[str, bool] | None = None,
    pulse: Callable[[], None] | None = None,
    trail: Trail | None = None,
) -> Invocation:
    """Import the function's module and call its handler, on paper.

    In: the function, and how to find the project's modules; `event_kinds`: what the event's fields are, where it is
    known who sends it; `variables`: those of the environment that are surely set, each with whether its text is surely
    not empty; `pulse`: called now and then, and may end the run by an exception; `trail`: gets where the run was, and
    says from where it goes on, if it does. Out: the record; where its module cannot be followed the handler is of kind
    "unknown". No error of the code under analysis is raised.
    """
    from lambdalint.interpreter.runner import run as run_on_paper

    return run_on_paper(function, find, event_kinds, variables or {}, pulse, trail)


def run_script(source: Source, find: Finder, script: Script) -> ScriptRun:
    """Run a file on paper as `python file.py` would: its `__name__` is "__main__"."""
    from lambdalint.interpreter.runner import run_script as run_on_paper

    return run_on_paper(source, find, script)
