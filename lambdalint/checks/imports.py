"""LL005, LL006, LL007, LL009: imports that fail as Lambda loads the function, and what its Python does not have yet.

Source: awslambdaric's bootstrap (the handler's module is imported by its dotted name; an ImportError in it is
Runtime.ImportModuleError, a SyntaxError Runtime.UserCodeSyntaxError), and
https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from lambdalint.checks.registry import rule
from lambdalint.finding import Note, Place, Report, Severity
from lambdalint.interpreter.invocation import Import, Invocation
from lambdalint.newer_syntax import newer_syntax
from lambdalint.project.packaging.known import providers
from lambdalint.source import Source
from lambdalint.standard_library import OLDEST, is_module, minor_of, span

_AT_INIT = "every invocation fails with Runtime.ImportModuleError"


def _minor(run: Invocation) -> int | None:
    deployment = run.function.deployment
    return minor_of(deployment.runtime.value) if deployment is not None and deployment.runtime is not None else None


def _runtime_note(run: Invocation) -> tuple[Note, ...]:
    deployment = run.function.deployment
    assert deployment is not None
    assert deployment.runtime is not None
    return (Note(deployment.runtime.place, "runtime set here", f"`{deployment.runtime.value}`"),)


def _statement(one: Import) -> str:
    """The import as code: `from ..shared import load`."""
    if not one.name:
        return f"import {one.module}"
    return f"from {'.' * one.level}{one.module} import {one.name}"


def _fails(one: Import, error: str) -> str:
    """What comes of it."""
    if one.sure and one.at_init:
        return _AT_INIT
    where = "the handler fails" if one.sure else "the function fails where it comes here,"
    return f"{where} with {error}"


def _severity(one: Import) -> Severity:
    return Severity.ERROR if one.sure else Severity.WARNING


def _is_standard(name: str) -> bool:
    return is_module(name) or name in sys.stdlib_module_names


@rule("LL005", "newer-than-runtime", Severity.ERROR)
def newer_than_runtime(run: Invocation) -> Iterator[Report]:
    """Syntax, or something of the standard library, that the function's runtime does not have."""
    minor = _minor(run)
    if minor is None:
        return
    for source in run.modules:
        newer = newer_syntax(source, minor)
        if newer is not None:
            said = f"{newer.what} needs {f'Python 3.{newer.minor}' if newer.minor else 'a newer Python'}"
            yield Report(
                newer.place,
                f"{said}, and the function runs on python3.{minor}: "
                "every invocation fails with Runtime.UserCodeSyntaxError",
                _runtime_note(run),
                advice=_raise_to(newer.minor) if newer.minor else "raise the function's runtime",
            )
    for one in run.imports:
        if one.fault != "elsewhere" or one.guarded or not one.sure:
            continue
        named = f"{one.module}.{one.name}" if one.name else one.module
        for name in dict.fromkeys((one.top, one.module, named)):
            known = span(name)
            if known is None or _has(known, minor):
                continue
            if name == one.top and _may_be_installed(run, name):
                break
            error = "ImportError" if name == named and one.name else "ModuleNotFoundError"
            yield _not_in_library(run, one.place, name, known, minor, _fails(one, error))
            break
    for use in run.uses:
        known = span(use.name if "." in use.name else f"builtins.{use.name}")
        if known is None or _has(known, minor) or use.guarded or not use.sure:
            continue
        error = "AttributeError" if "." in use.name else "NameError"
        fails = f"the module fails to load with {error}" if use.at_init else f"the handler fails with {error}"
        yield _not_in_library(run, use.place, use.name, known, minor, fails)


def _has(known: tuple[int, int], minor: int) -> bool:
    """Whether a version has what some have; of those before the facts' oldest, whether that has it."""
    first, last = known
    return first <= max(minor, OLDEST) <= last


def _not_in_library(run: Invocation, place: Place, name: str, known: tuple[int, int], minor: int, fails: str) -> Report:
    first, last = known
    when = f"is new in Python 3.{first}" if minor < first else f"is gone since Python 3.{last + 1}"
    return Report(
        place,
        f"`{name}` {when}, and the function runs on python3.{minor}: {fails}",
        _runtime_note(run),
        advice=_raise_to(first) if minor < first else f"replace `{name}`",
    )


def _raise_to(minor: int) -> str:
    return f"raise the function's runtime to python3.{minor}"


def _may_be_installed(run: Invocation, module: str) -> bool:
    """Whether a backport of a module of the standard library may be in the package."""
    package = run.function.package
    return package is not None and (module in package.names or (package.open and bool(providers(module))))


@rule("LL006", "import-not-packaged", Severity.ERROR)
def import_not_packaged(run: Invocation) -> Iterator[Report]:
    """An import of a distribution that is not installed in the package."""
    package = run.function.package
    if package is None:
        return
    for one in run.imports:
        if one.fault != "elsewhere" or one.guarded or not one.sure or one.beside is not None or _is_standard(one.top):
            continue
        if package.lacks(one.top):
            distribution, manifest = _provider(one.top), package.manifest
            why = "code that is written in a template has the runtime alone"
            advice = f"put `{distribution}` in a layer, or the code in a folder with a requirements.txt"
            if manifest is not None:
                why = f"`{manifest}` does not bring it"
                advice = f"add `{distribution}` to `{manifest}`"
            fails = _fails(one, "ModuleNotFoundError")
            yield Report(
                one.place, f"`{one.top}` is neither packaged nor in the runtime, since {why}: {fails}", advice=advice
            )


