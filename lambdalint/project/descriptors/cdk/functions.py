"""The functions among what an app makes.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda.html and the modules beside it. checked = 2026-11-29
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lambdalint.finding import Place
from lambdalint.project.deployment import Deployment, Fact, Layer
from lambdalint.project.descriptors.cdk.constructs import (
    Construct,
    Constructs,
    elements,
    entries,
    identity,
    known,
    name_of,
    short_name,
)
from lambdalint.project.descriptors.cdk.events import events_of
from lambdalint.project.descriptors.cdk.owners import BY_ENTRY, CFN, IMAGES, PROPS, Owners, is_function
from lambdalint.project.descriptors.cdk.packages import Packages
from lambdalint.project.descriptors.reader import Files

_RUNTIME = re.compile(r"aws_lambda\.Runtime\.(?:PYTHON_(\d)_(\d+)|(\w+))")
_SECONDS = {"Duration.seconds": 1, "Duration.minutes": 60}
#: The libraries whose aspects set no variables.
_ASPECTS = ("aws_cdk.", "cdk_nag.")
#: Methods of a function that leave its variables as they are; what else is called on it may set some.
_PLAIN = re.compile(
    r"(?:grant|metric|add_(?:event_source|event_source_mapping|function_url|permission|to_role_policy|alias|layers"
    r"|environment)$|configure_async_invoke|apply_removal_policy|with_|node\.add_dependency)"
)


def functions_of(constructs: Constructs, folder: str, files: Files) -> Iterator[Deployment]:
    """The functions of an app that is run in `folder`, in the order in which they are made. One that several paths make
    of the same code is one; of other code, or with another handler, it is several. The body of a helper makes none by
    itself, where calls of it do."""
    owners = Owners(constructs)
    reader = _Functions(constructs, owners, Packages(constructs, folder, files))
    called = events_of(constructs, owners)
    made: list[Deployment] = []
    certain: set[Place] = set()
    for construct in constructs:
        if not is_function(construct) or (construct.name == PROPS and not reader.users(construct)):
            continue
        deployment = reader.deployment(construct)
        if construct.certain:
            certain.add(deployment.place)
        elif any(_is_again(deployment, one) for one in made) or (
            deployment.place in certain and not reader.named(construct) and not _is_told(deployment)
        ):
            continue
        events = tuple(called.get(identity(construct.call.made), ()))
        deployment = replace(deployment, events=events)
        for number, other in enumerate(made):
            if _identifying(other) == _identifying(deployment):
                made[number] = _joined(other, deployment)
                break
            known, less = (deployment, other) if _is_open(other) else (other, deployment)
            if _is_open(less) and _called(other) == _called(deployment):
                made[number] = _joined(known, less)
                break
        else:
            made.append(deployment)
    yield from made


def _is_told(one: Deployment) -> bool:
    """Whether it is known what a function runs."""
    return one.handler is not None and _has_code(one)


def _has_code(one: Deployment) -> bool:
    """Whether it is known where the code of a function is, or what it is built as."""
    code = one.code
    return code.folder is not None or code.inline is not None or code.archive is not None


def _is_open(one: Deployment) -> bool:
    """Whether a path tells neither the code of a function nor its runtime: its arguments are not known there."""
    return one.runtime is None and not _has_code(one)


def _is_again(one: Deployment, other: Deployment) -> bool:
    """Whether a function is another one, seen in a later round of a loop, in which its code is not known any more."""
    vague = one.runtime is not None and not _has_code(one)
    return vague and _is_told(other) and _called(one) == _called(other)


def _called(one: Deployment) -> tuple[object, ...]:
    return (one.place, one.name, one.handler.value if one.handler is not None else None)


def _identifying(one: Deployment) -> tuple[object, ...]:
    """What two paths that make the same function have in common."""
    facts = (one.handler, one.runtime, one.code.inline, one.code.folder, one.code.files)
    return (one.place, one.name, *(fact.value if isinstance(fact, Fact) else fact for fact in facts))


def _joined(one: Deployment, other: Deployment) -> Deployment:
    """A function that paths make with other settings: what they do not agree on is not known."""
    variables: dict[str, Fact[str | None]] = {}
    for name in (*one.variables, *other.variables):
        values = {known.variables[name].value if name in known.variables else None for known in (one, other)}
        fact = one.variables.get(name) or other.variables[name]
        variables[name] = fact if len(values) == 1 else Fact(None, fact.place)
    agreed = one.layers == other.layers
    return replace(
        one,
        timeout=one.timeout if _value(one.timeout) == _value(other.timeout) else None,
        memory=one.memory if _value(one.memory) == _value(other.memory) else None,
        variables=variables,
        variables_known=one.variables_known and other.variables_known,
        layers=one.layers if agreed else (*one.layers, *other.layers),
        layers_known=one.layers_known and other.layers_known and agreed,
        events=(*one.events, *(event for event in other.events if event not in one.events)),
    )


def _value(fact: Fact[int] | None) -> int | None:
    return fact.value if fact is not None else None


class _Functions:
    """Reads functions. What is done to each after it was made is found by its identity."""

    def __init__(self, constructs: Constructs, owners: Owners, packages: Packages) -> None:
        self._constructs, self._packages = constructs, packages
        self._later: dict[object, list[Construct]] = {}
        self._handed: set[object] = set()  # to code that may do anything to them
        self._visited = False  # by an aspect of the project, which may do anything to each
        for construct in constructs:
            if construct.name == "Aspects.of.add":
                aspect = name_of(construct.argument(0, "aspect"))
                self._visited = self._visited or not aspect.startswith(_ASPECTS)
            on = owners.function(construct.receiver, exactly=False)
            if on is not None:
                self._later.setdefault(on, []).append(construct)
            if not construct.call.name.startswith("aws_cdk."):
                self._handed |= {owners.function(shape) for shape in construct.arguments()}

    def deployment(self, construct: Construct) -> Deployment:
        """A function, without what calls it."""
        made = identity(construct.call.made)
        later = [] if made is None else self._later.get(made, [])
        if construct.name in IMAGES or name_of(construct.given("runtime")).endswith(".Runtime.FROM_IMAGE"):
            found = self._packages.image(construct, construct.given("code"))
        else:
            handler, code = (
                self._packages.by_entry(construct) if construct.name in BY_ENTRY else self._packages.plain(construct)
            )
            found = Deployment(
                "",
                "CDK",
                construct.place,
                handler,
                code,
                self._runtime(construct),
                variables_known=True,
                layers_known=True,
            )
        variables, variables_known = self._variables(construct, later)
        layers, layers_known = self._layers(construct, later)
        seen = not construct.open and made not in self._handed and not self._visited
        return replace(
            found,
            name=self._name(construct),
            descriptor="CDK",
            place=construct.place,
            timeout=self._timeout(construct),
            memory=construct.number(construct.given("memory_size")),
            variables={**found.variables, **variables},
            variables_known=found.variables_known and variables_known and seen,
            layers=layers,
            layers_known=found.layers_known and layers_known and seen,
        )

    def _name(self, construct: Construct) -> str:
        return self.named(construct) or construct.method

    def named(self, construct: Construct) -> str | None:
        """The id of a function, where it is known."""
        if construct.name == PROPS:  # it is the function of the pattern that is given it
            construct = self.users(construct)[0]
        value = known(construct.argument(1, "id"))
        return value if isinstance(value, str) else None

    def users(self, construct: Construct) -> list[Construct]:
        """What is given the very thing that a construct made."""
        return [other for other in self._constructs if construct.call.made in other.arguments()]

    def _runtime(self, construct: Construct) -> Fact[str] | None:
        shape = construct.given("runtime")
        match = _RUNTIME.fullmatch(short_name(name_of(shape)))
        if match:
            return Fact(f"python{match[1]}.{match[2]}" if match[1] else match[3].lower(), construct.at(shape))
        made = self._constructs.made_by(shape, "aws_lambda.Runtime")
        written = construct.text(made.argument(0, "name") if made is not None else shape)
        return written if made is not None or construct.name in CFN else None

    def _timeout(self, construct: Construct) -> Fact[int] | None:
        shape = construct.given("timeout")
        made = self._constructs.made_by(shape, *_SECONDS)
        if made is None:
            return construct.number(shape) if construct.name in CFN else None
        number = made.number(made.argument(0, "amount"))
        return Fact(number.value * _SECONDS[made.name], number.place) if number is not None else None

    def _variables(self, construct: Construct, later: list[Construct]) -> tuple[dict[str, Fact[str | None]], bool]:
        """The variables, and whether there are no others."""
        written = construct.given("environment")
        if construct.name in CFN:
            made = self._constructs.made_by(written, "aws_lambda.CfnFunction.EnvironmentProperty")
            written = made.given("variables") if made is not None else written
        named, complete = entries(written)
        complete = complete or written is None
        found: dict[str, Fact[str | None]] = {}
        for name, entry in named:
            value = known(entry.value) if entry.sure else None
            found[name] = Fact(value if isinstance(value, str) else None, construct.where(entry.place))
        for call in later:
            if call.method == "add_environment":
                key, value = known(call.argument(0, "key")), known(call.argument(1, "value"))
                if isinstance(key, str):
                    found[key] = Fact(value if isinstance(value, str) else None, call.place)
                else:
                    complete = False
            complete = complete and _PLAIN.match(_on_function(call)) is not None
        return found, complete

    def _layers(self, construct: Construct, later: list[Construct]) -> tuple[tuple[Layer, ...], bool]:
        """The layers, and whether there are no others."""
        written = construct.given("layers")
        shapes, complete = elements(written)
        complete = complete or written is None
        found = [self._packages.layer(shape, construct.at(shape)) for shape in shapes]
        for call in later:
            if call.method == "add_layers":
                found += [self._packages.layer(shape, call.at(shape)) for shape in call.call.arguments]
                complete = complete and not call.open
            complete = complete and _PLAIN.match(_on_function(call)) is not None
        others = ("adot_instrumentation", "insights_version", "params_and_secrets", "profiling")
        return tuple(found), complete and all(construct.given(name) is None for name in others)


def _on_function(call: Construct) -> str:
    """What is called on a function: "add_layers", "node.default_child.add_override"."""
    words = call.name.split(".")
    start = next((number for number, word in enumerate(words) if word[:1].isupper()), 0)
    return ".".join(words[start + 1 :])
