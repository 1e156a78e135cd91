"""The reader of SAM and CloudFormation templates."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.reader import Files, Reader
from lambdalint.project.descriptors.templates.functions import functions_of
from lambdalint.project.descriptors.templates.nested import nested_templates
from lambdalint.project.descriptors.templates.packages import LocalPackages
from lambdalint.project.descriptors.templates.template import Template
from lambdalint.project.descriptors.templates.values import Given
from lambdalint.project.descriptors.tree import Unreadable, read_tree
from lambdalint.text import Text

_SUFFIXES = (".yaml", ".yml", ".json", ".template")
#: The Serverless Framework's own file holds resources too.
_OTHERS = ("serverless.yaml", "serverless.yml", "serverless.json")
_TYPES = re.compile(rb"AWS::Serverless::|AWS::Lambda::|AWS::CloudFormation::Stack")
_RESOURCES = re.compile(rb"""(?m)^(?:\xef\xbb\xbf)?["']?Resources["']?\s*:""")
#: What tells a template of Jinja or of cookiecutter, which makes the template that is deployed, and the names that
#: scripts put something for: `%BUCKET%`, `@BUCKET@`. No plain scalar of YAML begins so.
_MADE_BY = re.compile(r"\{%|\{\{|(%+|@)[A-Za-z_]\w*\1")
_MAX_DEPTH = 6
_MAX_NESTED = 50


def fits(name: str, data: bytes) -> bool:
    """Whether a file may be a template with functions. Those that CDK has made, with their assets, have a reader of
    their own."""
    return (
        name.endswith(_SUFFIXES)
        and name not in _OTHERS
        and _TYPES.search(data) is not None
        and _has_resources(data)
        and b"aws:asset:path" not in data
    )


def _has_resources(data: bytes) -> bool:
    """Whether `Resources` stands at the top, as far as can be told without reading the file."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return b'"Resources"' in data
    return _RESOURCES.search(data) is not None


def read(path: str, files: Files) -> Iterator[Deployment]:
    """The functions that a template deploys, those of nested templates with what the parent hands down.

    Raises:
        Unreadable: it is no YAML, or past a bound.
    """
    text = files.text(path)
    if text is None:
        return
    try:
        yield from _deployed(text, path, files, {}, (path,), [_MAX_NESTED])
    except Unreadable as unreadable:
        if not _is_made(text, unreadable):
            raise


def _is_made(text: Text, unreadable: Unreadable) -> bool:
    """Whether a file cannot be read where a template engine has yet to put something."""
    row = unreadable.place.span().start.row
    lines = text.lines[max(row - 2, 0) : row]
    return any(_MADE_BY.search(line) for line in lines)


def _deployed(
    text: Text, path: str, files: Files, given: Mapping[str, Given], within: tuple[str, ...], left: list[int]
) -> Iterator[Deployment]:
    """`within`: the paths of the templates that nest this one, and its own; `left`: how many more may be read."""
    folder = os.path.dirname(path)
    template = Template(
        text, read_tree(text), given, local=lambda other: files.text(os.path.normpath(os.path.join(folder, other)))
    )
    for deployment in functions_of(template, LocalPackages(template, files, folder)):
        yield replace(deployment, through=within)
    for nested in nested_templates(template):
        other = os.path.normpath(os.path.join(folder, nested.path))
        if other in within or len(within) >= _MAX_DEPTH or left[0] <= 0:
            continue
        left[0] -= 1
        inner = files.text(other)
        if inner is not None:
            # What cannot be read there is reported there.
            with suppress(Unreadable):
                yield from _deployed(inner, other, files, nested.given, (*within, other), left)


TEMPLATES = Reader("templates", fits, read)
