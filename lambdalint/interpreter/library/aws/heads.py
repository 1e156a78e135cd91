"""Questions that go out by HEAD: the answer has no body, so no code stands in it, and botocore makes a ClientError with
the status for its code: "404". Of what a client has as `exceptions`, it raises none.

Sources: `RestXMLParser._do_error_parse` in botocore/parsers.py, botocore 1.44.8; `HeadObject` and `HeadBucket` are the
only operations of its models that are asked by HEAD and whose errors are not named in the headers; s3transfer asks for
the size of what it fetches (`DownloadSubmissionTask._submit`). The errors that the models list for an operation are no
rule for what it raises: a copy raises `NoSuchKey`, of which its model says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdalint.interpreter.exceptions import exception_types, matches
from lambdalint.interpreter.kinds import is_subclass
from lambdalint.interpreter.library.aws.errors import EXCEPTIONS
from lambdalint.interpreter.values import Outside, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

#: What HEAD raises, as one of the client's exceptions that no other is: behind it stands what was called.
_PREFIX = f"{EXCEPTIONS}s3.404:"
_OTHER = "botocore.exceptions.BotoCoreError"
#: What fetches a file asks for its size first.
_FETCHING = ("download_file", "download_fileobj")


def errors_of(called: str) -> tuple[str, ...]:
    """What is raised by an operation of S3 that is asked by HEAD, or asks so first."""
    return (f"{_PREFIX}{called}", _OTHER)


#: By the names of the functions.
ASKED = frozenset({"head_object", "head_bucket", *_FETCHING})


def note_clause(machine: Machine, node: Any, frame: Frame, error: Value, types: Value) -> None:
    """Note whether an except clause that names an exception of a client meets the error of a HEAD alone. In: what
    stands behind `except`, and its value."""
    types = machine.state.resolve(types)
    named = [one for one in (types.items if type(types) is Tuple else (types,)) if type(one) is Outside]
    asked = [one for one in exception_types(machine, error) or () if isinstance(one, str) and one.startswith(_PREFIX)]
    passes = bool(asked) and all(is_subclass(asked[0], one.name) is False for one in named)
    for one in named:
        if not one.name.startswith(EXCEPTIONS):
            continue
        if matches(machine, error, one) is not False:
            machine.recorder.meeting.add(id(node))
        elif passes:
            why = _why(asked[0].removeprefix(_PREFIX), one.name.rpartition(".")[2])
            machine.recorder.missed.setdefault(id(node), (machine.place(node, frame), why))


def _why(called: str, name: str) -> str:
    by = f"`{called}()` asks by `head_object` first, which" if called in _FETCHING else f"`s3.{called}`"
    return f"{by} raises no `{name}`: an answer to HEAD names no error, and botocore makes a ClientError of its status"
