"""Runs a Python app on paper, as `cdk synth` runs it: the command that cdk.json names, in the folder of cdk.json."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass

from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.cdk.constructs import Constructs
from lambdalint.project.descriptors.cdk.functions import functions_of
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.tree import Node, Unreadable, read_tree

#: Statements and calls of one app.
MAX_STEPS = 120_000
#: Ways through it that are followed beside one another: what a stack makes hangs on few conditions.
MAX_PATHS = 4
#: The libraries of CDK, by the beginning of their first names: each is written for jsii, so that its objects live in
#: another process and a call changes nothing in this one. `open`: a file's content may be a function's code.
_LIBRARIES = ("aws_cdk", "aws_solutions_constructs", "cdk_", "cdklabs", "constructs", "jsii")
_OPEN = "open"
_CONTEXT = ".node.try_get_context"
_LOADERS = frozenset({"json.load", "yaml.safe_load", "yaml.load", "yaml.full_load"})


@dataclass(frozen=True, slots=True)
class App:
    """What cdk.json says. `script`: the absolute path of the Python file that is run, if one is. `context`: the values
    that `try_get_context` gives unless the command line says otherwise."""

    folder: str
    script: str | None
    context: Node | None


def app_of(settings: Node, folder: str, files: Files) -> App:
    """The app whose settings stand in `folder`."""
    command = settings.get("app")
    script = _script(command.text or "", folder, files) if command is not None else None
    return App(folder, script, settings.get("context"))


def _script(command: str, folder: str, files: Files) -> str | None:
    """The file that a command has Python run: `python3 app.py`, `poetry run python -m infra.app`, `./app.py`."""
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    by_name = next((word for word in words if word.endswith(".py")), None)
    if "-m" in words[1:-1] and by_name is None:
        module = words[words.index("-m") + 1].replace(".", "/")
        paths = [f"{module}.py", f"{module}/__main__.py"]
    else:
        paths = [by_name] if by_name is not None else []
    for path in paths:
        found = os.path.normpath(os.path.join(folder, path))
        if os.path.basename(found) in files.names(os.path.dirname(found)):
            return found
    return None


def written(app: App, files: Files) -> tuple[list[Deployment], bool]:
    """The functions that the app makes, and whether it was followed to its end."""
    from lambdalint.interpreter import run_script
    from lambdalint.interpreter.world import Script

    try:
        source = files.open(app.script) if app.script is not None else None
    except OSError:
        source = None
    if source is None:
        return [], False
    context = {key: node.plain() for key, node in app.context.items()} if app.context is not None else {}

    def answer(name: str, first: str) -> object:
        if name.endswith(_CONTEXT):
            return context.get(first)
        return _loaded(os.path.join(app.folder, first), files) if name in _LOADERS else None

    script = Script(files.path_of, _is_followed, answer, app.folder, MAX_STEPS, MAX_PATHS)
    run = run_script(source, files.finder(source, above=True), script)
    made = list(functions_of(Constructs(run.calls, run.possible_calls), app.folder, files))
    return made, not any(cause.startswith("steps") for cause in run.gave_up)


def _loaded(path: str, files: Files) -> object:
    """The content of a file of settings."""
    text = files.text(path)
    try:
        return read_tree(text).plain() if text is not None else None
    except Unreadable:
        return None


def _is_followed(library: str) -> bool:
    return library == _OPEN or library.startswith(_LIBRARIES)
