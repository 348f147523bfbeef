"""Serves an application on a free port from a thread, for tests that run the command as a process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 10


@contextmanager
def threaded(app_at: Callable[[str], ASGIApp]) -> Generator[str]:
    """Serve until the block ends; yields the URL, which ends with `/` and is what `app_at` is given."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{opened.getsockname()[1]}/"
        server = uvicorn.Server(uvicorn.Config(app_at(url), log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not server.started:
            assert time.monotonic() < deadline, "the agent did not start"
            time.sleep(0.01)
        try:
            yield url
        finally:
            server.should_exit = server.force_exit = True
            thread.join(timeout=START_SECONDS)
