"""A whole mesh, started by the command as a person starts it, on a free port and a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

START_SECONDS = 90
STOP_SECONDS = 20
COMMAND = Path(sys.executable).parent / "agentia-mesh"


@dataclass(frozen=True, slots=True)
class RunningMesh:
    """`url` ends with `/`; `environment` lets any command find this mesh."""

    url: str
    data: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]

    def command(
        self, *arguments: str, timeout: float = 120, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run `agentia-mesh ARGUMENTS` against this mesh."""
        return subprocess.run(
            [COMMAND, *arguments],
            env={**os.environ, **self.environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_mesh(
    data: Path, *options: str, environment: Mapping[str, str] | None = None
) -> Generator[RunningMesh]:
    """Start `agentia-mesh up`, wait until every agent is there, and stop it at the end.

    Raises:
        AssertionError: the mesh did not come up; carries what it printed and the end of its logs.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("AGENTIA_", "OPENAI_"))
    }
    settings = {"AGENTIA_DATA": str(data), "AGENTIA_GATEWAY": url}
    data.mkdir(parents=True, exist_ok=True)
    printed = data / "up.txt"
    with printed.open("wb") as output:
        process = subprocess.Popen(
            [COMMAND, "up", "--port", str(port), "--data", str(data), *options],
            env={**clean, **settings, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(url, process, printed, data)
        yield RunningMesh(url, data, settings, process)
    finally:
        _stop(process)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], printed: Path, data: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    agents: set[str] = set()
    with httpx2.Client(timeout=5) as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                status = client.get(f"{url}mesh/status").json()
                agents = {agent["name"] for agent in status["agents"]}
                if {"analyst", "librarian", "planner", "writer"} <= agents:
                    return
            except (httpx2.TransportError, ValueError, KeyError):
                pass
            time.sleep(0.1)
    logs = "\n".join(
        f"== {log.name}\n{log.read_text(errors='replace')[-2000:]}" for log in data.glob("log/*.log")
    )
    raise AssertionError(f"the mesh is not up: {agents}\n{printed.read_text(errors='replace')}\n{logs}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=5)
        raise
