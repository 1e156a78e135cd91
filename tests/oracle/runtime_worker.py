"""The Lambda runtime, asked: `python -m tests.oracle.runtime_worker FOLDER` serves handlers that stand in FOLDER.

A request is a line of JSON, {"handler": "m1.handler", "events": [...]}; so is the answer: for each event what came of
it: "ok", "marshal" (Runtime.MarshalError), "dumps" (json.dumps refused its argument), "call" (the handler could not be
called with two arguments), "raised", "fault" (the runtime found no handler), with the message; of "ok", the answer.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from awslambdaric.bootstrap import _get_handler
from awslambdaric.lambda_context import LambdaContext
from awslambdaric.lambda_runtime_exception import FaultException
from awslambdaric.lambda_runtime_marshaller import LambdaMarshaller

refused: list[str] = []
_dumps = json.dumps


def _watched(*args: Any, **keywords: Any) -> str:
    try:
        return _dumps(*args, **keywords)
    except Exception as error:
        refused.append(str(error))
        raise


def invoke(handler: str, event: Any) -> tuple[str, str]:
    """What becomes of one invocation."""
    refused.clear()
    try:
        function = _get_handler(handler)
    except FaultException as fault:
        return "fault", f"{fault.exception_type}: {fault.msg}"
    except Exception as error:
        return "fault", f"{type(error).__name__} at import: {error}"
    context = LambdaContext("id", None, None, 2_000_000_000_000, "arn:aws:lambda:eu-west-1:1:function:demo", None)
    try:
        value = function(event, context)
    except Exception as error:
        trace = error.__traceback__
        if refused:
            return "dumps", refused[0]
        if isinstance(error, TypeError) and trace is not None and trace.tb_next is None:
            return "call", str(error)
        return "raised", f"{type(error).__name__}: {error}"
    try:
        return "ok", str(LambdaMarshaller().marshal_response(value)[0])
    except FaultException as fault:
        return "marshal", fault.msg


def serve(folder: str, *others: str) -> None:
    """Answer until the input ends. `others`: folders on sys.path after the code folder, and before all else."""
    sys.path[:1] = [folder, *others]
    answers, sys.stdout = sys.stdout, sys.stderr
    json.dumps = _watched  # type: ignore[assignment]
    for line in sys.stdin:
        request = json.loads(line)
        results = [invoke(request["handler"], event) for event in request["events"]]
        answers.write(_dumps(results) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(*sys.argv[1:])
