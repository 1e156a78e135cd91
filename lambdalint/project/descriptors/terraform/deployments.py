"""The functions of one folder of Terraform."""

from __future__ import annotations

from lambdalint.project.deployment import Deployment, Event
from lambdalint.project.descriptors.reader import Files
from lambdalint.project.descriptors.terraform.bodies import Block
from lambdalint.project.descriptors.terraform.events import EVENT_KINDS, events_of, permitted
from lambdalint.project.descriptors.terraform.lambdas import deployment, module_deployment
from lambdalint.project.descriptors.terraform.library import is_lambda_module, makes_function
from lambdalint.project.descriptors.terraform.modules import Instance, Module, World
from lambdalint.project.descriptors.terraform.packages import PACKAGE_KINDS, Packages, may_run_program
from lambdalint.project.descriptors.terraform.sources import mapping_event
from lambdalint.project.descriptors.terraform.targets import Targets
from lambdalint.project.descriptors.tree import Unreadable

_FUNCTION = "aws_lambda_function"
#: How many things the blocks of one reading make, of which more are not looked at.
MAX_INSTANCES = 5_000


def deployments(folder: str, files: Files) -> tuple[list[Deployment], list[Unreadable]]:
    """What a folder deploys, and what could not be read."""
    world = World(files, folder)
    instances: list[Instance] = []
    for instance in Module(world, folder).instances(_counts):
        if len(instances) == MAX_INSTANCES:
            break
        instances.append(instance)
    resources = [one for one in instances if one.kind == _FUNCTION]
    calls = [one for one in instances if is_lambda_module(one) and makes_function(one)]
    events = events_of(instances, Targets([*resources, *calls]))
    packages = Packages(world, instances)
    found = [deployment(one, packages, events.get(one, ())) for one in resources]
    for call in calls:
        found.append(module_deployment(call, packages, [*events.get(call, ()), *_own_events(call)]))
    return found, world.unread


def _counts(kind: str, block: Block) -> bool:
    """Whether what a block makes is looked at by itself; what others name is found by its name."""
    return kind == _FUNCTION or kind in EVENT_KINDS or kind in PACKAGE_KINDS or may_run_program(block)


def _own_events(call: Instance) -> list[Event]:
    """What a call of the module itself sets up."""
    found: list[Event] = []
    mappings = call.get("event_source_mapping")
    for name, value in mappings.items() if mappings is not None else ():
        event = mapping_event(value.get, (), value.place, name)
        found += [event] if event is not None else []
    url = call.get("create_lambda_function_url")
    if url is not None and url.truth:
        found.append(Event("function-url", url.place))
    triggers = call.get("allowed_triggers")
    for name, value in triggers.items() if triggers is not None else ():
        principal, service = value.get("principal"), value.get("service")
        found += permitted(principal or service, value.get("source_arn"), call, name, found)
    return found
