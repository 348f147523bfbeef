"""ListTasks at `/`: the caller's tasks of all agents, newest status first (§3.1.4).

Every agent that has tasks of the caller is asked for a page; the pages are merged. The page token says, for
each agent, from which of its own pages to go on and how many tasks of that page were shown already. Of an
agent that does not answer, what the ledger saw last is shown; when it is gone, the tasks' metadata say so.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast
from urllib.parse import urlencode

import orjson
import structlog
from starlette.requests import Request

from agentia_gateway.directory import Agent, Directory
from agentia_gateway.edge.identity import Identity
from agentia_gateway.errors import (
    AgentUnreachable,
    GatewayError,
    InvalidAgentResponse,
    InvalidParams,
    UnsupportedOperation,
)
from agentia_gateway.front.merging import EXHAUSTED, Place, Source, merged
from agentia_gateway.front.origin import Origin
from agentia_gateway.front.page_token import read_token, written_token
from agentia_gateway.ledger.entry import MESH
from agentia_gateway.ledger.ledger import Ledger
from agentia_gateway.protocol.call import Binding, Call, Caller, Json
from agentia_gateway.protocol.operations import V1_0, Operation
from agentia_gateway.relay.passage import Passage
from agentia_gateway.relay.relay import Relay

log = structlog.stdlib.get_logger(__name__)

DEFAULT_SIZE, LARGEST_SIZE = 50, 100
LEDGER_LIMIT = 1000
"""Tasks of one source that are shown from the ledger."""
GONE = "urn:agentia:gone"
"""In a task's metadata: its agent is gone, and the task is shown as it was last seen."""
_FILTERS = ("contextId", "status", "historyLength", "statusTimestampAfter", "includeArtifacts")


class TaskList:
    """Merges the lists of the agents."""

    def __init__(self, directory: Directory, ledger: Ledger, relay: Relay, origin: Origin) -> None:
        self._directory = directory
        self._ledger = ledger
        self._relay = relay
        self._origin = origin

    async def page(self, call: Call, identity: Identity, request: Request) -> Json:
        """One page: a ListTasksResponse.

        Raises:
            InvalidParams: the page token is none of ours, or the page size is no number from 1 to 100.
            UnsupportedOperation: 0.3 has no list.
        """
        if call.caller.version != V1_0:
            raise UnsupportedOperation("A2A 0.3 has no list of tasks; ask in 1.0.")
        size = _size(call.params.get("pageSize"))
        places = read_token(call.params.get("pageToken"))
        params = {name: call.params[name] for name in _FILTERS if name in call.params} | {"pageSize": size}
        names = await self._ledger.agents_of(identity.owner)
        going = [name for name in names if places.get(name, Place()).skip != EXHAUSTED]
        sources = await asyncio.gather(
            *(self._source(name, places.get(name, Place()), params, identity, request) for name in going)
        )
        shown, rest = merged(sources, size)
        rest = places | rest
        return {
            "tasks": shown,
            "nextPageToken": written_token(rest),
            "pageSize": size,
            "totalSize": sum(place.total for place in rest.values()),
        }

    async def _source(
        self, name: str, place: Place, params: Json, identity: Identity, request: Request
    ) -> Source:
        agent = self._directory.get(name)
        gone = name != MESH and agent is None
        if name != MESH and agent is not None and V1_0 in agent.card.speaks:
            try:
                return await self._asked(agent, place, params, identity, request)
            except GatewayError as failure:
                gone = isinstance(failure, AgentUnreachable)
                log.warning("tasks_from_ledger", agent=name, reason=failure.message)
        seen = await self._ledger.seen(identity.owner, name, LEDGER_LIMIT)
        mark: Json = {"metadata": {GONE: True}} if gone else {}
        tasks = [task | mark for task in seen if _fits(task, params)]
        return Source(name, "", place.skip, tasks[place.skip :], "", len(tasks))

    async def _asked(
        self, agent: Agent, place: Place, params: Json, identity: Identity, request: Request
    ) -> Source:
        token = {"pageToken": place.token} if place.token else {}
        call = _list_call(agent, params | token)
        base_url = self._origin.agent(request, agent.name)
        passage = Passage(call, agent, identity, self._ledger, call.body, base_url)
        answer = await self._relay.answer(passage, {})
        listed: Any = answer.get("result") if call.caller.binding == "JSONRPC" else answer
        if not isinstance(listed, dict) or "error" in answer:
            raise InvalidAgentResponse(f"The agent {agent.name} does not list its tasks.")
        found = cast(Json, listed)
        tasks = cast("list[Json]", found.get("tasks") or [])
        total = int(found.get("totalSize") or len(tasks))
        if agent.kind == "foreign":
            # It knows one caller only: us. Whose its tasks are, the ledger knows.
            ids = [str(task.get("id")) for task in tasks]
            own = await self._ledger.tasks_among(identity.owner, agent.name, ids)
            tasks = [task for task in tasks if task.get("id") in own]
            seen = await self._ledger.seen(identity.owner, agent.name, LEDGER_LIMIT)
            total = sum(_fits(task, params) for task in seen)
        following = str(found.get("nextPageToken") or "")
        return Source(agent.name, place.token, place.skip, tasks[place.skip :], following, total)


def _list_call(agent: Agent, params: Json) -> Call:
    """The call in the binding that the agent speaks in 1.0."""
    binding: Binding = "JSONRPC" if agent.interface("JSONRPC", V1_0) else "HTTP+JSON"
    caller = Caller(binding, V1_0, 1)
    if binding == "HTTP+JSON":
        query = urlencode({name: _plain(value) for name, value in params.items()})
        return Call(caller, Operation.LIST, V1_0, b"", params, "GET", "tasks", query)
    body = {"jsonrpc": "2.0", "id": 1, "method": Operation.LIST.value, "params": params}
    return Call(caller, Operation.LIST, V1_0, orjson.dumps(body), params)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fits(task: Json, params: Json) -> bool:
    context, state = params.get("contextId"), params.get("status")
    after = str(params.get("statusTimestampAfter") or "")
    status: Json = task["status"]
    return (
        (not context or task["contextId"] == context)
        and (not state or status["state"] == state)
        and str(status.get("timestamp") or "") >= after
    )


def _size(given: Any) -> int:
    try:
        size = int(given or DEFAULT_SIZE)
    except (TypeError, ValueError):
        size = 0
    if not 1 <= size <= LARGEST_SIZE:
        raise InvalidParams(f"pageSize is a number from 1 to {LARGEST_SIZE}.")
    return size
