"""How fast the registry lives. All in seconds; tests live faster."""

from __future__ import annotations

from dataclasses import dataclass

from agentia_fabric.directory.wire import LEASE_SECONDS, RENEW_SECONDS


@dataclass(frozen=True, slots=True)
class Pace:
    """A dead agent leaves within ``lease + sweep``, which has to stay under 15."""

    lease: float = LEASE_SECONDS
    renew: float = RENEW_SECONDS
    sweep: float = 0.5
    """Between two looks at the leases."""
    probe: float = 4.0
    """Between two looks at a foreign agent that answers."""
    probe_patience: float = 30.0
    """The same for one that has not answered for long."""
    ping: float = 5.0
    """Between two comments in a watch stream."""
