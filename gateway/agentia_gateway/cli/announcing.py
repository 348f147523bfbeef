"""What `agentia-mesh up` prints: the address, the agents, an example, and what goes wrong later."""

from __future__ import annotations

import threading
import time
from typing import Any

from agentia_fabric import data_directory
from agentia_gateway.cli.failure import Failure
from agentia_gateway.cli.gateway import Gateway
from agentia_gateway.cli.roster import show_roster
from agentia_gateway.cli.terminal import say
from agentia_gateway.supervisor import Event, MeshOptions

AGENTS = "agents"
"""The process that hosts our agents."""
GATHER_SECONDS = 60.0
TICK_SECONDS = 0.1
SAMPLE_TASK = "Which region sold most in sales.csv? Chart it and write a two-paragraph brief for the manager"
OWN_FILES_TASK = "Which tables are there?"


class Announcer:
    """Hears what the supervisor tells. A thread of its own waits for the agents: hearing never blocks."""

    def __init__(self, options: MeshOptions) -> None:
        self._options = options
        self._closed = threading.Event()
        self._gathering: threading.Thread | None = None

    def hear(self, event: Event) -> None:
        """Print what matters of an event."""
        match event.what:
            case "ready" if event.name == "gateway" and self._gathering is None:
                say(f"The mesh answers at {event.detail}")
                self._gathering = threading.Thread(target=self._gather, args=(event.detail,), daemon=True)
                self._gathering.start()
            case "died" | "restarting" | "gave_up":
                told = {"died": "has died", "restarting": "starts again", "gave_up": "was given up"}
                say(f"{event.name} {told[event.what]}: {event.detail} (log: {event.log})")
            case "stopping":
                say("Stopping.")
            case _:
                pass

    def close(self) -> None:
        """Stop waiting for agents."""
        self._closed.set()
        if self._gathering is not None:
            self._gathering.join(timeout=5)

    def _gather(self, url: str) -> None:
        """Wait until every agent of ours is there, then show who is."""
        expected = {
            name for process in self._options.processes if process.name == AGENTS for name in process.names
        }
        deadline = time.monotonic() + GATHER_SECONDS
        while not self._closed.wait(TICK_SECONDS):
            status = _status(url)
            missing = expected - {agent["name"] for agent in status["agents"]}
            if not missing or time.monotonic() > deadline:
                self._welcome(url, status, missing)
                return

    def _welcome(self, url: str, status: dict[str, Any], missing: set[str]) -> None:
        show_roster(status)
        if missing:
            say(f"Not there yet: {', '.join(sorted(missing))}. See {self._options.data / 'log'}.")
        task = SAMPLE_TASK if self._options.files is None else OWN_FILES_TASK
        found_by_itself = self._options.data == data_directory.default()
        where = "" if found_by_itself else f" --gateway {url}"
        say(f'Try it in another terminal:\n\n  agentia-mesh ask{where} "{task}"\n\nCtrl-C stops the mesh.')


def _status(url: str) -> dict[str, Any]:
    try:
        return Gateway(url).get("mesh/status")
    except (Failure, ValueError):
        return {"agents": []}
