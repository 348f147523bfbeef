"""A mesh of the lightest services under the real supervisor, in a process of its own.

Run as a program, it takes the arguments of `SupervisedMesh` as JSON and prints each event as a line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from agentia_gateway.supervisor import Event, Mesh, MeshOptions, Process, SupervisorError

SUPPORT = Path(__file__).resolve().parents[1]
ECHO = "agentia_testing.light:echo"
LIGHT = [
    {"name": "agents", "services": [f"analyst={ECHO}", f"writer={ECHO}"]},
    {"name": "gateway", "services": [f"gateway={ECHO}"], "vital": True},
    {"name": "tools", "services": [f"documents={ECHO}"], "after": "gateway"},
]
WAIT_SECONDS = 30


class SupervisedMesh:
    """The supervisor's process and the events that it told."""

    def __init__(self, data: Path, process: subprocess.Popen[str]) -> None:
        self.data = data
        self.process = process
        self.told: list[Event] = []
        self._coming: Queue[Event] = Queue()
        assert process.stdout is not None
        self._reader = Thread(target=self._read, args=(process.stdout,), daemon=True)
        self._reader.start()

    def wait_for(self, *expected: tuple[str, str]) -> list[Event]:
        """Wait until each of these (what, name) was told from now on, in any order; the matching events."""
        missing, found = list(expected), list[Event]()
        deadline = time.monotonic() + WAIT_SECONDS
        while missing:
            try:
                event = self._coming.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"not told: {missing}; told: {self.told}; {self.end()}") from None
            if (event.what, event.name) in missing:
                missing.remove((event.what, event.name))
                found.append(event)
        return found

    def wait_until_ready(self) -> None:
        """Wait until every service of `LIGHT` answers."""
        self.wait_for(*(("ready", name) for name in ("analyst", "writer", "gateway", "documents")))

    def end(self, timeout: float = 20) -> tuple[int, str]:
        """Wait for the end: exit code and stderr."""
        assert self.process.stderr is not None
        code = self.process.wait(timeout)
        self._reader.join(5)
        return code, self.process.stderr.read()

    def _read(self, lines: Any) -> None:
        for line in lines:
            event = Event(**json.loads(line))
            self.told.append(event)
            self._coming.put(event)


@contextmanager
def supervised(
    data: Path,
    processes: list[dict[str, Any]] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    **options: Any,
) -> Generator[SupervisedMesh]:
    """Start a mesh; it is stopped when the block ends, if it still runs. `options` as of `MeshOptions`."""
    given = {"data": str(data), "port": 0, "processes": processes or LIGHT, **options}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AGENTIA_")}
    process = subprocess.Popen(
        [sys.executable, __file__, json.dumps(given)],
        env={**clean, "PYTHONPATH": str(SUPPORT), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    mesh = SupervisedMesh(data, process)
    try:
        yield mesh
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            mesh.end()
        finally:
            process.kill()
            for stream in (process.stdout, process.stderr):
                assert stream is not None
                stream.close()


def main(given: dict[str, Any]) -> int:
    """Run a mesh until it is told to stop."""
    processes = [Process(services=tuple(one.pop("services")), **one) for one in given.pop("processes")]
    options = MeshOptions(data=Path(given.pop("data")), processes=tuple(processes), **given)
    try:
        return Mesh(options, lambda event: print(json.dumps(asdict(event), default=str), flush=True)).run()
    except SupervisorError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
