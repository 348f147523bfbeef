"""Reads the examples out of a Markdown document and runs them in order, as its reader would.

A fenced block is an example by its language and the words behind it:

- ``sh``            runs and must succeed; a ``text`` block right behind it shows lines of the
                    output, in order, where ``…`` stands for anything;
- ``sh background`` runs until the document ends (a server);
- ``sh until``      is tried again until it succeeds, 40 s at most (what a background block has to get ready);
- any block whose first line is ``# file: NAME`` or ``// file: NAME`` is written to that file.

Other blocks are not run; a document may say so only by the language ``text``, ``json`` or ``http``.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^(?:#|//) file: (?P<name>[\w./-]+)\n")
PASSIVE = {"text", "json", "http"}
TRY_SECONDS = 40
RUN_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, the words behind it, its text and its line in the document."""

    language: str
    words: tuple[str, ...]
    body: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a document, in order."""
    for found in FENCE.finditer(text):
        language, *words = found["info"].split() or [""]
        yield Block(language, tuple(words), found["body"], text.count("\n", 0, found.start()) + 1)


def missing_line(expected: str, output: str) -> str | None:
    """The first line of `expected` that does not follow the ones before it in `output`, or None."""
    rest = output.splitlines()
    for line in (raw.strip() for raw in expected.splitlines()):
        if not line:
            continue
        pattern = re.compile(".*".join(re.escape(piece) for piece in line.split("…")))
        for position, candidate in enumerate(rest):
            if pattern.fullmatch(candidate.strip()):
                rest = rest[position + 1 :]
                break
        else:
            return line
    return None


class Walkthrough:
    """Runs one document's examples in a folder of its own."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str], substitutions: Mapping[str, str]
    ) -> None:
        self.folder = folder
        self.environment = {**os.environ, **environment}
        self.substitutions = substitutions
        self.background: list[subprocess.Popen[bytes]] = []

    def run(self, document: Path) -> int:
        """Run all examples; return how many there were.

        Raises:
            AssertionError: an example failed; names the document and the line.
        """
        count = 0
        output: str | None = None
        try:
            for block in blocks(document.read_text(encoding="utf-8")):
                place = f"{document.name}:{block.line}"
                body = self.substituted(block.body)
                if named := FILE.match(body):
                    self.write(named["name"], body)
                elif block.language == "sh":
                    output = self.shell(block, body, place)
                    count += 1
                elif block.language == "text":
                    self.compare(body, output, place)
                    output = None
                else:
                    assert block.language in PASSIVE, f"{place}: a {block.language!r} block that nothing runs"
        finally:
            self.stop()
        return count

    def substituted(self, body: str) -> str:
        for old, new in self.substitutions.items():
            body = body.replace(old, new)
        return body

    def write(self, name: str, body: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")

    def shell(self, block: Block, body: str, place: str) -> str | None:
        if "background" in block.words:
            self.background.append(self.start(body))
            return None
        deadline = time.monotonic() + (TRY_SECONDS if "until" in block.words else 0)
        while True:
            done = self.finish(body)
            if done.returncode == 0:
                return done.stdout
            assert time.monotonic() < deadline, (
                f"{place}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
            )

    def compare(self, expected: str, output: str | None, place: str) -> None:
        if output is not None:
            line = missing_line(expected, output)
            assert line is None, f"{place}: no line {line!r} in\n{output}"

    def finish(self, body: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", body],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            check=False,
        )

    def start(self, body: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", f"exec {body.strip()}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def stop(self) -> None:
        for process in reversed(self.background):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=5)
