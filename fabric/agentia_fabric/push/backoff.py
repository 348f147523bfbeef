"""How long to wait between attempts, and how many to make."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits double from ``first`` up to ``most`` seconds; jitter takes up to half of each away."""

    attempts: int = 6
    first: float = 0.5
    most: float = 30.0

    def pause(self, failures: int, wanted: float = 0.0) -> float | None:
        """Seconds until the next attempt after so many failures, or None when there shall be no other.

        ``wanted`` is what the receiver asked for; it gets at most ``most``.
        """
        if failures >= self.attempts:
            return None
        pause = min(self.most, self.first * 2 ** (failures - 1))
        return max(pause * random.uniform(0.5, 1.0), min(wanted, self.most))  # noqa: S311 (spreads load, hides nothing)
