"""Leases: who was heard of, and until when that counts. A table without I/O and without a clock of its own.

Times are seconds of one monotonic clock, given by the caller. A lease that is granted or renewed at ``now``
holds until ``now + seconds``; after that it shows up in :meth:`Leases.expire`, once. No wall clock is looked
at, so setting the clock expires nobody.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class Leases(Generic[Key]):
    """Leases of equal length; ``seconds`` is how long one holds."""

    seconds: float
    _until: dict[Key, float] = field(default_factory=dict["Key", float])
    """In the order of expiry, since all leases are equally long and a renewed one goes to the end."""

    def renew(self, key: Key, now: float) -> None:
        """Grant a lease, or make the one that is there last from now."""
        self._until.pop(key, None)
        self._until[key] = now + self.seconds

    def end(self, key: Key) -> None:
        """Let a lease go; no error when there is none."""
        self._until.pop(key, None)

    def expire(self, now: float) -> list[Key]:
        """Take out the leases that ran out, the one that ran out first in front."""
        gone: list[Key] = []
        for key, until in self._until.items():
            if until > now:
                break
            gone.append(key)
        for key in gone:
            del self._until[key]
        return gone

    def forgive(self, seconds: float) -> None:
        """Make all leases last longer by a time in which nobody could have renewed: we stood still."""
        for key in self._until:
            self._until[key] += seconds

    def __contains__(self, key: Key) -> bool:
        return key in self._until

    def __len__(self) -> int:
        return len(self._until)
