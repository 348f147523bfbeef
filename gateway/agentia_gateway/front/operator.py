"""`/mesh/status`, `/mesh/tasks` and what is below: what people and the command ask the gateway itself."""

from __future__ import annotations

from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import Response

from agentia_cards.fields import mapping, objects, text
from agentia_cards.model import Card
from agentia_gateway.directory import Agent, Directory
from agentia_gateway.edge.identity import Gatekeeper
from agentia_gateway.errors import GatewayError, InvalidParams, TaskNotFound
from agentia_gateway.front.origin import Origin
from agentia_gateway.ledger.ledger import Ledger
from agentia_gateway.ledger.listing import Choice
from agentia_gateway.protocol.answering import json_response
from agentia_gateway.protocol.call import Json

DEFAULT_ROWS, MOST_ROWS = 100, 1000
MODEL = "urn:agentia:model"


class Operator:
    """Answers in plain JSON; errors are a code and a sentence."""

    def __init__(
        self, name: str, directory: Directory, ledger: Ledger, gatekeeper: Gatekeeper, origin: Origin
    ) -> None:
        self._name = name
        self._directory = directory
        self._ledger = ledger
        self._gatekeeper = gatekeeper
        self._origin = origin

    async def status(self, request: Request) -> Response:
        """Which agents there are, and whether the registry answers."""
        try:
            self._gatekeeper.admit(request.headers)
        except GatewayError as refused:
            return problem(refused)
        return json_response(
            {
                "name": self._name,
                "version": version("agentia-gateway"),
                "url": self._origin.mesh(request),
                "agents": [
                    _agent(agent, self._origin.agent(request, agent.name))
                    for agent in self._directory.agents()
                ],
                "registry": {"reachable": self._directory.reachable, "since": self._directory.since},
            }
        )

    async def tasks(self, request: Request) -> Response:
        """The caller's tasks, as the ledger has seen them."""
        try:
            identity = self._gatekeeper.admit(request.headers)
            rows = await self._ledger.listed(identity.owner, _choice(request))
        except GatewayError as refused:
            return problem(refused)
        return json_response({"tasks": rows})

    async def decision(self, request: Request) -> Response:
        """Why a task of the caller went where it went."""
        task = request.path_params["task"]
        try:
            identity = self._gatekeeper.admit(request.headers)
            record = await self._ledger.decision(identity.owner, task)
            if record is None:
                raise TaskNotFound(f"There is no task {task[:80]!r}.")
        except GatewayError as refused:
            return problem(refused)
        return json_response(record)


def problem(error: GatewayError) -> Response:
    """An error outside of A2A: a code for programs, a sentence for people."""
    headers = {"www-authenticate": "Bearer"} if error.http == 401 else {}
    return json_response({"code": error.reason.lower(), "message": error.message}, error.http, headers)


def _choice(request: Request) -> Choice:
    query = request.query_params
    try:
        limit = int(query.get("limit", DEFAULT_ROWS))
    except ValueError:
        limit = 0
    tasks = query.getlist("task")
    if not 1 <= limit <= MOST_ROWS or len(tasks) > MOST_ROWS:
        raise InvalidParams(f"limit is a number from 1 to {MOST_ROWS}, and as many tasks may be named.")
    return Choice(tasks, query.get("context", ""), limit)


def _agent(agent: Agent, url: str) -> Json:
    return {
        "name": agent.name,
        "description": agent.card.description,
        "model": _model(agent.card),
        "kind": agent.kind,
        "replicas": len(agent.addresses),
        "url": url,
        "skills": [skill.id for skill in agent.card.skills],
    }


def _model(card: Card) -> str | None:
    """Which model the agent thinks with, when its card says so."""
    for extension in objects(mapping(card.raw, "capabilities"), "extensions"):
        if text(extension, "uri") == MODEL:
            return text(mapping(extension, "params"), "model") or None
    return None
