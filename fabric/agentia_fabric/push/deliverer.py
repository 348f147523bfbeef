"""Delivery in its first form: queues in memory, a worker for each configuration that has something to send.

What waits is lost with the process. A worker sends one notification after another, so that a configuration's
order is kept and a webhook that hangs holds up its own notifications only. How many are on the way at once is
bounded, in all and per host, and a worker that waits for its next attempt holds none of these places.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

import structlog

from agentia_fabric.fetch import Fetcher
from agentia_fabric.push.attempt import Delivered, Failed, Refused, attempt
from agentia_fabric.push.backoff import Backoff
from agentia_fabric.push.places import Places
from agentia_fabric.push.webhook import A2A_JSON, Webhook

log = structlog.get_logger(__name__)

OVERHEAD = 1024
"""Bytes that a notification is taken to need besides its body."""


@dataclass(slots=True)
class Counts:
    """What became of notifications so far."""

    delivered: int = 0
    retried: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class _Notification:
    webhook: Webhook
    body: bytes
    content_type: str

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD


@dataclass(slots=True)
class _Queue:
    waiting: deque[_Notification] = field(default_factory=deque["_Notification"])
    worker: asyncio.Task[None] | None = None


class Deliverer:
    """A :class:`~agentia_fabric.push.port.Delivery`; used on one event loop.

    At most ``limit`` bytes wait, and ``limit_each`` notifications of one configuration. ``timeout`` (seconds)
    is for one attempt; ``at_once`` and ``at_once_each`` bound the attempts under way, in all and to one host.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        backoff: Backoff | None = None,
        limit: int = 64 * 1024 * 1024,
        limit_each: int = 1_000,
        timeout: float = 10.0,
        at_once: int = 24,
        at_once_each: int = 4,
    ) -> None:
        self.counts = Counts()
        self._fetcher = fetcher
        self._backoff = backoff or Backoff()
        self._limit = limit
        self._limit_each = limit_each
        self._timeout = timeout
        self._places = Places(at_once, at_once_each)
        self._queues: dict[str, _Queue] = {}
        self._held = 0
        self._open = True

    async def check(self, url: str) -> None:
        """See the port."""
        await self._fetcher.check(url)

    def send(self, webhook: Webhook, body: bytes, *, content_type: str = A2A_JSON) -> bool:
        """See the port."""
        queue = self._queues.get(webhook.configuration) or _Queue()
        notification = _Notification(webhook, body, content_type)
        if not self._open:
            return self._drop(webhook, "closed")
        if self._held + notification.size > self._limit or len(queue.waiting) >= self._limit_each:
            return self._drop(webhook, "full")
        self._held += notification.size
        queue.waiting.append(notification)
        if queue.worker is None:
            self._queues[webhook.configuration] = queue
            queue.worker = asyncio.create_task(self._work(webhook.configuration, queue))
        return True

    def forget(self, configuration: str) -> None:
        """See the port. An attempt that is under way is broken off."""
        queue = self._queues.pop(configuration, None)
        if queue is not None and queue.worker is not None:
            self._held -= sum(notification.size for notification in queue.waiting)
            queue.worker.cancel()

    async def close(self, patience: float = 5.0) -> None:
        """Take nothing more, give what waits ``patience`` seconds to arrive, drop the rest."""
        self._open = False
        workers = [queue.worker for queue in self._queues.values() if queue.worker is not None]
        if workers:
            await asyncio.wait(workers, timeout=patience)
        for queue in self._queues.values():
            for notification in queue.waiting:
                self._drop(notification.webhook, "closed")
        for configuration in list(self._queues):
            self.forget(configuration)
        await asyncio.gather(*workers, return_exceptions=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def _work(self, configuration: str, queue: _Queue) -> None:
        while queue.waiting:
            await self._deliver(queue.waiting[0])
            self._held -= queue.waiting.popleft().size
        del self._queues[configuration]

    async def _deliver(self, notification: _Notification) -> None:
        webhook = notification.webhook
        failures = 0
        while True:
            match await self._attempt(notification):
                case Delivered():
                    self.counts.delivered += 1
                    return
                case Refused(reason):
                    self._drop(webhook, reason)
                    return
                case Failed(reason, after):
                    failures += 1
                    pause = self._backoff.pause(failures, after)
                    if pause is None:
                        self._drop(webhook, reason)
                        return
                    self.counts.retried += 1
                    await asyncio.sleep(pause)

    async def _attempt(self, notification: _Notification) -> Delivered | Failed | Refused:
        async with self._places.one(notification.webhook.host):
            try:
                return await attempt(
                    self._fetcher,
                    notification.webhook,
                    notification.body,
                    content_type=notification.content_type,
                    timeout=self._timeout,
                )
            except Exception as error:  # noqa: BLE001 (whatever one meets must not stop those behind it)
                return Refused(type(error).__name__)

    def _drop(self, webhook: Webhook, reason: str) -> Literal[False]:
        self.counts.dropped += 1
        log.warning(
            "push_notification_dropped", configuration=webhook.configuration, host=webhook.host, reason=reason
        )
        return False
