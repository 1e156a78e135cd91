"""`lambdalint server`: the language server, over standard input and output."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from typing import Any

from lambdalint.cli.arguments import listed
from lambdalint.cli.output import WRONG, say
from lambdalint.memory import stay


def server(options: argparse.Namespace) -> int:
    """Serve an editor until it ends that. What the rules' options say counts in every folder, over its settings."""
    gc.disable()  # what is imported stays: to look through it takes a tenth of the start
    try:
        from lambdalint.server.features import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        say('error: the language server needs pygls, which is not installed: `pip install "lambdalint[server]"`')
        return WRONG
    from lambdalint.config import check_rules
    from lambdalint.server.project import Options

    overrides: dict[str, Any] = {}
    for name in ("select", "extend_select", "ignore", "extend_ignore"):
        selectors = listed(getattr(options, name))
        if selectors is not None:
            overrides[name] = check_rules(f"--{name.replace('_', '-')}", selectors)
    if options.preview:
        overrides["preview"] = True
    level = logging.DEBUG if options.verbose else logging.WARNING
    logging.basicConfig(stream=sys.stderr, level=level, format="%(asctime)s %(name)s: %(message)s")
    stay()
    serve(Options(tuple(options.config), options.isolated, options.plugins, overrides))
    return 0
