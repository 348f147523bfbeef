"""The mesh as the planner uses it, always through the gateway: find an agent, stream a task, cancel one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from a2a.client import ClientCallContext, ClientConfig, create_client
from a2a.client.errors import A2AClientError
from a2a.types.a2a_pb2 import CancelTaskRequest, Message, SendMessageRequest, StreamResponse
from a2a.utils.errors import A2AError

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.wire import Candidate, Find
from agentia_fabric.errors import RegistryRefused, RegistryUnreachable
from agentia_fabric.http.client import client, tls
from agentia_fabric.identity import HEADER, LOCAL, Passport, Passports
from agentia_fabric.telemetry.trace import outgoing_headers
from agentia_kit.reasons import one_line
from agentia_planner.errors import ChildFailed, MeshUnreachable, NobodyCan
from agentia_planner.takers import taking

NAME = "planner"
SILENCE = 300.0
"""Seconds without a byte after which a child is given up; servers of the mesh ping every 15."""


@dataclass(frozen=True)
class Visit:
    """The mesh in the course of one task: its calls carry the caller's principal, one hop deeper."""

    gateway: str
    http: httpx.AsyncClient
    registry: RegistryClient
    passports: Passports | None
    caller: Passport | None
    root: str

    async def find(self, task: str, types: Collection[str] = ()) -> Candidate:
        """The agent that fits `task` best, else one that takes files of these media types; no planner.

        Raises:
            NobodyCan: none reaches the cut-off.
            MeshUnreachable: the registry does not answer.
        """
        try:
            found = await self.registry.find(Find(text=task, exclude=[NAME]))
            able = found.capable or (taking((await self.registry.agents()).agents, types) if types else [])
        except (RegistryUnreachable, RegistryRefused) as error:
            raise MeshUnreachable(f"no agent could be looked for: {one_line(error)}") from error
        if able:
            return able[0]
        nearest = ", ".join(candidate.name for candidate in found.nearest[:3])
        raise NobodyCan("no agent can do this" + (f"; the nearest are {nearest}" if nearest else ""))

    async def send(self, agent: str, message: Message) -> AsyncGenerator[StreamResponse]:
        """Send a message to an agent and stream what it answers.

        Raises:
            ChildFailed: the agent or the gateway answers with an error, or the stream breaks.
        """
        try:
            child = await create_client(self._url(agent), ClientConfig(httpx_client=self.http))
            async for event in child.send_message(
                SendMessageRequest(message=message), context=self._context()
            ):
                yield event
        except (A2AError, A2AClientError, httpx.HTTPError) as error:
            raise ChildFailed(one_line(error)) from error

    async def cancel(self, agent: str, task: str) -> None:
        """Cancel a task of an agent. Raises ``ChildFailed`` when it refuses."""
        try:
            child = await create_client(self._url(agent), ClientConfig(httpx_client=self.http))
            await child.cancel_task(CancelTaskRequest(id=task), context=self._context())
        except (A2AError, A2AClientError, httpx.HTTPError) as error:
            raise ChildFailed(one_line(error)) from error

    def _url(self, agent: str) -> str:
        return f"{self.gateway}agents/{agent}/"

    def _context(self) -> ClientCallContext:
        headers = outgoing_headers()
        if self.passports is not None:
            caller = self.caller or Passport.issue(LOCAL, NAME, by=NAME)
            headers[HEADER] = self.passports.seal(caller.delegate(NAME, "gateway", root=self.root))
        return ClientCallContext(service_parameters=headers)


@asynccontextmanager
async def visit(
    gateway: str, secret: str | None, caller: Passport | None, root: str
) -> AsyncGenerator[Visit]:
    """The mesh behind `gateway` (URL that ends with `/`) for the task `root`."""
    timeout = httpx.Timeout(connect=5.0, read=SILENCE, write=30.0, pool=30.0)
    async with (
        httpx.AsyncClient(timeout=timeout, verify=tls(), trust_env=False) as http,
        client() as directory,
    ):
        passports = Passports(secret) if secret else None
        registry = RegistryClient(
            f"{gateway}mesh/registry/", directory, passports=passports, caller=NAME, audience="gateway"
        )
        yield Visit(gateway, http, registry, passports, caller, root)
