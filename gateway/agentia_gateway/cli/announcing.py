"""What `agentia-mesh up` prints: the address, the agents, an example, and what goes wrong later.

It stays for as long as the mesh runs and starts while everything else does: so neither httpx2 nor rich, which
cost 0.3 s and 9 MB, for one request and one table.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from agentia_fabric import data_directory
from agentia_gateway.cli.address import api_key
from agentia_gateway.cli.invocation import invocation
from agentia_gateway.cli.terminal import one_line, say
from agentia_gateway.supervisor import Event, MeshOptions

AGENTS = "agents"
"""The process that hosts our agents."""
GATHER_SECONDS = 60.0
TICK_SECONDS = 0.1
ANSWER_SECONDS = 5.0
SAMPLE_TASK = "Which region sold most in sales.csv? Chart it and write a two-paragraph brief for the manager"
OWN_FILES_TASK = "Which tables are there?"


class Announcer:
    """Hears what the supervisor tells. A thread of its own waits for the agents: hearing never blocks."""

    def __init__(self, options: MeshOptions) -> None:
        self._options = options
        self._closed = threading.Event()
        self._ready: set[str] = set()
        self._gathering: threading.Thread | None = None

    def hear(self, event: Event) -> None:
        """Print what matters of an event."""
        if event.what == "ready":
            self._ready.add(event.name)
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
            late = time.monotonic() > deadline
            if not (late or expected <= self._ready):
                continue
            agents = _agents(url)
            missing = expected - {agent["name"] for agent in agents}
            if late or not missing:
                self._welcome(url, agents, missing)
                return

    def _welcome(self, url: str, agents: list[dict[str, Any]], missing: set[str]) -> None:
        say()
        for agent in agents:
            say(f"  {agent['name']:12} {agent['model'] or 'model not told':16} {_what_it_does(agent)}")
        say()
        if missing:
            say(f"Not there yet: {', '.join(sorted(missing))}. See {self._options.data / 'log'}.")
        task = SAMPLE_TASK if self._options.files is None else OWN_FILES_TASK
        found_by_itself = self._options.data == data_directory.default()
        where = "" if found_by_itself else f" --gateway {url}"
        say(f'Try it in another terminal:\n\n  {invocation()} ask{where} "{task}"\n\nCtrl-C stops the mesh.')


def _agents(url: str) -> list[dict[str, Any]]:
    """The agents in the mesh's status (`GET /mesh/status`); empty when it cannot be had just now."""
    parts = urlsplit(url)
    key = api_key()
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/mesh/status", headers={"Authorization": f"Bearer {key}"} if key else {})
        return json.load(connection.getresponse())["agents"]
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return []
    finally:
        connection.close()


def _what_it_does(agent: dict[str, Any]) -> str:
    return one_line(str(agent["description"]).partition("\n")[0], 80)
