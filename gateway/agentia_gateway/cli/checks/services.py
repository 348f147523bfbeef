"""The mesh itself: whether it runs, whether each of its services answers, whether all agents are there."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2

from agentia_gateway.cli.checks.facts import Facts
from agentia_gateway.cli.checks.trouble import Trouble
from agentia_gateway.supervisor import PROCESSES, RunningService

HEALTH_SECONDS = 3.0
AGENTS = frozenset(name for process in PROCESSES if process.name == "agents" for name in process.names)


def mesh(facts: Facts) -> Iterator[Trouble]:
    """Whether a mesh answers."""
    if facts.failure is None:
        return
    if facts.running is not None and facts.here:
        yield Trouble(facts.failure.message, f"Look into the logs: {facts.data / 'log'}")
    else:
        yield Trouble(facts.failure.message, facts.failure.remedy or "Start it with `agentia-mesh up`.")


def services(facts: Facts) -> Iterator[Trouble]:
    """Whether every service that this machine started answers."""
    for service in facts.running.services if facts.running else ():
        reason = _silence(service)
        if reason:
            yield Trouble(
                f"The service {service.name} does not answer: {reason}.",
                f"It is started again by itself; if not, its log says why: {service.log}",
            )


def registry(facts: Facts) -> Iterator[Trouble]:
    """Whether the gateway reaches the registry."""
    if facts.status is not None and not facts.status["registry"]["reachable"]:
        yield Trouble(
            "The gateway does not reach the registry: tasks that need a search fail.",
            "Look at the service `registry`, or at AGENTIA_REGISTRY if it runs elsewhere.",
        )


def agents(facts: Facts) -> Iterator[Trouble]:
    """Whether all agents that this machine started have registered."""
    if facts.status is None or facts.running is None:
        return
    started = AGENTS & {service.name for service in facts.running.services}
    logs = {service.name: service.log for service in facts.running.services}
    for name in sorted(started - {agent["name"] for agent in facts.status["agents"]}):
        yield Trouble(f"The agent {name} is not registered.", f"Its log says why: {logs[name]}")


def _silence(service: RunningService) -> str:
    """Why a service does not answer; empty when it does."""
    if service.pid is None:
        return "its process has ended"
    try:
        answer = httpx2.get(f"{service.url}healthz", timeout=HEALTH_SECONDS, trust_env=False)
    except httpx2.HTTPError as error:
        return str(error) or type(error).__name__
    return "" if answer.is_success else f"HTTP {answer.status_code}"
