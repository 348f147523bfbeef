"""An agent's card from what its author gave, completed with what only the running agent knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from a2a.types.a2a_pb2 import AgentCapabilities, AgentCard, AgentExtension, AgentInterface, AgentSkill
from google.protobuf.json_format import ParseDict

MODEL = "urn:agentia:model"
"""The extension that says which model an agent thinks with; the same key in metadata of answers."""

_INTERFACES = (("JSONRPC", "1.0"), ("HTTP+JSON", "1.0"), ("JSONRPC", "0.3"), ("HTTP+JSON", "0.3"))
_MODES = ("text/plain", "text/markdown", "application/json")


@dataclass(frozen=True, slots=True)
class Skill:
    """One thing that the agent can do. Examples help most to be found: three to five questions as asked."""

    id: str
    name: str
    description: str
    tags: Sequence[str] = ()
    examples: Sequence[str] = ()
    input_modes: Sequence[str] = ()
    output_modes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """The short form of an agent card: streams and push notifications are offered."""

    name: str
    description: str
    skills: Sequence[Skill] = ()
    version: str = "0.1.0"
    publisher: str = "localhost"
    """The domain in the agent's identifier."""
    input_modes: Sequence[str] = ("text/plain", "application/json", "*/*")
    output_modes: Sequence[str] = field(default=_MODES)


CardLike = Card | AgentCard | Mapping[str, Any]
"""What authors may give: the short form, the SDK's message, or the card's JSON."""


def name_of(card: CardLike) -> str:
    """The agent's name as its author wrote it."""
    return str(card["name"]) if isinstance(card, Mapping) else card.name


def identifier(card: CardLike, name: str) -> str:
    """`urn:air:<publisher>:agents:<name>`."""
    return f"urn:air:{card.publisher if isinstance(card, Card) else 'localhost'}:agents:{name}"


def completed(card: CardLike, url: str, model: str | None) -> AgentCard:
    """The card as it is served: its interfaces at `url`, and the model's name where people and programs look.

    A card that lists bindings and versions keeps these, in its order; one that lists none offers all we have.

    Raises:
        google.protobuf.json_format.ParseError: the JSON is no agent card.
    """
    whole = _message(card)
    asked = [(each.protocol_binding, each.protocol_version) for each in whole.supported_interfaces]
    del whole.supported_interfaces[:]
    whole.supported_interfaces.extend(
        AgentInterface(url=url, protocol_binding=binding, protocol_version=version)
        for binding, version in asked or _INTERFACES
    )
    if model is not None:
        whole.description = f"{whole.description.rstrip()}\n\nModel: {model}"
        extension = AgentExtension(uri=MODEL, description="Which model the agent thinks with")
        extension.params.update({"model": model})
        whole.capabilities.extensions.append(extension)
    return whole


def _message(card: CardLike) -> AgentCard:
    if isinstance(card, Card):
        return _from_short(card)
    whole = AgentCard()
    if isinstance(card, AgentCard):
        whole.CopyFrom(card)
    else:
        ParseDict(dict(card), whole, ignore_unknown_fields=True)
    return whole


def _from_short(card: Card) -> AgentCard:
    return AgentCard(
        name=card.name,
        description=card.description,
        version=card.version,
        capabilities=AgentCapabilities(streaming=True, push_notifications=True),
        default_input_modes=card.input_modes,
        default_output_modes=card.output_modes,
        skills=[
            AgentSkill(
                id=skill.id,
                name=skill.name,
                description=skill.description,
                tags=skill.tags or [skill.id],
                examples=skill.examples,
                input_modes=skill.input_modes,
                output_modes=skill.output_modes,
            )
            for skill in card.skills
        ],
    )
