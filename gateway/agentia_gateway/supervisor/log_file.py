"""A child's log: started anew with each mesh, the one before kept, the size bounded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MAX_BYTES = 10 * 1024 * 1024
TAIL = 8192
OURS = "agentia: "
"""How a line begins in which a service says why it does not start."""


class LogFile:
    """``path``, and ``path.1`` with what came before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._from = 0

    def rotate(self) -> None:
        """Begin anew."""
        if self.path.exists():
            self.path.replace(self._before)

    def open(self) -> int:
        """A descriptor that appends, for the stdout and stderr of one life of the child."""
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._from = os.fstat(descriptor).st_size
        return descriptor

    def bound(self) -> None:
        """Move the content away when it has grown too large; the child goes on writing."""
        try:
            if self.path.stat().st_size > MAX_BYTES:
                shutil.copyfile(self.path, self._before)
                os.truncate(self.path, 0)
        except FileNotFoundError:
            pass

    def last_words(self) -> str:
        """Why the child says that its last life ended; empty when it did not say."""
        with self.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - TAIL, self._from if self._from <= size else 0))
            lines = file.read().decode(errors="replace").splitlines()
        return next((line.removeprefix(OURS) for line in reversed(lines) if line.startswith(OURS)), "")

    @property
    def _before(self) -> Path:
        return self.path.with_name(self.path.name + ".1")
