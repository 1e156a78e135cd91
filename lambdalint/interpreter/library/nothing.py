"""What is called outside the project for what it does: it gives None, and can give nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.library.tables import CALLS
from lambdalint.interpreter.library.types import parse_row
from lambdalint.interpreter.values import Const, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.library.site import CallSite

#: By owner, what has a model of its own. https://docs.python.org/3/library/stdtypes.html,
#: https://docs.python.org/3/library/logging.html
_LEVELS = "debug info warning warn error exception critical log"
_METHODS = {
    "list": "append extend insert remove clear reverse sort",
    "dict": "update clear",
    "set": (
        "add discard remove clear update intersection_update difference_update symmetric_difference_update"
    ),
    "bytearray": "append extend insert remove clear reverse",
    "collections.deque": "append appendleft extend extendleft insert remove clear reverse rotate",
    **dict.fromkeys(("collections.Counter", "collections.OrderedDict", "collections.defaultdict"), "update clear"),
    **dict.fromkeys(("logging", "logging.Logger", "logging.RootLogger", "aws_lambda_powertools.Logger"), _LEVELS),
}
_NAMES = frozenset({
    *(f"{owner}.{name}" for owner, names in _METHODS.items() for name in names.split()),
    *("print", "setattr", "delattr", "json.dump", "heapq.heappush", "bisect.insort", "random.shuffle"),
    *("traceback.print_exc", "pprint.pprint"),
})  # fmt: skip


def gives_nothing(name: str) -> bool:
    """Whether a function of this full name gives None and nothing else."""
    row = CALLS.get(name)
    return name in _NAMES or (row is not None and parse_row(row).type == "None")


def note_nothing(site: CallSite, made: Value) -> Value:
    """What a call gave; a None that it always gives says so."""
    if type(made) is Const and made.value is None and gives_nothing(site.name):
        return Const(None, site.place, gave=site.name)
    return made
