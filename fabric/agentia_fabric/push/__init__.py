"""Push notifications: events of tasks brought to webhooks that callers name (A2A 1.0 §4.3.3, §13.2).

async with Fetcher(settings.fetch_allow) as fetcher, Deliverer(fetcher) as deliverer:
    await deliverer.check(url)
    deliverer.send(Webhook("task-1/config-1", url, token="…"), body)
"""

from agentia_fabric.push.attempt import Delivered, Failed, Outcome, Refused, attempt
from agentia_fabric.push.backoff import Backoff
from agentia_fabric.push.deliverer import Counts, Deliverer
from agentia_fabric.push.port import Delivery
from agentia_fabric.push.webhook import A2A_JSON, Webhook

__all__ = [
    "A2A_JSON",
    "Backoff",
    "Counts",
    "Delivered",
    "Deliverer",
    "Delivery",
    "Failed",
    "Outcome",
    "Refused",
    "Webhook",
    "attempt",
]
