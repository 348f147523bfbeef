"""`/`: the mesh itself as an agent. It does nothing itself: it routes, relays, and remembers where."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from agentia_gateway.edge.identity import Identity
from agentia_gateway.errors import (
    AgentUnreachable,
    TaskNotCancelable,
    UnsupportedOperation,
    VersionNotSupported,
)
from agentia_gateway.front.address import Reception
from agentia_gateway.front.agents import Agents, no_such_task
from agentia_gateway.front.task_list import TaskList
from agentia_gateway.ledger.entry import MESH, Entry, first_words
from agentia_gateway.ledger.ledger import Ledger
from agentia_gateway.protocol.agreement import not_spoken
from agentia_gateway.protocol.answering import only_event, result
from agentia_gateway.protocol.call import Call
from agentia_gateway.protocol.operations import V0_3, V1_0, Operation
from agentia_gateway.routing.decision import Decision
from agentia_gateway.routing.rejected import rejected_task, sent_shown, task_shown
from agentia_gateway.routing.router import Router, gone

SPOKEN = (V1_0, V0_3)


class Mesh:
    """Answers calls that name no agent."""

    def __init__(
        self, reception: Reception, router: Router, ledger: Ledger, agents: Agents, tasks: TaskList
    ) -> None:
        self._reception = reception
        self._router = router
        self._ledger = ledger
        self._agents = agents
        self._tasks = tasks

    async def endpoint(self, request: Request) -> Response:
        """Starlette's endpoint for everything that no other route takes."""
        return await self._reception.receive(request, "", self._answer)

    async def _answer(self, call: Call, identity: Identity, request: Request) -> Response:
        _check_version(call)
        if call.operation is Operation.EXTENDED_CARD:
            raise UnsupportedOperation("The mesh has one card for everybody: .well-known/agent-card.json.")
        if call.operation is Operation.LIST:
            return result(await self._tasks.page(call, identity, request), call.caller)
        owned = await self._owned(call, identity)
        if call.operation.sends:
            return await self._send(call, identity, request, owned)
        if owned is None:
            raise no_such_task(call.task)
        if owned.agent == MESH:
            return await self._on_rejected(call, owned)
        agent = self._router.living(owned)
        try:
            return await self._agents.relay(call, agent, identity, request, owned, alone=True)
        except AgentUnreachable:
            raise gone(owned) from None

    async def _owned(self, call: Call, identity: Identity) -> Entry | None:
        if not call.task:
            return None
        owned = await self._ledger.owned(identity.owner, call.task)
        if owned is None:
            raise no_such_task(call.task)
        return owned

    async def _send(self, call: Call, identity: Identity, request: Request, owned: Entry | None) -> Response:
        if owned is not None and owned.agent == MESH:
            raise UnsupportedOperation(f"The task {owned.task} was rejected; send a new one.")
        decision = await self._router.route(call, identity, owned)
        if decision.winner is None:
            return await self._reject(call, identity, decision)
        record = decision.record()
        return await self._agents.relay(
            call, decision.winner, identity, request, owned, decision=record, alone=True
        )

    async def _reject(self, call: Call, identity: Identity, decision: Decision) -> Response:
        task = rejected_task(call, decision)
        entry = Entry(
            MESH,
            task["id"],
            identity.owner,
            task["contextId"],
            task["status"]["state"],
            asked=first_words(call.text),
            root=identity.root,
        )
        await self._ledger.keep_rejected(entry, task, decision.record())
        shown = sent_shown(task, call.caller)
        return (only_event if call.operation.streams else result)(shown, call.caller)

    async def _on_rejected(self, call: Call, owned: Entry) -> Response:
        if call.operation is Operation.CANCEL:
            raise TaskNotCancelable(f"The task {owned.task} has ended: it was rejected.", taskId=owned.task)
        task = await self._ledger.rejected(owned.task)
        if call.operation is not Operation.GET or task is None:
            raise UnsupportedOperation(f"The task {owned.task} has ended: it was rejected.")
        return result(task_shown(task, call.caller), call.caller)


def _check_version(call: Call) -> None:
    version = call.caller.version
    if version not in SPOKEN:
        raise not_spoken("The mesh", version, SPOKEN)
    if call.named_in != version:
        raise VersionNotSupported(
            f"This operation was called as A2A {call.named_in} names it, in a request of A2A {version}; "
            f"send the header A2A-Version: {call.named_in}.",
            requested=version,
            supported=",".join(SPOKEN),
        )
