"""A deployed function, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass

from lambdalint.source import Source


@dataclass(frozen=True, slots=True)
class Function:
    """One entry point. Without a template it was found in the code, or named by the settings.

    `named` says that somebody named it (settings or a descriptor), rather than that it looks like a handler.
    """

    source: Source
    attribute: str
    module: str
    named: bool = False

    @property
    def handler(self) -> str:
        """The handler string: `app.lambda_handler`."""
        return f"{self.module}.{self.attribute}"
