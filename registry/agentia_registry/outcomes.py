"""How tasks ended: counted per agent, skill and outcome. The texts are not kept."""

from __future__ import annotations

from collections.abc import Sequence

from agentia_fabric.directory.wire import Outcome
from agentia_registry.errors import RequestInvalid
from agentia_registry.roster import Roster
from agentia_registry.store import Count, Store

MAX_OUTCOMES = 1000
"""In one request."""


class Outcomes:
    """Counts what is reported of agents that are known; of others nothing is kept."""

    def __init__(self, roster: Roster, store: Store) -> None:
        self._roster = roster
        self._store = store

    async def report(self, outcomes: Sequence[Outcome]) -> None:
        """Count; durable when it returns. Raises ``RequestInvalid`` for too many at once."""
        if len(outcomes) > MAX_OUTCOMES:
            raise RequestInvalid(f"At most {MAX_OUTCOMES} outcomes are taken at once; send them in batches.")
        counts = [count for outcome in outcomes if (count := self._count(outcome)) is not None]
        if counts:
            await self._store.count(counts)

    def _count(self, outcome: Outcome) -> Count | None:
        agent = self._roster.named(outcome.agent) or self._roster.get(outcome.agent)
        if agent is None:
            return None
        skill = agent.card.skill(outcome.skill or "")
        return agent.identifier, skill.id if skill else "", outcome.outcome
