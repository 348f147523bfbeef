"""Which services share a process, and in which order the processes are started.

Importing openai-agents takes longer than everything else together, so that process starts first and has one
core to itself; the others follow each other on the second one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Process:
    """One child. ``services`` are what the host is told: ``NAME``, or ``NAME=MODULE:FACTORY``."""

    name: str
    services: tuple[str, ...]
    after: str | None = None
    """Starts when the process of that name answers."""
    vital: bool = False
    """The mesh ends when it cannot be kept running."""

    ends_first: bool = False
    """Is asked to end before the others, so that it finds them there: its tasks end, it takes its leave."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the services."""
        return tuple(service.partition("=")[0] for service in self.services)


PROCESSES = (
    Process("agents", ("librarian", "analyst", "writer", "planner"), ends_first=True),
    Process("gateway", ("gateway",), vital=True),
    Process("registry", ("registry",), after="gateway", vital=True),
    Process("tools", ("documents", "tables"), after="registry"),
)
