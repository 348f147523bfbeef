"""What those who have something to announce need to know of its delivery."""

from __future__ import annotations

from typing import Protocol

from agentia_fabric.push.webhook import A2A_JSON, Webhook


class Delivery(Protocol):
    """Brings notifications to webhooks, in order per configuration, at least once or counted as dropped."""

    async def check(self, url: str) -> None:
        """Say whether a webhook may lie there, before its configuration is accepted.

        Raises:
            FetchError: it may not, or its name cannot be resolved; the kind says which.
        """
        ...

    def send(self, webhook: Webhook, body: bytes, *, content_type: str = A2A_JSON) -> bool:
        """Take a notification for delivery after all that were taken for its configuration; never waits.

        False when there is no room: it is dropped then, which is counted and logged.
        """
        ...

    def forget(self, configuration: str) -> None:
        """Send nothing more for a configuration that was deleted."""
        ...
