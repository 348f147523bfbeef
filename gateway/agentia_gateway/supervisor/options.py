"""What a mesh is started with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from agentia_gateway.supervisor.processes import PROCESSES, Process

GATEWAY_PORT = 8080


@dataclass(frozen=True, slots=True)
class MeshOptions:
    """How to start a mesh on this machine.

    ``host`` and ``port`` are the gateway's; everything else listens on free ports of loopback. ``files`` is
    the folder that the tool servers serve; None leaves the choice to them (the sample data). ``environment``
    is added to the environment of all processes, over the one of this process. ``patience`` is how many
    seconds a child gets to end after SIGTERM, before it is killed.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = GATEWAY_PORT
    files: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    patience: float = 8.0
    processes: tuple[Process, ...] = PROCESSES
