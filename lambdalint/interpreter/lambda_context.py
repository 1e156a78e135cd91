"""The context that Lambda hands to a handler, `awslambdaric.lambda_context.LambdaContext`: a test asks that class.

https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
"""

from __future__ import annotations

#: Its attributes that are always a `str`; `memory_limit_in_mb` is the text of AWS_LAMBDA_FUNCTION_MEMORY_SIZE.
TEXTS = frozenset(
    {
        *("aws_request_id", "log_group_name", "log_stream_name", "function_name", "memory_limit_in_mb"),
        *("function_version", "invoked_function_arn"),
    }
)

#: Its methods, by the class that has them.
CLASS = "awslambdaric.lambda_context.LambdaContext"
METHODS = frozenset({"get_remaining_time_in_millis", "log"})

#: All that it has: these, what may be None, and its methods.
ATTRIBUTES = TEXTS | METHODS | {"client_context", "identity", "tenant_id", "w3c", "epoch_deadline_time_in_ms"}
