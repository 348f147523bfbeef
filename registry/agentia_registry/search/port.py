"""The port of the text index: finds the documents worth scoring, of however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol


class Index(Protocol):
    """Documents are lists of stems under a key; a driver may keep them as it likes."""

    def put(self, key: int, stems: Iterable[str]) -> None:
        """Add a document, or replace it."""
        ...

    def remove(self, key: int) -> None:
        """Forget a document; no error when there is none."""
        ...

    def candidates(self, stems: Sequence[str], limit: int) -> list[int]:
        """The keys of at most ``limit`` documents that hold any of the stems, the most promising ones."""
        ...