def _provider(module: str) -> str:
    """The distribution to name: the one that is called like the module, if there is one."""
    known = providers(module)
    return next((name for name in known if name.replace("-", "_") == module.lower()), known[0])


@rule("LL007", "relative-import-in-handler", Severity.ERROR)
def relative_import_in_handler(run: Invocation) -> Iterator[Report]:
    """A relative import in the handler's module, which Lambda loads outside any package."""
    for one in run.imports:
        if one.fault not in ("no-package", "beyond-top") or one.guarded:
            continue
        if one.importer is run.function.source:
            yield _relative(run, one, f"Lambda loads `{run.function.module}`")


def _relative(run: Invocation, one: Import, loads: str) -> Report:
    if one.fault == "no-package":
        why = f"{loads} as a top-level module, which is in no package for the dot to stand for"
    else:
        why = f"{loads}, which is in fewer packages than there are dots"
    return Report(
        one.place,
        f"`{_statement(one)}` fails, since {why}: {_fails(one, 'ImportError')}",
        advice=f"`from {one.module or one.name} import {one.name}`"
        if one.level == 1 and one.module
        else "import by the full name, as it is below the code folder",
        severity=_severity(one),
    )


@rule("LL009", "import-broken", Severity.ERROR)
def import_broken(run: Invocation) -> Iterator[Report]:
    """An import of the project's own modules that fails as Lambda loads them."""
    whole = _is_seen_whole(run)
    for one in run.imports:
        if one.guarded or not one.fault:
            continue
        exact = whole or one.level > 0  # else the module may be another one than the guessed one
        severity = _severity(one) if exact else Severity.WARNING
        fails = _fails(one, "ImportError")
        if one.fault in ("no-package", "beyond-top"):
            if one.importer is not run.function.source:
                yield _relative(run, one, "the function loads this module")
        elif one.fault == "elsewhere":
            # What imports its own name means a library of that name, unless all that is installed is known.
            itself = one.beside is one.importer and not _brings_nothing_unknown(run)
            third = itself or _more_may_be_installed(run) or _is_installed(run, one.top)
            if one.beside is not None and whole and not third and not _is_standard(one.top):
                yield Report(
                    one.place,
                    f"`{one.module}` stands beside this file, and not in the code folder, the only one on sys.path: "
                    f"{_fails(one, 'ModuleNotFoundError')}",
                    advice=_full_name(run, one),
                    severity=_severity(one),
                )
        elif one.fault == "circular" and exact:
            yield Report(
                one.place,
                f"`{_statement(one)}` closes a circle: that module is still being imported, and has not bound "
                f"`{one.name}` yet: {fails}",
                advice="import it inside the function that needs it, or move what both need to a third module",
                severity=severity,
            )
        elif one.fault == "no-name" and one.source is not None and (exact or _is_beside(run, one.source)):
            yield Report(
                one.place,
                f"`{one.source.path}` binds no `{one.name}`, so `{_statement(one)}` fails: {fails}",
                advice=f"define `{one.name}` there, or mend the name",
                severity=severity,
            )
        elif one.fault == "no-module" and _is_its_folder(run, one, exact):
            if run.function.package is not None and run.function.package.lies_over(one.top):
                continue  # what stands in the code folder lies over what is installed there
            where = f"the package of `{one.source.path}`" if one.source is not None else f"the folder `{one.top}`"
            yield Report(
                one.place,
                f"`{_statement(one)}` fails, since there is no such module in {where}: "
                f"{_fails(one, 'ModuleNotFoundError')}",
                advice="add the module, or mend its name",
                severity=severity,
            )


def _is_its_folder(run: Invocation, one: Import, exact: bool) -> bool:
    """Whether a package or folder that was found is the one that is deployed, and nothing else is put into it."""
    if one.source is None:
        return exact and _brings_nothing_unknown(run)
    return exact or _is_beside(run, one.source)


def _brings_nothing_unknown(run: Invocation) -> bool:
    """Whether no distribution that is not known may put modules into a folder that is no package."""
    return run.function.package is not None and not run.function.package.open


def _is_seen_whole(run: Invocation) -> bool:
    """Whether what is deployed is this code and these layers, as they stand in the project."""
    deployment = run.function.deployment
    return (
        deployment is not None
        and deployment.code.known
        and deployment.layers_known
        and all(layer.known for layer in deployment.layers)
        and "PYTHONPATH" not in deployment.variables
    )


def _more_may_be_installed(run: Invocation) -> bool:
    """Whether a distribution that is not known may bring a module of any name."""
    deployment = run.function.deployment
    return deployment is not None and bool(deployment.code.requirements) and not _brings_nothing_unknown(run)


def _is_installed(run: Invocation, top: str) -> bool:
    """Whether a package of this name is in the runtime, or was installed into the code folder."""
    package = run.function.package
    return package is not None and top in package.names


def _is_beside(run: Invocation, source: Source) -> bool:
    """Whether a file stands in the handler's own folder, or below it."""
    folder = run.function.source.path.rpartition("/")[0]
    return source.path.startswith(f"{folder}/" if folder else "")


def _full_name(run: Invocation, one: Import) -> str:
    package = run.function.module.replace("/", ".").rpartition(".")[0]
    if package and one.importer is run.function.source:
        full = f"{package}.{one.module}"
        return f"`from {full} import {one.name}`" if one.name else f"`import {full}`"
    return "import it by its full name, as it is below the code folder"
