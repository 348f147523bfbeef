"""What all checks look at, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agentia_gateway.cli.address import data_path, gateway_url
from agentia_gateway.cli.failure import Failure
from agentia_gateway.cli.gateway import Gateway
from agentia_gateway.supervisor import Running, find

PATIENCE_SECONDS = 5.0
"""A mesh that takes longer to tell how it is does not answer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the mesh is, or would be, started: the flags of `up`, and the gateway that was named."""

    host: str
    port: int
    data: Path | None
    files: Path | None
    gateway: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """`status` is what the mesh says of itself, None when it does not answer; `failure` is why."""

    host: str
    port: int
    data: Path
    files: Path | None
    running: Running | None
    url: str
    status: dict[str, Any] | None
    failure: Failure | None

    @property
    def here(self) -> bool:
        """Whether the mesh that is looked at is the one of this machine, or would be."""
        return self.running is None or self.running.url == self.url

    def registry(self, path: str) -> Any:
        """What the registry answers behind the gateway. Raises `Failure`."""
        return Gateway(self.url, PATIENCE_SECONDS).get(f"mesh/registry/{path}")


def gathered(wanted: Wanted) -> Facts:
    """Look once at everything that the checks share."""
    data = data_path(wanted.data)
    running = find(data)
    named = wanted.gateway or (running.url if wanted.data and running else None)
    url = gateway_url(named)
    status, failure = None, None
    try:
        status = Gateway(url, PATIENCE_SECONDS).get("mesh/status")
    except Failure as refused:
        failure = refused
    return Facts(wanted.host, wanted.port, data, wanted.files, running, url, status, failure)
