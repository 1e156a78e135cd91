"""What is said that no resource of boto3 of a kind has, against the classes that boto3 makes of its models.

boto3 is no dependency of the tests: `nox -f scripts/noxfile.py -s aws` installs it.
"""

from __future__ import annotations

import pytest

pytest.importorskip("boto3")

import boto3
import botocore
from boto3.utils import LazyLoadedWaiterModel, ServiceContext

from lambdalint.interpreter.library.aws import resource_names
from lambdalint.interpreter.library.aws.answers import botocore_version, resources

#: Other versions have other models.
pytestmark = pytest.mark.skipif(botocore.__version__ != botocore_version(), reason="another botocore than the table's")

SERVICES = ("cloudformation", "cloudwatch", "dynamodb", "ec2", "iam", "s3", "sns", "sqs")


def real(service: str) -> dict[str, type]:
    """The classes of a service's resources, the service itself as `-`."""
    session = boto3.Session(region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
    made = session.resource(service)
    models = session._session.get_component("data_loader").load_service_model(service, "resources-1")["resources"]
    shapes = made.meta.client.meta.service_model
    waiters = LazyLoadedWaiterModel(session._session, service, None)
    context = ServiceContext(
        service_name=service, service_model=shapes, resource_json_definitions=models, service_waiter_model=waiters
    )
    make = session.resource_factory.load_from_definition
    return {"-": type(made), **{name: make(name, model, context) for name, model in models.items()}}


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_kind_is_said_to_lack_it_lacks(service: str) -> None:
    classes = real(service)
    assert classes.keys() == resources(service).keys()
    asked = {name for cls in classes.values() for name in dir(cls)}
    asked |= {name.replace("_", "") for name in asked}
    told = {(kind, name) for kind in classes for name in asked if resource_names.lacked(service, kind, name)}
    assert told
    assert [(kind, name) for kind, name in told if hasattr(classes[kind], name)] == []
