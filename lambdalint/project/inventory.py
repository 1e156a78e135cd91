"""Everything that is deployed, or looks like it: what descriptors name, what the settings name, what the code shows."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from lambdalint.finding import Span
from lambdalint.project.asked import Lasting
from lambdalint.project.built import found_built
from lambdalint.project.code.handlers import entry_points
from lambdalint.project.code.modules import Modules, Workspace
from lambdalint.project.code.reach import Name
from lambdalint.project.code.signs import EXACT
from lambdalint.project.deployed import DeployedModules
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.readers import Descriptor, descriptors
from lambdalint.project.descriptors.tree import Unreadable
from lambdalint.project.function import Function
from lambdalint.project.holdings import Holdings
from lambdalint.project.resolve import Resolved, resolve
from lambdalint.source import Source

#: Told of an exception: what was being done, to which file.
Failed = Callable[[str, str, Exception], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry point, to be run once. `functions`: it, as each descriptor deploys it; one at least."""

    functions: tuple[Function, ...]
    modules: Modules

    @property
    def function(self) -> Function:
        """The first."""
        return self.functions[0]


@dataclass
class Inventory:
    """What there is. `read`: the descriptors that were read, as people see their paths. Once it is asked about files,
    its lists must not change."""

    entries: list[Entry] = field(default_factory=list)
    resolved: list[Resolved] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    @cached_property
    def deployed(self) -> frozenset[str]:
        """The files, as people see them, of the functions that descriptors deploy."""
        functions = (one.function for one in self.resolved)
        return frozenset(function.source.path for function in functions if function is not None)

    def may_be_older(self, path: str) -> bool:
        """Whether a file (absolute), which is no entry point, may be meant for Python 2: that runs a function which may
        hold it, or a function of the project and no known one holds it."""
        if not self._has_older:
            return False
        holding = [*self._holdings.of(path), *self._holdings.unplaced]
        return not holding or any(one.is_older for one in holding)

    def may_hold(self, path: str, *, script: bool = False) -> bool:
        """Whether a file (absolute) may be part of what is deployed; False where all of it stands elsewhere. A script,
        which people start by hand, is part of a function whose code is known to hold it, and of no other."""
        if not script and (not self.resolved or self._holdings.unplaced):
            return True
        return bool(self._holdings.of(path))

    def declared(self, path: str) -> frozenset[str]:
        """The variables that every function declares of which a file (absolute) may be a part."""
        names = [frozenset(one.deployment.variables) for one in self._holdings.of(path)]
        if self._holdings.unplaced:
            names.append(self._declared_by_unplaced)
        return names[0].intersection(*names[1:]) if names else frozenset()

    def called(self, source: Source) -> frozenset[str]:
        """The names at the top of a file by which Lambda calls its functions, or is mostly told to."""
        return frozenset((*EXACT, *self._called.get(id(source), ())))

    @cached_property
    def _holdings(self) -> Holdings:
        return Holdings(self.resolved)

    @cached_property
    def _has_older(self) -> bool:
        return any(one.is_older for one in self.resolved)

    @cached_property
    def _declared_by_unplaced(self) -> frozenset[str]:
        names = [frozenset(one.deployment.variables) for one in self._holdings.unplaced]
        return names[0].intersection(*names[1:])

    @cached_property
    def _called(self) -> dict[int, set[str]]:
        """By the file."""
        found: dict[int, set[str]] = {}
        entries = (entry.function for entry in self.entries)
        for function in (*entries, *(one.function for one in self.resolved)):
            if function is not None:
                found.setdefault(id(function.source), set()).add(function.attribute.partition(".")[0])
        return found

    def files(self, paths: Iterable[str]) -> list[str]:
        """Those of some paths that are, or belong to, a descriptor that was read."""
        return [path for path in paths if not {path, path.rpartition("/")[0]}.isdisjoint(self.read)]


