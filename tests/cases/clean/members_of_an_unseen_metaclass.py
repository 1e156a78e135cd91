"""Django makes members of what stands in such a class."""

from django.db import models


class Kind(models.TextChoices):
    WGS = "wgs"
    WTS = "wts"


def lambda_handler(event, context):
    return [row for row in event["rows"] if row["kind"] == Kind.WGS.value.lower()]
