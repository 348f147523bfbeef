"""`python -m agentia_fabric.host` in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

SUPPORT = Path(__file__).resolve().parents[1]
START_SECONDS = 30


@dataclass
class HostProcess:
    """`urls` grows as services announce themselves."""

    process: subprocess.Popen[str]
    lines: Queue[str] = field(default_factory=Queue[str])

    def next_service(self) -> tuple[str, str]:
        """Name and URL of the service that announces itself next."""
        name, _, url = self.lines.get(timeout=START_SECONDS).strip().partition(" ")
        return name, url

    def wait(self, timeout: float = 15) -> tuple[int, str]:
        """Exit code and stderr, once it has ended."""
        assert self.process.stderr is not None
        code = self.process.wait(timeout)
        return code, self.process.stderr.read()


@contextmanager
def host_process(
    *arguments: str, environment: dict[str, str] | None = None, pass_fds: Sequence[int] = ()
) -> Generator[HostProcess]:
    """Start the host; it is killed when the block ends, if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "agentia_fabric.host", *arguments],
        env={**os.environ, "PYTHONPATH": str(SUPPORT), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        pass_fds=pass_fds,
    )
    host = HostProcess(process)
    assert process.stdout is not None
    reader = threading.Thread(
        target=lambda: [host.lines.put(line) for line in process.stdout or ()], daemon=True
    )
    reader.start()
    try:
        yield host
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        reader.join(10)
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
