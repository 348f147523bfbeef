"""Who takes the files of a message: asked when its text finds nobody ("how many are there?", cities.csv)."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection, Iterator
from typing import cast

from agentia_cards.model import Card, Skill
from agentia_fabric.directory.wire import Candidate
from agentia_gateway.directory import Agent, Directory
from agentia_gateway.protocol.call import Call, Json, either

_EVERYBODYS = frozenset(["text/plain", "text/markdown", "application/octet-stream"])
"""Types that tell nothing about who can do something."""
_BY_ENDING = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
}


def takers(call: Call, directory: Directory, exclude: Collection[str]) -> list[Candidate]:
    """Agents with a skill whose own input modes list the type of a file of the message, by name.

    Their score is 0: no word of theirs was found, as their `reason` says.
    """
    types = set(_types(call)) - _EVERYBODYS
    agents = (agent for agent in directory.agents() if agent.name not in exclude)
    found = (_taker(agent, types, call) for agent in agents)
    return [candidate for candidate in found if candidate is not None]


def _taker(agent: Agent, types: set[str], call: Call) -> Candidate | None:
    for skill in agent.card.skills:
        taken = types.intersection(skill.input_modes)
        if taken and _answers(agent.card, skill, call.output_modes):
            return Candidate(
                name=agent.name,
                identifier=agent.identifier,
                skill=skill.id,
                skill_name=skill.name,
                score=0,
                reason=f"takes {min(taken)}",
            )
    return None


def _answers(card: Card, skill: Skill, wanted: Collection[str]) -> bool:
    return not wanted or "*/*" in wanted or bool(set(wanted).intersection(card.produces(skill)))


def _types(call: Call) -> Iterator[str]:
    """The media types of the files, as told and by their endings, whichever version wrote them."""
    for part in call.parts:
        file = part.get("file")
        holder = cast(Json, file) if isinstance(file, dict) else part
        if holder is part and not ({"raw", "url"} & part.keys() or part.get("filename")):
            continue
        told = either(holder, "mediaType", "mimeType", "media_type").partition(";")[0].strip().lower()
        name = either(holder, "filename", "name").lower()
        yield from filter(None, (told, _by_name(name)))


def _by_name(name: str) -> str:
    ending = f".{name.rpartition('.')[2]}"
    return _BY_ENDING.get(ending) or mimetypes.guess_type(name)[0] or ""
