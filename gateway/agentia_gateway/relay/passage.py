"""One call on its way through to an agent, and what the ledger is told of what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import orjson

from agentia_fabric.http.sse import SseEvent, SseParser
from agentia_gateway.directory import Agent
from agentia_gateway.edge.identity import Identity
from agentia_gateway.ledger.entry import PARKED, TERMINAL, Entry, first_words
from agentia_gateway.ledger.ledger import Ledger
from agentia_gateway.ledger.sighting import Sighting, sighted
from agentia_gateway.protocol.call import Call, Json
from agentia_gateway.protocol.operations import Operation

_SHOWS_A_TASK = frozenset(
    {Operation.SEND, Operation.STREAM, Operation.GET, Operation.CANCEL, Operation.SUBSCRIBE}
)


@dataclass(slots=True)
class Passage:
    """``body`` is what the agent gets; ``decision`` says why this agent. ``alone``: the task's id must be
    enough to find it again, since the caller does not name the agent."""

    call: Call
    agent: Agent
    identity: Identity
    ledger: Ledger
    body: bytes
    base_url: str
    """Where the caller sees the agent; ends with ``/``."""
    decision: Json | None = None
    alone: bool = False
    task: str = field(default="", init=False)
    """The task that came by, once one did."""
    state: str = field(default="", init=False)

    @property
    def ended(self) -> bool:
        """Whether a state was seen that the task never leaves."""
        return self.state in TERMINAL

    @property
    def cut_off(self) -> bool:
        """Whether a stream that ends now would leave its task in the middle."""
        return bool(self.task) and self.state not in TERMINAL | PARKED

    async def note_answer(self, answer: Json) -> None:
        """Take in a whole answer. Raises what :meth:`Ledger.claim` raises."""
        if self.call.operation in _SHOWS_A_TASK:
            await self._note(sighted(answer))

    async def note_events(self, whole: bytes) -> None:
        """Take in events of a stream before they go on. Raises what :meth:`Ledger.claim` raises."""
        # Parsing costs more than looking: once the task is known, only its states matter.
        if self.task and b'"status"' not in whole:
            return
        for item in SseParser(max_line=len(whole), max_event=len(whole)).feed(whole):
            if isinstance(item, SseEvent) and item.data:
                await self._note(_seen(item.data))

    async def _note(self, seen: Sighting | None) -> None:
        if seen is None:
            return
        entry = Entry(
            self.agent.name,
            seen.task,
            self.identity.owner,
            seen.context,
            seen.state,
            asked="" if self.task else self._asked(),
            root=self.identity.root,
        )
        self.task = seen.task
        self.state = seen.state or self.state
        await self.ledger.claim(entry, self.decision, alone=self.alone)

    def _asked(self) -> str:
        begins = self.call.operation.sends and not self.call.task
        return first_words(self.call.text) if begins else ""


def _seen(data: bytes) -> Sighting | None:
    try:
        event: object = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return sighted(cast(Json, event)) if isinstance(event, dict) else None
