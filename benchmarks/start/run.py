"""How long a mesh takes from its command to the first answered task, and what it occupies while it is idle.

    python benchmarks/start/run.py [--rounds N] [--json]

Each round imports what every agent of openai-agents has to import (in a process of its own) and then starts
a mesh and asks it, so that a machine that is busy with other things is busy with both. `seconds` are of the
clock, `cpu` is user and system time of all processes up to the first answer, `ratio` is the clock against
the import of the same round. Memory is PSS in MB of all processes of the mesh, the command included: after a
rest without any task, and after a first one; another Python that runs from the same files makes it look
smaller. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

import httpx2

IMPORT = "import agents, a2a.server.routes, uvicorn"
MESH = Path(sys.executable).with_name("agentia-mesh")
TASK = "Which region sold most in sales.csv?"
NAMES = {"librarian", "analyst", "writer", "planner"}
LIMIT_SECONDS = 90.0
REST_SECONDS = 8.0
TICK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Round:
    """One import and one start beside it."""

    import_seconds: float
    import_cpu: float
    listed_seconds: float
    """Until the gateway knows all agents."""
    answered_seconds: float
    answered_cpu: float
    answered_pss: dict[str, float]

    @property
    def ratio(self) -> float:
        """The first answer against the import, by the clock."""
        return self.answered_seconds / self.import_seconds


def imported() -> tuple[float, float]:
    """Seconds and CPU seconds of a process that does nothing but the import."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORT], check=True)
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextlib.contextmanager
def mesh() -> Generator[tuple[int, str]]:
    """A mesh on fresh data: the process id of its command, and its address."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as data:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [str(MESH), "up", "--port", str(port), "--data", data]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            yield process.pid, f"http://127.0.0.1:{port}/"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def until_listed(url: str) -> None:
    """Wait until the gateway knows all agents of ours."""
    limit = time.monotonic() + LIMIT_SECONDS
    with httpx2.Client(base_url=url, timeout=LIMIT_SECONDS, trust_env=False) as http:
        while time.monotonic() < limit:
            with contextlib.suppress(httpx2.TransportError):
                if {agent["name"] for agent in http.get("mesh/status").json()["agents"]} >= NAMES:
                    return
            time.sleep(TICK_SECONDS)
    raise TimeoutError("the agents do not come")


def ask(url: str) -> None:
    """Have one task done, through a search for the agent that can do it."""
    message = {"messageId": uuid4().hex, "role": "ROLE_USER", "parts": [{"text": TASK}]}
    body = {"jsonrpc": "2.0", "id": 1, "method": "SendMessage", "params": {"message": message}}
    with httpx2.Client(timeout=LIMIT_SECONDS, trust_env=False) as http:
        answer = http.post(url, json=body, headers={"A2A-Version": "1.0"})
    assert b"TASK_STATE_COMPLETED" in answer.content, answer.text


def processes(top: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found = [top]
    for process in found:
        found += children.get(process, [])
    return found


def cpu(pids: list[int]) -> float:
    """User and system time of the processes until now."""
    ticks = 0
    for pid in pids:
        ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def pss(pids: list[int]) -> dict[str, float]:
    """MB of each process, and of all."""
    sizes: dict[str, float] = {}
    for pid in pids:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        name = words[words.index("agentia_fabric.host") + 1] if "agentia_fabric.host" in words else "up"
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        sizes[name] = int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return {**sizes, "all": sum(sizes.values())}


def one_round() -> Round:
    """The import alone, then a mesh until its first answer."""
    import_seconds, import_cpu = imported()
    begun = time.monotonic()
    with mesh() as (pid, url):
        until_listed(url)
        listed = time.monotonic() - begun
        ask(url)
        answered = time.monotonic() - begun
        pids = processes(pid)
        return Round(import_seconds, import_cpu, listed, answered, cpu(pids), pss(pids))


def at_rest() -> dict[str, float]:
    """The memory of a mesh that has had nothing to do for a while."""
    with mesh() as (pid, url):
        until_listed(url)
        time.sleep(REST_SECONDS)
        return pss(processes(pid))


def show(rounds: list[Round], rest: dict[str, float]) -> None:
    """Print a table of the rounds and one of the memory."""
    print("  import s   cpu   listed s   answered s   cpu   ratio")
    for one in rounds:
        print(
            f"  {one.import_seconds:8.2f} {one.import_cpu:5.2f} {one.listed_seconds:10.2f} "
            f"{one.answered_seconds:12.2f} {one.answered_cpu:5.2f} {one.ratio:7.2f}"
        )
    print(f"  median ratio {statistics.median(one.ratio for one in rounds):.2f}")
    print("\n  PSS in MB       at rest   after a task")
    for name, size in rest.items():
        print(f"  {name:12} {size:10.0f} {rounds[-1].answered_pss[name]:14.0f}")


def main() -> None:
    """Measure, then print tables or JSON."""
    parser = argparse.ArgumentParser(description="Start and idle memory of the one-command mesh")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rounds = [one_round() for _ in range(options.rounds)]
    rest = at_rest()
    if options.json:
        print(json.dumps({"rounds": [asdict(one) for one in rounds], "pss_at_rest": rest}, indent=2))
    else:
        show(rounds, rest)


if __name__ == "__main__":
    main()
