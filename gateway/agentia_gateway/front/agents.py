"""`/agents/{name}/`: that agent, behind our origin."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from agentia_gateway import edits
from agentia_gateway.directory import Agent, Directory
from agentia_gateway.edge.identity import Identity
from agentia_gateway.errors import TaskNotFound
from agentia_gateway.front.address import Reception
from agentia_gateway.front.origin import Origin
from agentia_gateway.ledger.entry import Entry
from agentia_gateway.ledger.ledger import Ledger
from agentia_gateway.protocol.call import Call, Json
from agentia_gateway.relay.passage import Passage
from agentia_gateway.relay.relay import Relay


class Agents:
    """Answers calls to agents by name."""

    def __init__(
        self, reception: Reception, directory: Directory, ledger: Ledger, relay: Relay, origin: Origin
    ) -> None:
        self._reception = reception
        self._directory = directory
        self._ledger = ledger
        self._relay = relay
        self._origin = origin

    async def endpoint(self, request: Request) -> Response:
        """Starlette's endpoint for everything below the agent's address."""
        name = request.path_params["name"]

        async def answer(call: Call, identity: Identity, request: Request) -> Response:
            agent = self._directory.require(name)
            entry = await self._entry(agent, call, identity)
            return await self.relay(call, agent, identity, request, entry)

        return await self._reception.receive(request, f"/agents/{name}", answer)

    async def relay(
        self,
        call: Call,
        agent: Agent,
        identity: Identity,
        request: Request,
        entry: Entry | None,
        *,
        decision: Json | None = None,
        alone: bool = False,
    ) -> Response:
        """Forward a call whose caller may make it; ``entry`` is what the ledger knows of its task."""
        body = call.body
        if entry is not None and entry.context and call.operation.sends and not call.context:
            body = edits.with_context(call, entry.context)
        base_url = self._origin.agent(request, agent.name)
        passage = Passage(call, agent, identity, self._ledger, body, base_url, decision, alone)
        return await self._relay.forward(passage, request.headers)

    async def _entry(self, agent: Agent, call: Call, identity: Identity) -> Entry | None:
        """The task that the call is about. What is not the caller's is not found.

        Kit agents know whose their tasks are; of a foreign agent's, only the ledger does.
        """
        if not call.task:
            return None
        entry = await self._ledger.entry(agent.name, call.task)
        if entry.owner != identity.owner if entry else agent.kind == "foreign":
            raise no_such_task(call.task)
        return entry


def no_such_task(task: str) -> TaskNotFound:
    """The error for a task that is not there, or not the caller's."""
    return TaskNotFound(f"There is no task {task[:80]!r}.", taskId=task[:80])
