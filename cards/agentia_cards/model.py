"""The agent card as the mesh looks at it: typed views over the JSON that the agent sent, of A2A 1.0 and 0.3.

The views are forgiving: a field that is missing or of another type reads as empty, so that any object can be
looked at. What is wrong with a card is told by :mod:`agentia_cards.lint`. The JSON itself stays in
:attr:`Card.raw`, as it was sent; nobody may change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agentia_cards.errors import NotACard
from agentia_cards.fields import flag, mapping, objects, text, texts
from agentia_cards.reading import Json, measured, parsed

JSONRPC = "JSONRPC"
HTTP_JSON = "HTTP+JSON"
GRPC = "GRPC"
CORE_BINDINGS = frozenset({JSONRPC, HTTP_JSON, GRPC})
"""The bindings that the specification itself defines; others are URIs (A2A 1.0 section 5.8)."""

V1_0 = "1.0"
V0_3 = "0.3"


@dataclass(frozen=True, slots=True)
class Skill:
    """One thing that the agent can do. The modes are its own; empty means the card's default modes."""

    id: str
    name: str
    description: str
    tags: tuple[str, ...]
    examples: tuple[str, ...]
    input_modes: tuple[str, ...]
    output_modes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interface:
    """A URL at which the agent answers, in one binding and one protocol version (`major.minor`)."""

    url: str
    binding: str
    version: str
    tenant: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension of the protocol; with `required` only clients that understand it may call."""

    uri: str
    description: str
    required: bool


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the agent supports beyond plain calls."""

    streaming: bool = False
    push_notifications: bool = False
    extended_card: bool = False
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """Who offers the agent."""

    organization: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """An agent card. `interfaces` are in the agent's order of preference."""

    name: str
    description: str
    version: str
    provider: Provider | None
    interfaces: tuple[Interface, ...]
    skills: tuple[Skill, ...]
    capabilities: Capabilities
    input_modes: tuple[str, ...]
    output_modes: tuple[str, ...]
    security_schemes: tuple[str, ...]
    """Names of the declared schemes."""
    security: tuple[frozenset[str], ...]
    """Alternatives, each a set of scheme names that are needed together; empty means nothing is needed."""
    raw: Json = field(repr=False, compare=False)

    @classmethod
    def read(cls, raw: bytes | Mapping[str, Any]) -> Card:
        """Look at a card, given as it came over the wire or as a parsed JSON object.

        Raises:
            NotACard: it is not JSON, too large, too deep, or an object that has nothing of a card.
        """
        card = parsed(raw) if isinstance(raw, bytes) else measured(raw)
        if not card.keys() & {"name", "skills", "supportedInterfaces", "url"}:
            raise NotACard("The JSON object is no agent card: it has neither name, skills nor a URL.")
        return cls(
            name=text(card, "name"),
            description=text(card, "description"),
            version=text(card, "version"),
            provider=_provider(card),
            interfaces=_interfaces(card),
            skills=tuple(_skill(skill) for skill in objects(card, "skills")),
            capabilities=_capabilities(card),
            input_modes=texts(card, "defaultInputModes"),
            output_modes=texts(card, "defaultOutputModes"),
            security_schemes=tuple(mapping(card, "securitySchemes")),
            security=_security(card),
            raw=card,
        )

    @property
    def speaks(self) -> tuple[str, ...]:
        """The protocol versions (`major.minor`) of the interfaces, each once, in their order."""
        return tuple(dict.fromkeys(interface.version for interface in self.interfaces))

    @property
    def signed(self) -> bool:
        """Whether there is anything that could be verified."""
        return bool(objects(self.raw, "signatures"))

    def skill(self, skill_id: str) -> Skill | None:
        """The skill with this id, or None."""
        return next((skill for skill in self.skills if skill.id == skill_id), None)

    def interface(self, binding: str, version: str) -> Interface | None:
        """The agent's first interface of this binding and protocol version (`major.minor`), or None."""
        return next((i for i in self.interfaces if (i.binding, i.version) == (binding, version)), None)

    def accepts(self, skill: Skill) -> tuple[str, ...]:
        """The media types that a skill takes: its own, else the card's."""
        return skill.input_modes or self.input_modes

    def produces(self, skill: Skill) -> tuple[str, ...]:
        """The media types that a skill answers with: its own, else the card's."""
        return skill.output_modes or self.output_modes


def minor_version(version: str) -> str:
    """`major.minor` of a protocol version: versions that differ only in the patch are the same protocol."""
    return ".".join(version.strip().split(".")[:2])


def _interfaces(card: Json) -> tuple[Interface, ...]:
    if supported := objects(card, "supportedInterfaces"):
        return tuple(
            Interface(
                url=text(entry, "url"),
                binding=text(entry, "protocolBinding"),
                version=minor_version(text(entry, "protocolVersion")) or V1_0,
                tenant=text(entry, "tenant"),
            )
            for entry in supported
        )
    return _legacy_interfaces(card)


def _legacy_interfaces(card: Json) -> tuple[Interface, ...]:
    """The interfaces of a 0.3 card: the main URL, then the additional ones (A2A 0.3 section 5.5)."""
    version = minor_version(text(card, "protocolVersion")) or V0_3
    declared = [(text(card, "url"), text(card, "preferredTransport") or JSONRPC)]
    additional = objects(card, "additionalInterfaces")
    declared += [(text(entry, "url"), text(entry, "transport")) for entry in additional]
    return tuple(Interface(url, binding, version) for url, binding in dict.fromkeys(declared) if url)


def _skill(skill: Json) -> Skill:
    return Skill(
        id=text(skill, "id"),
        name=text(skill, "name"),
        description=text(skill, "description"),
        tags=texts(skill, "tags"),
        examples=texts(skill, "examples"),
        input_modes=texts(skill, "inputModes"),
        output_modes=texts(skill, "outputModes"),
    )


def _capabilities(card: Json) -> Capabilities:
    declared = mapping(card, "capabilities")
    return Capabilities(
        streaming=flag(declared, "streaming"),
        push_notifications=flag(declared, "pushNotifications"),
        extended_card=flag(declared, "extendedAgentCard") or flag(card, "supportsAuthenticatedExtendedCard"),
        extensions=tuple(
            Extension(text(entry, "uri"), text(entry, "description"), flag(entry, "required"))
            for entry in objects(declared, "extensions")
        ),
    )


def _provider(card: Json) -> Provider | None:
    declared = mapping(card, "provider")
    return Provider(text(declared, "organization"), text(declared, "url")) if declared else None


def _security(card: Json) -> tuple[frozenset[str], ...]:
    if "securityRequirements" in card:
        return tuple(frozenset(mapping(entry, "schemes")) for entry in objects(card, "securityRequirements"))
    return tuple(frozenset(entry) for entry in objects(card, "security"))
