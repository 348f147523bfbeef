"""Starts a mesh on this machine, keeps it running and takes all of it down.

    Mesh(options, report).run() -> int     runs until a signal; 0 after a stop, 1 when it was given up
    find(data) -> Running | None           the mesh that runs on this data
    stop(data) -> bool                     stop it and wait; False: none runs

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
from agentia_gateway.supervisor.mesh import Mesh
from agentia_gateway.supervisor.options import MeshOptions
from agentia_gateway.supervisor.processes import PROCESSES, Process
from agentia_gateway.supervisor.running import Running, RunningService, find, stop

__all__ = [
    "PROCESSES",
    "AlreadyRunning",
    "DataUnusable",
    "Event",
    "KeyMissing",
    "Mesh",
    "MeshOptions",
    "PortTaken",
    "Process",
    "Report",
    "Running",
    "RunningService",
    "SupervisorError",
    "What",
    "find",
    "stop",
]
