"""Asks the registry who can do something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.wire import Candidate, Dropped, Find, Found
from agentia_fabric.errors import DirectoryError
from agentia_gateway.directory import Agent, Directory
from agentia_gateway.errors import GatewayError, RegistryDown
from agentia_gateway.protocol.agreement import agreed
from agentia_gateway.protocol.call import Caller

log = structlog.stdlib.get_logger(__name__)

TEXT_CHARACTERS = 4000
"""Of a task's text, what is searched for: a task says first what it wants."""
_DOWN = (
    "The registry does not answer, so nobody can be searched for now. Name an agent (urn:agentia:agent) or a "
    "skill (urn:agentia:skill) in the message's metadata, or try again later."
)


@dataclass(frozen=True, slots=True)
class Searched:
    """``able`` are the capable that live here and speak as the caller does, best first."""

    able: Sequence[Candidate]
    nearest: Sequence[Candidate]
    dropped: Sequence[Dropped]
    cutoff: float = 0.0
    """The score that the capable reach."""


class Search:
    """``registry`` None: there is none, and every search says so."""

    def __init__(self, registry: RegistryClient | None, directory: Directory) -> None:
        self._registry = registry
        self._directory = directory

    async def find(
        self, caller: Caller, text: str, output_modes: Sequence[str], exclude: Sequence[str]
    ) -> Searched:
        """Who can do what the text asks for.

        Raises:
            RegistryDown: the registry does not answer.
        """
        find = Find(text=text[:TEXT_CHARACTERS], output_modes=list(output_modes), exclude=list(exclude))
        found = await self._found(find)
        able: list[Candidate] = []
        dropped = list(found.dropped)
        for candidate in found.capable:
            reason = _unable(self._directory.get(candidate.name), caller)
            if reason:
                dropped.append(Dropped(name=candidate.name, reason=reason))
            else:
                able.append(candidate)
        return Searched(able, found.nearest, dropped, found.cutoff)

    async def _found(self, find: Find) -> Found:
        if self._registry is None:
            raise RegistryDown(_DOWN)
        try:
            return await self._registry.find(find)
        except DirectoryError as failure:
            log.warning("search_failed", reason=str(failure))
            raise RegistryDown(_DOWN) from failure


def _unable(agent: Agent | None, caller: Caller) -> str:
    """Why the agent cannot take a call of this caller; empty when it can."""
    if agent is None:
        return "It is not here now."
    try:
        agreed(agent, caller)
    except GatewayError as reason:
        return reason.message
    return ""
