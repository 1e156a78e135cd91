"""A secret by the field of the dataclass that it is given for, and names that are none."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Partner:
    code: str
    algorithm: str
    signing_key: str


@dataclass
class Channel:
    name: str
    webhook_secret_key: str = field(default="")


PARTNERS = (Partner("NK", "sha256", "whk_live_9fQ2rT7vXcL0pZs4BnYd81Kj"),)  # LL503
CHANNELS = (Channel("alerts", "webhook_url_critical"), Channel("quiet", webhook_secret_key="webhook_url_heartbeat"))


def lambda_handler(event, context):
    return len(PARTNERS) + len(CHANNELS)
