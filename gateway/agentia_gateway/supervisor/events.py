"""What the supervisor tells while it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

What = Literal["started", "ready", "died", "restarting", "gave_up", "stopping", "stopped"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    ``started``, ``died``, ``restarting`` and ``gave_up`` are about a process, ``ready`` about one service
    that answers now, ``stopping`` and ``stopped`` about the whole mesh (``name`` is ``mesh``).
    ``detail`` is one line for people: the address, the exit code, the wait; ``log`` is where to read more.
    """

    what: What
    name: str
    detail: str = ""
    log: Path | None = None


Report = Callable[[Event], None]
"""Called in the supervisor's event loop; must return soon."""
