"""Joins the pieces of a text that streams in, because every chunk of an artifact is a durable write."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

SECONDS = 0.05
CHARACTERS = 4096


class Joined:
    """Collects pieces; hands out a chunk 50 ms after the one before, or at 4,096 characters."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._pieces: list[str] = []
        self._length = 0
        self._since = clock()

    def add(self, piece: str) -> str:
        """The chunk that is due now, or an empty string."""
        self._pieces.append(piece)
        self._length += len(piece)
        due = self._length >= CHARACTERS or self._clock() - self._since >= SECONDS
        return self.rest() if due else ""

    def rest(self) -> str:
        """All that was collected since the last chunk."""
        chunk = "".join(self._pieces)
        self._pieces.clear()
        self._length, self._since = 0, self._clock()
        return chunk
