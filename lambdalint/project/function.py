"""An entry point of the code, and what is known of its deployment."""

from __future__ import annotations

from dataclasses import dataclass

from lambdalint.project.deployment import Deployment
from lambdalint.project.packaging import Package
from lambdalint.source import Source


@dataclass(frozen=True, slots=True)
class Function:
    """One entry point. Without a descriptor it was found in the code, or named by the settings.

    `named` says that somebody named it (settings or a descriptor), rather than that it looks like a handler.
    `module` is the name by which Lambda imports the file. `deployment`: what the descriptor says;
    `package`: what can be imported there.
    """

    source: Source
    attribute: str
    module: str
    named: bool = False
    deployment: Deployment | None = None
    package: Package | None = None

    @property
    def handler(self) -> str:
        """The handler string: `app.lambda_handler`."""
        return f"{self.module}.{self.attribute}"
