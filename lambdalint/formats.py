"""The names that `--output-format` and the setting `output-format` take."""

from __future__ import annotations

#: What a person reads in a terminal: in colour, and with a summary below.
IN_A_TERMINAL = ("text", "concise", "grouped")
FORMATS = (*IN_A_TERMINAL, "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "azure", "html")
