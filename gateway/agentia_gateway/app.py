"""The gateway as a service. How it is put together stands here; each part has a file of its own.

A call: reception (who, how large, what) → router (only at `/`) → relay → an agent; the ledger writes down
whose task it is before the caller learns its id.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.hosting import Place, Service
from agentia_fabric.http.client import client
from agentia_fabric.identity import Passports
from agentia_fabric.mesh_id import mesh_id
from agentia_fabric.secret import read_or_create
from agentia_fabric.settings import SECRET_FILE
from agentia_gateway.directory import Directory
from agentia_gateway.edge.body import UNLIMITED
from agentia_gateway.edge.identity import SERVICE, Gatekeeper
from agentia_gateway.following import following
from agentia_gateway.front.address import Reception
from agentia_gateway.front.agents import Agents
from agentia_gateway.front.cards import PATHS, Cards
from agentia_gateway.front.mesh import Mesh
from agentia_gateway.front.operator import Operator
from agentia_gateway.front.origin import Origin
from agentia_gateway.front.registry import Registry
from agentia_gateway.front.task_list import TaskList
from agentia_gateway.ledger.ledger import Ledger
from agentia_gateway.relay.httpx2_upstream import Httpx2Upstream
from agentia_gateway.relay.relay import Relay
from agentia_gateway.routing.router import Router
from agentia_gateway.routing.search import Search
from agentia_gateway.settings import GatewaySettings

ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
WATCH_CONNECTIONS = 16


def service(place: Place) -> Service:
    """The gateway at a place; settings are those that hold now."""
    return build(place, GatewaySettings.read())


def build(place: Place, settings: GatewaySettings) -> Service:
    """The gateway with these settings."""
    secret = _secret(settings)
    passports = Passports(secret)
    gatekeeper = Gatekeeper(passports, settings.api_key.get_secret_value() if settings.api_key else None)
    origin = Origin(None if place.loopback else settings.gateway, settings.inside)
    directory = Directory()
    ledger = Ledger(settings.data / "gateway.sqlite3")
    upstream = Httpx2Upstream(settings.idle)
    relay = Relay(upstream, gatekeeper, settings.answer_limit)
    http = client(connections=WATCH_CONNECTIONS)
    registry = (
        RegistryClient(settings.registry, http, passports=passports, caller=SERVICE)
        if settings.registry
        else None
    )
    router = Router(directory, ledger, Search(registry, directory))
    reception = Reception(gatekeeper, settings.body_limit)
    agents = Agents(reception, directory, ledger, relay, origin)
    mesh = Mesh(reception, router, ledger, agents, TaskList(directory, ledger, relay, origin))
    cards = Cards(directory, origin, settings.name, mesh_id(secret), keyed=settings.api_key is not None)
    operator = Operator(settings.name, directory, ledger, gatekeeper, origin)
    passed = Registry(settings.registry, upstream, gatekeeper, origin, settings.body_limit)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with AsyncExitStack() as running:
            await running.enter_async_context(ledger)
            running.push_async_callback(upstream.aclose)
            await running.enter_async_context(http)
            await running.enter_async_context(following(directory, registry))
            yield

    def waiting() -> Sequence[str]:
        return () if directory.filled or registry is None else ("the registry's list of agents",)

    routes = [
        *(Route(f"/.well-known/{path}", cards.mesh) for path in PATHS),
        *(Route(f"/agents/{{name}}/.well-known/{path}", cards.agent) for path in PATHS),
        Route("/mesh/status", operator.status),
        Route("/mesh/tasks", operator.tasks),
        Route("/mesh/tasks/{task}/decision", operator.decision),
        Route("/mesh/registry/{path:path}", passed.endpoint, methods=ANY_METHOD),
        Route("/agents/{name}", agents.endpoint, methods=ANY_METHOD),
        Route("/agents/{name}/{path:path}", agents.endpoint, methods=ANY_METHOD),
        Route("/{path:path}", mesh.endpoint, methods=ANY_METHOD),
    ]
    return Service(Starlette(routes=routes, lifespan=lifespan), waiting, body_limit=UNLIMITED)


def _secret(settings: GatewaySettings) -> str:
    """The mesh's secret, made now when this is its first start."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    return read_or_create(settings.data / SECRET_FILE)
