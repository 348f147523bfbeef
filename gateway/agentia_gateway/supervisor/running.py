"""The mesh that runs on some data, seen from another process: ``DATA/run.json`` and the lock beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RunningService:
    """One service: its base URL (ends with ``/``), the process it lives in, that one's log."""

    name: str
    url: str
    pid: int | None
    log: Path


@dataclass(frozen=True, slots=True)
class Running:
    """A mesh: the pid of its supervisor, the gateway's URL (ends with ``/``), when it was started (epoch)."""

    pid: int
    url: str
    started: float
    services: tuple[RunningService, ...]
