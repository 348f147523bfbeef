"""Runs the command `agentia-mesh` as a person does: as a process, piped or on a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypeVar

T = TypeVar("T")
RUN_SECONDS = 60
UNTIL_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Command:
    """The command in a folder of its own, towards one gateway and data directory, without other settings."""

    PATH: ClassVar[Path] = Path(sys.executable).parent / "agentia-mesh"

    gateway: str | None
    data: Path
    folder: Path

    def run(self, *arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """Run to the end; `settings` are further environment variables."""
        return subprocess.run(
            [self.PATH, *arguments],
            env=self._environment(settings),
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            check=False,
        )

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        """Start and leave it running; its output can be read from pipes."""
        return subprocess.Popen(
            [self.PATH, *arguments],
            env=self._environment(settings),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def on_terminal(self, arguments: Sequence[str], dialogue: Sequence[tuple[str, str]]) -> tuple[str, int]:
        """Run on a terminal, typing a pair's second text when its first appears; what it showed, its code."""
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [self.PATH, *arguments],
            env=self._environment({}),
            cwd=self.folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
        )
        os.close(slave)
        try:
            shown = _converse(master, dialogue)
            return shown, process.wait(timeout=10)
        finally:
            os.close(master)
            if process.poll() is None:
                process.kill()
                process.wait()

    @staticmethod
    def until(look: Callable[[], T], is_so: Callable[[T], bool]) -> T:
        """Look again and again until it is so, at most 30 s; what was seen then."""
        deadline = time.monotonic() + UNTIL_SECONDS
        while not is_so(seen := look()):
            assert time.monotonic() < deadline, seen
            time.sleep(0.1)
        return seen

    def _environment(self, settings: dict[str, str]) -> dict[str, str]:
        strange = ("AGENTIA_", "OPENAI_", "UV_")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
        path = f"{self.PATH.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        own = {"AGENTIA_DATA": str(self.data), "NO_COLOR": "1", "PATH": path}
        if self.gateway is not None:
            own["AGENTIA_GATEWAY"] = self.gateway
        return {**clean, **own, **settings}


def _converse(master: int, dialogue: Sequence[tuple[str, str]]) -> str:
    shown, heard = "", 0
    pending = list(dialogue)
    deadline = time.monotonic() + RUN_SECONDS
    while time.monotonic() < deadline:
        if not select.select([master], [], [], 0.5)[0]:
            continue
        try:
            piece = os.read(master, 4096)
        except OSError:  # how a terminal says that its last user has gone
            return shown
        if not piece:
            return shown
        shown += piece.decode(errors="replace")
        if pending and pending[0][0] in shown[heard:] and shown.endswith("> "):
            os.write(master, f"{pending.pop(0)[1]}\n".encode())
            heard = len(shown)
    raise AssertionError(f"the command did not end: {shown}")
