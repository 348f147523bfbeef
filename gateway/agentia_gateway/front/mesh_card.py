"""The mesh's own card: an A2A agent whose skills are those of its agents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

import orjson

from agentia_fabric.mesh_id import EXTENSION
from agentia_gateway.directory import Agent
from agentia_gateway.front.shown import KEY_WANTED
from agentia_gateway.protocol.call import Json

SKILLS_BYTES = 48 * 1024
"""What the skills may take: readers stop at a card of 64 KiB."""
_INTERFACES = (("JSONRPC", "1.0"), ("HTTP+JSON", "1.0"), ("JSONRPC", "0.3"), ("HTTP+JSON", "0.3"))
_DESCRIPTION = (
    "Takes tasks and gives each to the agent that can do it: {agents}. "
    "Name an agent or a skill in the message's metadata (urn:agentia:agent, urn:agentia:skill), or just ask."
)
_NOBODY = "nobody is here yet"


def mesh_card(name: str, mesh: str, url: str, agents: Sequence[Agent], *, keyed: bool) -> Json:
    """The card, in the form of 1.0; ``mesh`` is the mesh's id."""
    skills = list(_skills(agents))
    card: Json = {
        "name": name,
        "description": _DESCRIPTION.format(agents=_named(agents)),
        "version": version("agentia-gateway"),
        "supportedInterfaces": [
            {"url": url, "protocolBinding": binding, "protocolVersion": spoken}
            for binding, spoken in _INTERFACES
        ],
        "capabilities": {
            "streaming": True,
            "pushNotifications": True,
            "extendedAgentCard": False,
            "extensions": [_marker(mesh)],
        },
        "defaultInputModes": _modes(agent.card.input_modes for agent in agents),
        "defaultOutputModes": _modes(agent.card.output_modes for agent in agents),
        "skills": skills,
    }
    return card | KEY_WANTED if keyed else card


def _marker(mesh: str) -> Json:
    return {
        "uri": EXTENSION,
        "description": "Which mesh this is: one does not join itself.",
        "required": False,
        "params": {"id": mesh},
    }


def _skills(agents: Sequence[Agent]) -> Iterator[Json]:
    """Each id once: whoever asks for it gets the best agent that has it."""
    given: set[str] = set()
    room = SKILLS_BYTES
    for agent in agents:
        for skill in agent.card.skills:
            shown: Json = {
                "id": skill.id,
                "name": skill.name or skill.id,
                "description": skill.description or skill.name or skill.id,
                "tags": list(dict.fromkeys([agent.name, *skill.tags])),
                "examples": list(skill.examples[:3]),
                "inputModes": list(agent.card.accepts(skill)),
                "outputModes": list(agent.card.produces(skill)),
            }
            room -= len(orjson.dumps(shown))
            if skill.id and skill.id not in given and room >= 0:
                given.add(skill.id)
                yield shown


def _named(agents: Sequence[Agent]) -> str:
    names = [agent.name for agent in agents]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(names[:12]) + more if names else _NOBODY


def _modes(lists: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(mode for modes in lists for mode in modes)) or ["text/plain"]
