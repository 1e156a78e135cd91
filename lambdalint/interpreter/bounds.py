"""The bounds of a run, in one place: how far it goes before what is left counts as unknown.

`-v` names the cause, as it stands in quotes here, under the function whose run met the bound. Where none is named,
nothing is lost but how exact a value is. Other causes are of what is not followed at all:

- "dynamic code": `exec`, `eval`, a module that is imported by a name that is not known;
- "patterns": of `match`, on classes that are not known;
- "endless generators": only their first rounds are followed;
- "steps of one call", "replays": one call, or one statement, took more than its share of the steps;
- "nesting of the interpreter": Python's own stack was at its end.
"""

from __future__ import annotations

# Of a run. Past these, paths are not followed, and the record is not complete.
MAX_STEPS = 8_000  # "steps": statements and calls
STEPS_LEFT = 2_500  # of them, once a path has been dropped; and for the handler, once its module is imported
MAX_PATHS = 16  # "paths": states that leave one statement of a block; a few times those past it become one
MAX_JOINS = 12  # how often as many; from then on fewer stay as they are
MAX_CHOICES = 64  # "choices in one statement": sequences of choices within it
MAX_WAYS = 7  # through one statement, past which what is left of it gives one value for all of its ways
MAX_INITS = 3  # "paths": states that leave a statement of a module, and the module; those past it become one
MAX_ROUNDS = 3  # "loops that do not settle": rounds from a widened state before all that changes becomes unknown

# Of calls and imports. Past these, what comes back is unknown.
MAX_DEPTH = 64  # "depth of calls": of project functions inside one another
MAX_RECURSION = 2  # "recursion": of one function inside itself
MAX_KNOWN_RECURSION = 12  # the same, where each argument is a constant, or a method is called on another object
MAX_IMPORTS = 200  # "modules that are not followed": imported inside one another
MAX_ESCAPED = 24  # "callbacks": functions that code which is not seen may call

# Of values.
MAX_ITEMS = 2_000  # "large literals": entries of one
MAX_PARTS = 4_000  # "large values": parts of one that a rule looks at
MAX_ANSWER = 1_000  # "large values": parts of one answer of AWS; definitions of QuickSight have more
MAX_NESTING = 60  # "large values": of containers in one another
MAX_ASKED = 48  # "parts that a serializer's hook is asked for": of one call
MAX_TEXT = 10_000  # characters of a text, or digits of a number, that are computed; past it the type is kept
MAX_UNROLL = 24  # elements of a known iterable that a loop follows one by one; further ones are followed as one

# Of the record.
MAX_VARIANTS = 8  # sets of arguments kept of one call in the code; further ones are kept as one
MAX_MADE = 200  # the same of a call whose each answer is another thing, in a library that the run follows
