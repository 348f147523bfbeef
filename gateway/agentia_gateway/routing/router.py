"""Decides which agent gets a task for the mesh. The first rule that fits wins:

owned → agent → skill → context → plan → search → none

A search that finds nobody by the text finds those who take the files of the message.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from agentia_fabric.directory.wire import Candidate
from agentia_gateway.directory import PLAN, Agent, Directory
from agentia_gateway.edge.identity import Identity
from agentia_gateway.errors import AgentUnreachable, GatewayError, InvalidParams
from agentia_gateway.ledger.entry import Entry
from agentia_gateway.ledger.ledger import Ledger
from agentia_gateway.ledger.listing import last_seen
from agentia_gateway.protocol.agreement import agreed
from agentia_gateway.protocol.call import Call
from agentia_gateway.routing.clauses import clauses
from agentia_gateway.routing.decision import Decision
from agentia_gateway.routing.search import Search, Searched
from agentia_gateway.routing.takers import takers

AGENT_WISH = "urn:agentia:agent"
SKILL_WISH = "urn:agentia:skill"
CLEARLY = 1.25
"""How many times the score of the next best a winner must have for a clause to be clearly its own."""


class Router:
    """Routes messages that come without the name of an agent in their path."""

    def __init__(self, directory: Directory, ledger: Ledger, search: Search) -> None:
        self._directory = directory
        self._ledger = ledger
        self._search = search

    async def route(self, call: Call, identity: Identity, owned: Entry | None) -> Decision:
        """Decide; ``owned`` is the task that the message follows up, if any.

        Raises:
            InvalidParams: a wish names nobody, or there is neither text nor wish.
            AgentUnreachable: the agent that has the task has gone.
            RegistryDown: only a search could tell, and nobody searches now.
        """
        began = time.perf_counter()
        if owned is not None:
            return Decision("owned", self.living(owned), began=began)
        if wish := call.wish(AGENT_WISH):
            return Decision("agent", self._wished(wish), began=began)
        if wish := call.wish(SKILL_WISH):
            return await self._by_skill(wish, call, identity, began)
        if (agent := await self._of_context(call, identity)) is not None:
            return Decision("context", agent, began=began)
        if not call.text:
            raise InvalidParams(
                "The message has no text to find an agent by; add some, or name an agent "
                f"({AGENT_WISH}) or a skill ({SKILL_WISH}) in its metadata."
            )
        return await self._by_text(call, identity, began)

    def living(self, entry: Entry) -> Agent:
        """The agent that has a task. Raises ``AgentUnreachable``."""
        agent = self._directory.get(entry.agent)
        if agent is None:
            raise gone(entry)
        return agent

    async def _of_context(self, call: Call, identity: Identity) -> Agent | None:
        if not call.context:
            return None
        name = await self._ledger.context_agent(identity.owner, call.context)
        # An agent that calls on in its own conversation does not mean itself.
        return None if name is None or name in identity.chain else self._directory.get(name)

    def _wished(self, name: str) -> Agent:
        agent = self._directory.get(name)
        if agent is None:
            names = ", ".join(agent.name for agent in self._directory.agents()) or "none yet"
            raise InvalidParams(f"There is no agent {name[:80]!r} here; those here are: {names}.")
        return agent

    async def _by_skill(self, skill: str, call: Call, identity: Identity, began: float) -> Decision:
        having = [a for a in self._directory.with_skill(skill) if a.name not in identity.chain]
        able = [agent for agent in having if _speaks(agent, call)]
        if len(able) > 1 and call.text:
            # Several have it: the text says which of them is best, if anybody can search.
            try:
                found = await self._found(call, call.text, identity)
            except GatewayError:
                found = Searched((), (), ())
            names = [candidate.name for candidate in found.able]
            able.sort(key=lambda agent: names.index(agent.name) if agent.name in names else len(names))
        # When those who have it speak otherwise, the first of them says so itself.
        winner = next(iter(able or having), None)
        return Decision("skill" if winner else "none", winner, skill, began=began)

    async def _by_text(self, call: Call, identity: Identity, began: float) -> Decision:
        planner = self._planner(call, identity)
        pieces = clauses(call.text) if planner is not None else []
        if len(pieces) == 1:
            pieces = []
        whole, *parts = await asyncio.gather(
            self._found(call, call.text, identity),
            *(self._found(call, piece, identity, clause=True) for piece in pieces),
        )
        if planner is not None and _belong_to_several(parts):
            best = [part.able[0] for part in parts if part.able]
            return Decision("plan", planner, PLAN, best, whole.dropped, began)
        if not whole.able:
            return Decision("none", None, None, whole.nearest, whole.dropped, began, whole.cutoff)
        first = whole.able[0]
        return Decision(
            "search", self._directory.get(first.name), first.skill, whole.able, whole.dropped, began
        )

    def _planner(self, call: Call, identity: Identity) -> Agent | None:
        having = [agent for agent in self._directory.with_skill(PLAN) if agent.name not in identity.chain]
        return next((agent for agent in having if _speaks(agent, call)), None)

    async def _found(self, call: Call, text: str, identity: Identity, *, clause: bool = False) -> Searched:
        # A planner's words fit every task; it gets those that are made of others, and those that ask for it.
        planners = [agent.name for agent in self._directory.with_skill(PLAN)]
        exclude = [*identity.chain, *planners]
        # A clause need not produce what the whole task must.
        modes = () if clause else call.output_modes
        found = await self._search.find(call.caller, text, modes, exclude)
        if found.able:
            return found
        taking = takers(call, self._directory, exclude)
        speaking = [each for each in taking if _speaks(self._directory.require(each.name), call)]
        return replace(found, able=speaking)


def gone(entry: Entry) -> AgentUnreachable:
    """The error for a task whose agent is not there: what was last seen of it."""
    return AgentUnreachable(
        f"The agent {entry.agent}, which has the task {entry.task}, is gone; "
        f"the task was last seen {last_seen(entry)}.",
        agent=entry.agent,
        taskId=entry.task,
        lastSeen=last_seen(entry),
    )


def _belong_to_several(parts: Sequence[Searched]) -> bool:
    """Whether at least two clauses each have a clear winner, and not the same."""
    winners = {winner.name for part in parts if (winner := _clear_winner(part.able)) is not None}
    return len(winners) > 1


def _clear_winner(able: Sequence[Candidate]) -> Candidate | None:
    if not able:
        return None
    return able[0] if len(able) == 1 or able[0].score >= CLEARLY * able[1].score else None


def _speaks(agent: Agent, call: Call) -> bool:
    try:
        agreed(agent, call.caller)
    except GatewayError:
        return False
    return True
