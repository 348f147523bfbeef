"""The paths of the contract. Each handler reads, calls the one rule that it is for, and answers."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, TypeAdapter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agentia_fabric.directory.wire import AgentList, Find, Join, Outcome, Registration
from agentia_registry.access import Access
from agentia_registry.bodies import read, secret_of
from agentia_registry.joining import Joining
from agentia_registry.journal import Journal
from agentia_registry.outcomes import Outcomes
from agentia_registry.registrations import Registrations
from agentia_registry.roster import Roster
from agentia_registry.search.finding import Finder
from agentia_registry.watch import Watch

REGISTRATION = TypeAdapter(Registration)
JOIN = TypeAdapter(Join)
FIND = TypeAdapter(Find)
OUTCOMES = TypeAdapter(list[Outcome])


@dataclass(frozen=True, slots=True)
class Routes:
    """What the handlers call."""

    access: Access
    roster: Roster
    journal: Journal
    registrations: Registrations
    joining: Joining
    finder: Finder
    outcomes: Outcomes
    watch: Watch

    def all(self) -> list[Route]:
        """The routes of the application."""
        return [
            Route("/registrations", self.list_agents, methods=["GET"]),
            Route("/registrations", self.join, methods=["POST"]),
            Route("/registrations/{agent}", self.show_agent, methods=["GET"]),
            Route("/registrations/{agent}", self.take_out, methods=["DELETE"]),
            Route("/registrations/{identifier}/{replica}", self.register, methods=["PUT"]),
            Route("/registrations/{identifier}/{replica}", self.leave, methods=["DELETE"]),
            Route("/registrations/{identifier}/{replica}/renewal", self.renew, methods=["POST"]),
            Route("/find", self.find, methods=["POST"]),
            Route("/outcomes", self.report, methods=["POST"]),
            Route("/watch", self.follow, methods=["GET"]),
        ]

    async def list_agents(self, _: Request) -> Response:
        """GET /registrations."""
        agents = [agent.record() for agent in self.roster.listed()]
        return _json(AgentList(version=self.journal.version, agents=agents))

    async def show_agent(self, request: Request) -> Response:
        """GET /registrations/{identifier or name}."""
        return _json(self.roster.find(request.path_params["agent"]).record())

    async def register(self, request: Request) -> Response:
        """PUT /registrations/{identifier}/{replica}."""
        self.access.may_write(request)
        identifier, replica = _key(request)
        secret = secret_of(request)
        body = await read(request, REGISTRATION)
        granted, is_new = await self.registrations.register(identifier, replica, body, secret)
        return _json(granted, 201 if is_new else 200)

    async def renew(self, request: Request) -> Response:
        """POST /registrations/{identifier}/{replica}/renewal."""
        self.access.may_write(request)
        identifier, replica = _key(request)
        return _json(self.registrations.renew(identifier, replica, secret_of(request)))

    async def leave(self, request: Request) -> Response:
        """DELETE /registrations/{identifier}/{replica}."""
        self.access.may_write(request)
        identifier, replica = _key(request)
        await self.registrations.leave(identifier, replica, secret_of(request))
        return Response(status_code=204)

    async def join(self, request: Request) -> Response:
        """POST /registrations."""
        self.access.may_write(request)
        body = await read(request, JOIN)
        agent = await self.joining.join(body)
        return _json(agent.record(), 201)

    async def take_out(self, request: Request) -> Response:
        """DELETE /registrations/{identifier or name}."""
        self.access.may_write(request)
        await self.registrations.take_out(request.path_params["agent"])
        return Response(status_code=204)

    async def find(self, request: Request) -> Response:
        """POST /find."""
        return _json(self.finder.find(await read(request, FIND)))

    async def report(self, request: Request) -> Response:
        """POST /outcomes."""
        self.access.may_write(request)
        await self.outcomes.report(await read(request, OUTCOMES))
        return Response(status_code=202)

    async def follow(self, request: Request) -> Response:
        """GET /watch."""
        return self.watch.stream(request.headers.get("last-event-id"))


def _json(body: BaseModel, status: int = 200) -> Response:
    return Response(body.model_dump_json(), status, media_type="application/json")


def _key(request: Request) -> tuple[str, str]:
    return request.path_params["identifier"], request.path_params["replica"]
