"""Cuts a stream of server-sent events where events end, without changing a byte of it.

What is passed on ends with whole events: when the agent dies in the middle of one, the caller's stream can go
on with an event of ours.
"""

from __future__ import annotations

from agentia_fabric.errors import StreamError

_ENDS = (b"\n\n", b"\n\r\n", b"\r\r")


class EventCutter:
    """``limit`` in bytes: the longest event."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = bytearray()

    def feed(self, chunk: bytes) -> bytes:
        """All that is whole now; empty while nothing is.

        Raises:
            StreamError: an event is over the limit.
        """
        # Only what is new, and the few bytes before it, can hold the end of an event.
        search_from = max(0, len(self._held) - 3)
        self._held += chunk
        end = max(self._after(mark, search_from) for mark in _ENDS)
        whole = bytes(self._held[:end])
        del self._held[:end]
        if len(self._held) > self._limit:
            raise StreamError(f"The stream has an event of more than {self._limit} bytes.")
        return whole

    def _after(self, mark: bytes, start: int) -> int:
        at = self._held.rfind(mark, start)
        return at + len(mark) if at >= 0 else 0
