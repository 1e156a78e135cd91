"""A metaclass that is not seen may make another class of an inner one."""

from dynamorm import DynaModel


class Asset(DynaModel):
    class Table:
        name = "assets"


asset = Asset(name="init")
if not asset.Table.exists:
    asset.Table.create_table(wait=True)


def handler(event, context):
    return {"name": event["name"]}
