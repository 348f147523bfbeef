"""Why a mesh does not start; each says what to do.

::

    SupervisorError
    ├── AlreadyRunning   another mesh runs on this data
    ├── PortTaken        the gateway cannot listen on its port
    ├── KeyMissing       asked to listen beyond loopback without a key
    └── DataUnusable     the data folder cannot be made or written
"""

# Errors are named for what happened, not for being errors.
# ruff: noqa: N818

from __future__ import annotations

from pathlib import Path


class SupervisorError(Exception):
    """Base of all. ``str()`` is for people: what is wrong and what to do."""


class AlreadyRunning(SupervisorError):
    """Another mesh runs on this data; ``url`` is None while it is only starting."""

    def __init__(self, data: Path, pid: int | None, url: str | None = None) -> None:
        where = ", ".join(filter(None, (f"process {pid}" if pid else "", url)))
        super().__init__(
            f"A mesh runs on {data} already{f' ({where})' if where else ''}. Use it, stop it with "
            "`agentia-mesh down`, or start another one with `--data DIR --port PORT`."
        )
        self.data, self.pid, self.url = data, pid, url


class PortTaken(SupervisorError):
    """The gateway cannot listen on its port."""

    def __init__(self, host: str, port: int, reason: str = "in use") -> None:
        super().__init__(f"Port {port} of {host} is {reason}. Choose another one with `--port PORT`.")
        self.host, self.port = host, port


class KeyMissing(SupervisorError):
    """Asked to listen beyond loopback without a key."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} can be reached from other machines. Set AGENTIA_API_KEY to a secret that callers have "
            "to send, or listen on 127.0.0.1."
        )
        self.host = host


class DataUnusable(SupervisorError):
    """The data folder cannot be made or written."""

    def __init__(self, data: Path, reason: str) -> None:
        super().__init__(
            f"The data folder {data} cannot be used: {reason}. Name another one with `--data DIR`."
        )
        self.data = data
