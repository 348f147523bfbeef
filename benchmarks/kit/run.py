"""Tasks per second: the kit on SQLite (durable against the death of the process) and the SDK in memory.

    python benchmarks/kit/run.py [ROUNDS]

Both run the same executor, each in a process of its own, one after the other in every round, so that a
machine that is busy with other things is busy with both. The figure is the median of the rounds' ratios.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import httpx2

CLIENTS = 16
SECONDS = 3.0
HEADERS = {"A2A-Version": "1.0"}


@contextlib.contextmanager
def server(side: str, folder: str) -> Generator[str]:
    """One side in its own process; yields its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(Path(__file__).with_name("echo.py")), side, str(port), folder]
    environment = {**os.environ, "AGENTIA_DATA": folder, "AGENTIA_LOG_LEVEL": "warning"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str) -> None:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        with contextlib.suppress(httpx2.HTTPError):
            httpx2.get(f"{url}.well-known/agent-card.json").raise_for_status()
            return
        time.sleep(0.1)
    raise TimeoutError(url)


async def unary(http: httpx2.AsyncClient, url: str) -> None:
    """One task, from the request to its final state."""
    message = {"messageId": uuid4().hex, "role": "ROLE_USER", "parts": [{"text": "hello"}]}
    body = {"jsonrpc": "2.0", "id": 1, "method": "SendMessage", "params": {"message": message}}
    answer = await http.post(url, json=body, headers=HEADERS)
    assert b"TASK_STATE_COMPLETED" in answer.content, answer.text


async def stream(http: httpx2.AsyncClient, url: str) -> None:
    """One task with 20 chunks, streamed to its end."""
    message = {"messageId": uuid4().hex, "role": "ROLE_USER", "parts": [{"text": "stream 20"}]}
    body = {"jsonrpc": "2.0", "id": 1, "method": "SendStreamingMessage", "params": {"message": message}}
    answer = await http.post(url, json=body, headers=HEADERS)
    assert answer.content.count(b"artifactUpdate") == 20, answer.text


async def rate(url: str, kind: str) -> float:
    """Tasks per second with all clients at once."""
    once = {"unary": unary, "stream": stream}[kind]
    done = 0
    until = time.monotonic() + SECONDS

    async def client() -> None:
        nonlocal done
        async with httpx2.AsyncClient(timeout=30) as http:
            while time.monotonic() < until:
                await once(http, url)
                done += 1

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return done / SECONDS


def main() -> None:
    """Paired rounds; prints a line for each, then the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder, server("kit", folder) as kit, server("sdk", folder) as sdk:
        for kind in ("unary", "stream"):
            for warmed in (kit, sdk):
                asyncio.run(rate(warmed, kind))
            pairs = [(asyncio.run(rate(kit, kind)), asyncio.run(rate(sdk, kind))) for _ in range(rounds)]
            for ours, theirs in pairs:
                print(f"{kind:7} kit {ours:7.1f}/s   sdk {theirs:7.1f}/s   ratio {ours / theirs:.2f}")
            ratio = statistics.median(ours / theirs for ours, theirs in pairs)
            print(f"{kind:7} median ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
