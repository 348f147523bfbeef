"""The way in for authors: bring an executor or an agent of openai-agents, and a card."""

from __future__ import annotations

import re
import socket
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from a2a.server.agent_execution import AgentExecutor

from agentia_fabric.host.command import serve as run_host
from agentia_fabric.hosting import Place, Service
from agentia_fabric.settings import MeshSettings
from agentia_kit.app import Serving, application
from agentia_kit.card import CardLike, completed, identifier, name_of
from agentia_kit.joining import Membership, registry_url

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Unpack

    from a2a.types.a2a_pb2 import AgentCard
    from agents import Agent

    from agentia_kit.knowing import Knowing
    from agentia_kit.made import ArtifactsOf


class Options(TypedDict, total=False):
    """What authors may say besides agent and card."""

    tools: Mapping[str, str]
    """MCP servers (name → URL) that each run of an openai-agents agent connects to."""
    artifacts_of: ArtifactsOf
    """Which results of tools become artifacts."""
    resumable: bool
    """False: a task whose process died is failed instead of executed again. True by default."""
    idempotent: bool
    """False: a message that comes twice is executed twice. True by default: it finds the task it started."""
    knowing: Knowing
    """Says what the agent has at hand (skill id → words), asked again and again: search finds it by that."""
    extended_card: AgentCard
    """The card for `GetExtendedAgentCard`."""
    log: Path
    """The file that keeps the tasks; by default DATA/agents/<name>.db."""


def serve(
    agent: AgentExecutor | Agent[Any],
    card: CardLike,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    **options: Unpack[Options],
) -> None:
    """Serve until SIGTERM or Ctrl-C, then exit with the host's code; joins the mesh, if there is one."""
    name = slug(name_of(card))
    sys.exit(run_host(name, partial(service_of, agent=agent, card=card, **options), host=host, port=port))


def service_of(
    place: Place, agent: AgentExecutor | Agent[Any], card: CardLike, **options: Unpack[Options]
) -> Service:
    """The agent as a service for the host; no I/O but reading settings."""
    settings = MeshSettings.read()
    executor, model = _executor(agent, options)
    address = _url(place)
    whole = completed(card, address, model)
    registry = registry_url(settings)
    known_as = identifier(card, place.name)
    serving = Serving(
        name=place.name,
        executor=executor,
        ending=getattr(executor, "aclose", None),
        card=whole,
        log=options.get("log", settings.data / "agents" / f"{place.name}.db"),
        secret=settings.secret.get_secret_value() if settings.secret else None,
        membership=(
            Membership(settings, registry, known_as, place.name, whole, address) if registry else None
        ),
        fetch_allow=settings.fetch_allow,
        knowing=options.get("knowing"),
        extended_card=options.get("extended_card"),
        resumable=options.get("resumable", True),
        idempotent=options.get("idempotent", True),
    )
    return application(serving)


def slug(name: str) -> str:
    """A name as the mesh takes it: `[a-z0-9][a-z0-9-]{0,62}`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:63].strip("-") or "agent"


def _executor(agent: AgentExecutor | Agent[Any], options: Options) -> tuple[AgentExecutor, str | None]:
    if isinstance(agent, AgentExecutor):
        return agent, getattr(agent, "model", None)
    # openai-agents takes seconds to import: only those who bring such an agent pay for it.
    from agentia_kit.thinking.executor import ThinkingExecutor

    thinking = ThinkingExecutor(
        agent, tools=options.get("tools", {}), artifacts_of=options.get("artifacts_of")
    )
    return thinking, thinking.model


def _url(place: Place) -> str:
    """Where others reach the place: a wildcard address names this host instead."""
    if place.host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        return f"http://{socket.gethostname()}:{place.port}/"
    return place.url
