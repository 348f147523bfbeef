"""Who takes the files that came with a task: asked when the words of a step find nobody."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast

from a2a.types.a2a_pb2 import Part

from agentia_fabric.directory.wire import AgentRecord, Candidate

_EVERYBODYS = frozenset(["", "text/plain", "text/markdown", "application/octet-stream"])
"""Types that tell nothing about who can do something."""


def file_types(parts: Iterable[Part]) -> frozenset[str]:
    """The media types of files, as told and by their names."""
    files = [part for part in parts if part.WhichOneof("content") in ("raw", "url") or part.filename]
    told = {part.media_type.partition(";")[0].strip().lower() for part in files}
    named = {mimetypes.guess_type(part.filename)[0] or "" for part in files}
    return frozenset(told | named) - _EVERYBODYS


def taking(agents: Sequence[AgentRecord], types: Collection[str]) -> list[Candidate]:
    """The agents with a skill whose own input modes list one of `types`; their score is 0."""
    found = (_taker(agent, types) for agent in agents)
    return [candidate for candidate in found if candidate is not None]


def _taker(agent: AgentRecord, types: Collection[str]) -> Candidate | None:
    for skill in cast("list[dict[str, Any]]", agent.card.get("skills") or []):
        if taken := sorted(set(types).intersection(skill.get("inputModes") or ())):
            return Candidate(
                name=agent.name,
                identifier=agent.identifier,
                skill=str(skill["id"]),
                skill_name=str(skill.get("name", "")),
                score=0,
                reason=f"takes {taken[0]}",
            )
    return None
