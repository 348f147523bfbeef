"""Forwards a call to a replica of an agent and gives back its answer: whole, or as a stream."""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator, Mapping
from typing import cast

import anyio
import orjson
from starlette.responses import Response, StreamingResponse

from agentia_cards.model import Interface
from agentia_fabric.errors import StreamError
from agentia_gateway import edits
from agentia_gateway.edge.identity import Gatekeeper
from agentia_gateway.errors import (
    AgentBroke,
    AgentError,
    AgentSilent,
    AgentUnreachable,
    GatewayError,
    InvalidAgentResponse,
)
from agentia_gateway.protocol.agreement import agreed
from agentia_gateway.protocol.answering import EVENT_STREAM
from agentia_gateway.protocol.call import Json
from agentia_gateway.protocol.operations import Operation
from agentia_gateway.protocol.shaping import error_body, event
from agentia_gateway.relay.boundary import EventCutter
from agentia_gateway.relay.headers import to_agent, to_caller
from agentia_gateway.relay.passage import Passage
from agentia_gateway.relay.upstream import (
    Broken,
    Incoming,
    NotSent,
    Outgoing,
    Silent,
    Upstream,
    UpstreamError,
)

CLOSE_SECONDS = 1.0


class Relay:
    """``answer_limit`` in bytes: the largest answer of an agent, or event of its stream."""

    def __init__(self, upstream: Upstream, gatekeeper: Gatekeeper, answer_limit: int) -> None:
        self._upstream = upstream
        self._gatekeeper = gatekeeper
        self._limit = answer_limit
        self._turn = itertools.count()

    async def forward(self, passage: Passage, headers: Mapping[str, str]) -> Response:
        """The agent's answer, for the caller.

        Raises:
            VersionNotSupported, UnsupportedOperation, ChainRefused: nothing was sent.
            AgentError: the agent gave no answer that could be passed on.
        """
        incoming = await self.open(passage, headers)
        if incoming.headers.get("content-type", "").startswith(EVENT_STREAM):
            kept = to_caller(incoming.headers) | {"x-accel-buffering": "no"}
            return StreamingResponse(self._events(incoming, passage), incoming.status, kept)
        body = await self._whole(incoming, passage)
        return Response(body, incoming.status, to_caller(incoming.headers))

    async def open(self, passage: Passage, headers: Mapping[str, str]) -> Incoming:
        """Send to the first replica that takes the call; whoever opened the answer closes it."""
        call, agent = passage.call, passage.agent
        interface = agreed(agent, call.caller)
        passport = self._gatekeeper.headers(passage.identity, agent.name)
        sent = to_agent(headers, call, passport)
        body = edits.with_tenant(call, passage.body, interface.tenant)
        for replica in self._order(len(agent.addresses)):
            url = _url(passage, interface, replica)
            try:
                return await self._upstream.open(Outgoing(call.verb, url, sent, body))
            except NotSent:
                continue
            except UpstreamError as failure:
                raise _told(failure, passage) from failure
        raise AgentUnreachable(f"No replica of the agent {agent.name} takes calls now.", agent=agent.name)

    async def answer(self, passage: Passage, headers: Mapping[str, str]) -> Json:
        """The agent's answer to a call that does not stream, parsed."""
        incoming = await self.open(passage, headers)
        return cast(Json, orjson.loads(await self._whole(incoming, passage) or b"{}"))

    def _order(self, replicas: int) -> list[int]:
        first = next(self._turn) % replicas if replicas else 0
        return [(first + step) % replicas for step in range(replicas)]

    async def _whole(self, incoming: Incoming, passage: Passage) -> bytes:
        body = await self._collected(incoming, passage)
        if not body and passage.call.caller.binding == "HTTP+JSON" and incoming.status < 400:
            return body
        answer = _parsed(body, incoming.status, passage)
        await passage.note_answer(answer)
        if passage.call.operation is not Operation.EXTENDED_CARD:
            return body
        addresses = passage.agent.addresses
        return orjson.dumps(edits.extended_card(answer, passage.call, passage.base_url, addresses))

    async def _collected(self, incoming: Incoming, passage: Passage) -> bytes:
        collected = bytearray()
        try:
            async for chunk in incoming.chunks():
                collected += chunk
                if len(collected) > self._limit:
                    raise InvalidAgentResponse(
                        f"The agent {passage.agent.name} answered with more than {self._limit} bytes."
                    )
        except UpstreamError as failure:
            raise _told(failure, passage) from failure
        finally:
            await _close(incoming)
        return bytes(collected)

    async def _events(self, incoming: Incoming, passage: Passage) -> AsyncGenerator[bytes]:
        cutter = EventCutter(self._limit)
        try:
            async for chunk in incoming.chunks():
                if whole := cutter.feed(chunk):
                    await passage.note_events(whole)
                    yield whole
            if passage.cut_off and _ends_by_closing(incoming):
                raise Broken("The connection was closed in the middle of a task.")
        except (UpstreamError, StreamError) as failure:
            if not passage.ended:
                yield event(error_body(_told(failure, passage), passage.call.caller))
        except GatewayError as failure:
            yield event(error_body(failure, passage.call.caller))
        finally:
            await _close(incoming)


def _url(passage: Passage, interface: Interface, replica: int) -> str:
    call = passage.call
    base = passage.agent.url(interface, replica)
    if call.caller.binding == "JSONRPC" and passage.agent.kind == "foreign":
        base = interface.url  # it may end without a slash, and be another resource with one
    query = f"?{call.query}" if call.query else ""
    return f"{base}{edits.path_with_tenant(call, interface.tenant)}{query}"


def _ends_by_closing(incoming: Incoming) -> bool:
    """Whether the end of the body cannot be told from the death of its sender (RFC 9112 §6.3)."""
    return not {"transfer-encoding", "content-length"} & {name.lower() for name in incoming.headers}


def _parsed(body: bytes, status: int, passage: Passage) -> Json:
    try:
        answer: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = None
    wants_envelope = passage.call.caller.binding == "JSONRPC"
    if not isinstance(answer, dict) or (wants_envelope and "jsonrpc" not in answer):
        raise InvalidAgentResponse(
            f"The agent {passage.agent.name} answered with HTTP {status} and no A2A.",
            agent=passage.agent.name,
        )
    return cast(Json, answer)


def _told(failure: UpstreamError | StreamError, passage: Passage) -> AgentError:
    """What went wrong, with what the caller can do about it."""
    name = passage.agent.name
    task = passage.task or passage.call.task
    about = {"agent": name} | ({"taskId": task} if task else {})
    then = f" The task {task} may go on: ask for it, or subscribe to it, again." if task else ""
    match failure:
        case Silent():
            return AgentSilent(f"The agent {name} said nothing for too long.{then}", **about)
        case StreamError():
            return InvalidAgentResponse(f"The stream of the agent {name} broke a rule: {failure}", **about)
        case Broken() | _:
            return AgentBroke(f"The agent {name} went away while it was answering.{then}", **about)


async def _close(incoming: Incoming) -> None:
    # Also when the caller has gone and everything here is being cancelled.
    with anyio.move_on_after(CLOSE_SECONDS, shield=True):
        await incoming.aclose()
