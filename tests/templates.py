"""Templates for tests: written to a folder, and read as they are read there."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Deployment, Event
from lambdalint.project.descriptors.templates.reader import read


class Project:
    """A folder with a template and its code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, path: str, text: str = "x = 1\n") -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8")

    def path(self, relative: str) -> str:
        return os.path.join(self.folder, relative)

    def read(self, text: str, path: str = "template.yaml") -> list[Deployment]:
        """The functions that a template deploys."""
        self.write(path, text)
        return list(read(self.path(path), Workspace(self.folder)))

    def one(self, text: str) -> Deployment:
        (deployment,) = self.read(text)
        return deployment

    def events(self, text: str, name: str = "F") -> list[Event]:
        """What calls the function `name` of a template."""
        return [event for one in self.read(text) if one.name == name for event in one.events]


#: A function that a test's resources call.
FUNCTION = """
  F:
    Type: AWS::Lambda::Function
    Properties: {Handler: app.handler, Runtime: python3.13, Code: ./src}
"""
