"""Starts a mesh on this machine, keeps it running and takes all of it down.

    Mesh(options: MeshOptions, report: Callable[[Event], None]).run() -> int   runs until a signal; 0 after a stop
    find(data: Path) -> Running | None                                         the mesh that runs on this data
    stop(data: Path) -> bool                                                   stop it and wait; False: none runs

It imports no web stack: processes, sockets and files only (POSIX).
"""

from agentia_gateway.supervisor.errors import (
    AlreadyRunning,
    DataUnusable,
    KeyMissing,
    PortTaken,
    SupervisorError,
)
from agentia_gateway.supervisor.events import Event, Report, What
from agentia_gateway.supervisor.options import MeshOptions
from agentia_gateway.supervisor.running import Running, RunningService

__all__ = [
    "AlreadyRunning",
    "DataUnusable",
    "Event",
    "KeyMissing",
    "MeshOptions",
    "PortTaken",
    "Report",
    "Running",
    "RunningService",
    "SupervisorError",
    "What",
]
