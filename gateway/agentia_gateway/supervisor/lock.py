"""One mesh per data folder: whoever runs it holds a lock on ``DATA/lock``, in which its process id stands.

The kernel lets go of the lock when its holder dies, so it is never stale.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Generator
from pathlib import Path

LOCK = "lock"
PATIENCE = 0.5
"""Seconds for which a lock is asked for: somebody may just be looking whether it is held."""
TICK = 0.05


class Held(Exception):  # noqa: N818 - named for what happened
    """Somebody else has the lock; ``pid`` is the process, if it is known yet."""

    def __init__(self, pid: int | None) -> None:
        super().__init__(f"held by process {pid}")
        self.pid = pid


@contextlib.contextmanager
def held(data: Path) -> Generator[None]:
    """Hold the lock of a data folder.

    Raises:
        Held: somebody else holds it. OSError: the file cannot be opened.
    """
    descriptor = os.open(data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _locked(descriptor):
            if time.monotonic() > deadline:
                raise Held(holder(data))
            time.sleep(TICK)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def holder(data: Path) -> int | None:
    """The process that holds the lock, or None."""
    try:
        descriptor = os.open(data / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if _locked(descriptor, fcntl.LOCK_SH):
            return None
        written = os.read(descriptor, 32).strip()
        return int(written) if written.isdigit() else None
    finally:
        os.close(descriptor)


def wait_until_free(data: Path, seconds: float) -> bool:
    """Wait until nobody holds the lock; False when somebody still does after ``seconds``."""
    deadline = time.monotonic() + seconds
    while holder(data) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(TICK)
    return True


def _locked(descriptor: int, kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
