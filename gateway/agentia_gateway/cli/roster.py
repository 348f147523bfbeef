"""The table of a mesh's agents, as `agents` and `up` show it."""

from __future__ import annotations

from typing import Any

from agentia_gateway.cli.invocation import runnable
from agentia_gateway.cli.terminal import one_line, say, table


def show_roster(status: dict[str, Any]) -> None:
    """Print the agents in the mesh's status (`GET /mesh/status`)."""
    agents: list[dict[str, Any]] = status["agents"]
    if not agents:
        say(runnable("No agent is registered. Start one, or take one in with `agentia-mesh join URL`."))
        return
    table(("agent", "what it does", "model", "kind", "replicas", "skills"), [_row(agent) for agent in agents])


def _row(agent: dict[str, Any]) -> tuple[str, ...]:
    return (
        agent["name"],
        one_line(str(agent["description"]).partition("\n")[0], 80),
        agent.get("model") or "not told",
        agent["kind"],
        str(agent["replicas"]),
        ", ".join(agent["skills"]),
    )
