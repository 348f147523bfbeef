"""`GET /watch`: the journal as a stream of server-sent events."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from sse_starlette import EventSourceResponse, ServerSentEvent

from agentia_registry.errors import Full
from agentia_registry.journal import Journal

SEND_SECONDS = 10.0
"""A reader that takes nothing for so long is dropped; it may come back with its `Last-Event-ID`."""
MAX_WATCHERS = 256


class Watch:
    """Streams for at most :data:`MAX_WATCHERS` readers; ``ping`` is the seconds between two comments."""

    def __init__(self, journal: Journal, *, ping: float, most: int = MAX_WATCHERS) -> None:
        self._journal = journal
        self._ping = ping
        self._most = most
        self._readers = 0

    def stream(self, last_event_id: str | None) -> EventSourceResponse:
        """A stream that goes on behind ``last_event_id``, or begins with a snapshot.

        Raises:
            Full: there are too many readers already.
        """
        if self._readers >= self._most:
            raise Full(f"{self._most} readers watch already; try again later.")
        return EventSourceResponse(
            self._events(self._version(last_event_id)),
            ping=self._ping,
            ping_message_factory=lambda: ServerSentEvent(comment="ping"),
            send_timeout=SEND_SECONDS,
            sep="\n",
        )

    def _version(self, last_event_id: str | None) -> int | None:
        epoch, _, version = (last_event_id or "").partition("-")
        known = epoch == self._journal.epoch and version.isascii() and version.isdigit() and len(version) < 16
        return int(version) if known else None

    async def _events(self, version: int | None) -> AsyncGenerator[ServerSentEvent]:
        self._readers += 1
        try:
            while not self._journal.closed:
                for change in self._journal.after(version):
                    version = change.version
                    yield ServerSentEvent(
                        change.data, event=change.event, id=f"{self._journal.epoch}-{version}"
                    )
                await self._journal.grown(self._journal.version if version is None else version)
        finally:
            self._readers -= 1
