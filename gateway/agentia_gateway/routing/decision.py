"""A decision and its record (docs/contracts.md, "Decision record")."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from agentia_fabric.directory.wire import Candidate, Dropped
from agentia_gateway.directory import Agent
from agentia_gateway.protocol.call import Json

Rule = Literal["path", "owned", "context", "agent", "skill", "search", "plan", "none"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Which agent, by which rule; ``winner`` None means that nobody can do it."""

    rule: Rule
    winner: Agent | None
    skill: str | None = None
    candidates: Sequence[Candidate] = ()
    """Best first."""
    dropped: Sequence[Dropped] = ()
    began: float = field(default_factory=time.perf_counter)
    cutoff: float = 0.0
    """The score that the search wanted; 0 when nobody searched."""

    def record(self) -> Json:
        """The record; the ledger adds task and context."""
        return {
            "at": time.time(),
            "rule": self.rule,
            "winner": self.winner.name if self.winner else None,
            "skill": self.skill,
            "candidates": [candidate.model_dump() for candidate in self.candidates],
            "dropped": [dropped.model_dump() for dropped in self.dropped],
            "took_ms": round((time.perf_counter() - self.began) * 1000, 3),
        }
