"""The mesh that runs on some data, as other processes find it: ``DATA/run.json``."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agentia_gateway.supervisor import lock

RUN = "run.json"
STOP_SECONDS = 12.0
"""How long a mesh may take to stop before it is killed; its own bound is shorter."""


@dataclass(frozen=True, slots=True)
class RunningService:
    """One service: its base URL (ends with ``/``), the process it lives in (None: just now none), its log."""

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

    def write(self, data: Path) -> None:
        """Make this what others find; they see the file whole or not at all."""
        temporary = data / f"{RUN}.new"
        temporary.write_text(json.dumps(asdict(self), default=str, indent=2) + "\n", encoding="utf-8")
        temporary.replace(data / RUN)


def find(data: Path) -> Running | None:
    """The mesh that runs on this data now; None also while it is only starting."""
    pid = lock.holder(data)
    if pid is None:
        return None
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        written = json.loads((data / RUN).read_text(encoding="utf-8"))
        if written["pid"] == pid:
            return _running(written)
    return None


def forget(data: Path) -> None:
    """Take the file away at the end."""
    (data / RUN).unlink(missing_ok=True)


def stop(data: Path) -> bool:
    """Stop the mesh on this data and wait until all of it is gone; False when none runs."""
    pid = lock.holder(data)
    if pid is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    if not lock.wait_until_free(data, STOP_SECONDS):
        # Its children notice that it is gone.
        os.kill(pid, signal.SIGKILL)
        lock.wait_until_free(data, STOP_SECONDS)
    return True


def _running(written: dict[str, Any]) -> Running:
    services = tuple(
        RunningService(service["name"], service["url"], service["pid"], Path(service["log"]))
        for service in written["services"]
    )
    return Running(written["pid"], written["url"], written["started"], services)
