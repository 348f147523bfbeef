"""Merges pages of several lists, each newest first, into one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from agentia_gateway.protocol.call import Json

EXHAUSTED = -1
"""Instead of the number of tasks shown: there are no more."""


@dataclass(frozen=True, slots=True)
class Place:
    """From where a list goes on: its own page, how many tasks of that were shown; and its ``total``."""

    token: str = ""
    skip: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """An agent's list from a place on: ``tasks`` of the page of ``token``, without the ``skip`` first."""

    agent: str
    token: str
    skip: int
    tasks: Sequence[Json]
    next_token: str
    total: int


def merged(sources: Sequence[Source], size: int) -> tuple[list[Json], dict[str, Place]]:
    """The newest tasks, at most ``size``, and from where each source goes on.

    It ends early where a source has given all of its page but not of its list: what it did not give yet
    may be newer than what the others have.
    """
    taken = dict.fromkeys((source.agent for source in sources), 0)
    shown: list[Json] = []
    while len(shown) < size:
        left = [source for source in sources if taken[source.agent] < len(source.tasks)]
        unknown = any(source.next_token and taken[source.agent] == len(source.tasks) for source in sources)
        if not left or unknown:
            break
        newest = max(left, key=lambda source: _at(source.tasks[taken[source.agent]]))
        shown.append(newest.tasks[taken[newest.agent]])
        taken[newest.agent] += 1
    return shown, {source.agent: _place(source, taken[source.agent]) for source in sources}


def _place(source: Source, taken: int) -> Place:
    if taken < len(source.tasks):
        return Place(source.token, source.skip + taken, source.total)
    if source.next_token:
        return Place(source.next_token, 0, source.total)
    return Place("", EXHAUSTED, source.total)


def _at(task: Mapping[str, Any]) -> str:
    status = cast(Json, task.get("status") or {})
    return str(status.get("timestamp") or "")
