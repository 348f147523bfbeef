"""A gateway and a registry in the test's own event loop, and agents registered there."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.wire import Registration
from agentia_gateway.app import build
from agentia_gateway.settings import GatewaySettings
from agentia_testing.registries import SECRET, identifier, registry, until
from agentia_testing.serving import serving

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SmallMesh:
    """`url` is the gateway's and ends with `/`; `http` is a client without a base URL."""

    url: str
    registry: RegistryClient
    http: httpx2.AsyncClient
    stop_registry: Callable[[], Awaitable[object]]
    """Takes the registry down; the gateway stays."""

    async def add(self, name: str, card: Json, *addresses: str) -> None:
        """Register an agent, one replica for each address, and wait until the gateway knows all of it."""
        for number, address in enumerate(addresses):
            registration = Registration.model_validate({"card": card, "address": address})
            await self.registry.register(identifier(name), f"r{number}", registration, SECRET)

        await self.until_known(name, len(addresses))

    async def until_known(self, name: str, replicas: int = 1) -> None:
        """Wait until the gateway knows an agent with all of its replicas."""

        async def known() -> bool:
            agents = (await self.status())["agents"]
            return any(agent["name"] == name and agent["replicas"] == replicas for agent in agents)

        await until(known)

    async def status(self) -> Json:
        """What `/mesh/status` says."""
        return (await self.http.get(f"{self.url}mesh/status")).json()

    async def rpc(
        self, method: str, params: Json, path: str = "", version: str = "1.0", **headers: str
    ) -> Json:
        """One JSON-RPC call; the whole envelope of the answer."""
        body = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
        sent = {"A2A-Version": version, **headers}
        return (await self.http.post(self.url + path, json=body, headers=sent)).json()


def message(text: str, **fields: Any) -> Json:
    """Params of a send in 1.0."""
    return {
        "message": {"messageId": "m-1", "role": "ROLE_USER", "parts": [{"text": text}], **fields},
    }


@asynccontextmanager
async def gateway(data: Path, **flags: Any) -> AsyncGenerator[str]:
    """A gateway alone; yields its URL."""
    settings = GatewaySettings.read(data=data, **flags)
    async with serving(lambda place: build(place, settings), name="gateway") as place:
        yield place.url


@asynccontextmanager
async def small_mesh(data: Path, **flags: Any) -> AsyncGenerator[SmallMesh]:
    """A gateway on a registry, on folders below `data`."""
    async with AsyncExitStack() as around, AsyncExitStack() as registry_life:
        known = await registry_life.enter_async_context(registry(data / "registry"))
        url = await around.enter_async_context(gateway(data / "gateway", registry=known.url, **flags))
        http = await around.enter_async_context(httpx2.AsyncClient(timeout=20, trust_env=False))
        mesh = SmallMesh(url, known, http, registry_life.aclose)
        await until(lambda: _ready(mesh))
        yield mesh


async def _ready(mesh: SmallMesh) -> bool:
    return (await mesh.http.get(f"{mesh.url}readyz")).status_code == 200