def inventory(
    sources: Collection[Source],
    candidates: Iterable[str],
    workspace: Workspace,
    *,
    named: Sequence[str],
    lasting: Lasting,
    failed: Failed,
    pulse: Callable[[], None],
) -> Inventory:
    """Take stock.

    Args:
        sources: the Python files in scope.
        candidates: files that may be descriptors, in scope or above it.
        named: the setting `handlers`.
        lasting: what earlier runs have made of descriptors.
        failed: told of each exception, which costs the one descriptor or file that it came of.
        pulse: called for each descriptor and each deployment; what it raises that is no `Exception` ends the work.
    """
    found = Inventory()
    deployments = _deployments(candidates, workspace, lasting, found, failed, pulse)
    for deployment in deployments:
        pulse()
        try:
            make = partial(resolve, deployment)
            found.resolved.append(lasting.made("resolved", deployment, workspace, make))
        except Exception as error:
            failed(f"resolving `{deployment.name}`", deployment.place.span().path, error)
    found.resolved = found_built(found.resolved, workspace)
    deployed = _deployed(found.resolved)
    older = [one.older for one in found.resolved if one.older is not None]
    taken = {(id(function.source), function.attribute) for function in (*deployed, *older)}
    found.entries = _entries(deployed, workspace)
    names = {(function.source, function.attribute) for function in deployed}
    for function in _looked_for(sources, workspace, named, names, failed):
        if (id(function.source), function.attribute) not in taken:
            found.entries.append(Entry((function,), workspace.finder(function.source)))
    order = {id(source): number for number, source in enumerate(sources)}
    found.entries.sort(key=lambda entry: order.get(id(entry.function.source), len(order)))
    return found


def _deployments(
    candidates: Iterable[str],
    workspace: Workspace,
    lasting: Lasting,
    found: Inventory,
    failed: Failed,
    pulse: Callable[[], None],
) -> list[Deployment]:
    """What the descriptors deploy. A nested template, or a module that another calls, is read with what its parent
    hands down, and not by itself too; nor is what it nests in its turn."""
    own: list[Deployment] = []
    nested: list[Deployment] = []
    for descriptor in descriptors(candidates, workspace):
        pulse()
        shown = descriptor.shown(workspace)
        for one in _read(descriptor, workspace, lasting, shown, found, failed):
            path = one.place.span().path
            (own if shown in (path, path.rpartition("/")[0]) else nested).append(one)
    by_span: dict[Span, list[Deployment]] = {}
    for one in nested:
        by_span.setdefault(one.place.span(), []).append(one)
    roots = [one for one in nested if not any(_leads_to(other, one) for other in by_span[one.place.span()])]
    return [one for one in own if one.place.span() not in by_span] + roots


def _leads_to(other: Deployment, one: Deployment) -> bool:
    """Whether another way to a function begins above the descriptor that one begins with. Of those that lead to each
    other in a circle none is above."""
    return bool(one.through) and one.through[0] in other.through[1:] and other.through[0] not in one.through


def _read(
    descriptor: Descriptor, workspace: Workspace, lasting: Lasting, shown: str, found: Inventory, failed: Failed
) -> list[Deployment]:
    try:
        deployments = lasting.made(descriptor.path, descriptor.reader, workspace, descriptor.deployments)
    except Unreadable as error:
        found.unreadable.append(error)
    except Exception as error:
        failed(f"reading the {descriptor.reader.name} descriptor", shown, error)
    else:
        found.read.append(shown)
        return deployments
    return []


def _deployed(resolved: Iterable[Resolved]) -> list[Function]:
    """The entry points. What only a Dockerfile says is left out where another descriptor deploys the image."""
    functions = [one.function for one in resolved if one.function is not None]
    better = {
        (id(function.source), function.attribute)
        for function in functions
        if function.deployment is not None and function.deployment.descriptor != "Dockerfile"
    }
    return [
        function
        for function in functions
        if function.deployment is None
        or function.deployment.descriptor != "Dockerfile"
        or (id(function.source), function.attribute) not in better
    ]


def _entries(functions: Iterable[Function], workspace: Workspace) -> list[Entry]:
    """Those that run alike - the same name in the same file, with the same modules to be found - are one."""
    finders: dict[tuple[object, ...], Modules] = {}
    groups: dict[tuple[object, ...], tuple[Modules, list[Function]]] = {}
    for function in functions:
        assert function.deployment is not None
        path = workspace.path_of(function.source)
        modules = DeployedModules(workspace, function.deployment, os.path.dirname(path) if path else None)
        finder = finders.setdefault((modules.contents.roots, modules.contents.complete, path is None), modules)
        key = (id(function.source), function.attribute, function.module, id(finder))
        groups.setdefault(key, (finder, []))[1].append(function)
    return [Entry(tuple(group), finder) for finder, group in groups.values()]


def _looked_for(
    sources: Collection[Source], workspace: Workspace, named: Sequence[str], deployed: Collection[Name], failed: Failed
) -> list[Function]:
    """The entry points that the settings name or the code shows."""
    try:
        return entry_points(sources, workspace, named, deployed)
    except Exception as error:
        first = error
    functions: list[Function] = []
    blamed = False
    for source in sources:  # one by one, so that it costs the one file that is to blame
        try:
            functions += entry_points([source], workspace, named, deployed)
        except Exception as error:
            blamed = True
            failed("finding the handlers", source.path, error)
    if not blamed:
        failed("finding the handlers", ".", first)
    return functions
