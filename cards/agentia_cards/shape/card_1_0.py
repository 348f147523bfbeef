"""The agent card of A2A 1.0: section 4.4."""

from __future__ import annotations

from agentia_cards.shape.grammar import TEXTS, ListOf, MapOf, Scalar, message
from agentia_cards.shape.security import REQUIREMENT, SCHEME

INTERFACE = message(
    "AgentInterface",
    "4.4.6",
    required={"url": Scalar.STRING, "protocolBinding": Scalar.STRING, "protocolVersion": Scalar.STRING},
    plain={"tenant": Scalar.STRING},
)
PROVIDER = message("AgentProvider", "4.4.2", required={"url": Scalar.STRING, "organization": Scalar.STRING})
EXTENSION = message(
    "AgentExtension",
    "4.4.4",
    plain={
        "uri": Scalar.STRING,
        "description": Scalar.STRING,
        "required": Scalar.BOOLEAN,
        "params": Scalar.OBJECT,
    },
)
CAPABILITIES = message(
    "AgentCapabilities",
    "4.4.3",
    optional={
        "streaming": Scalar.BOOLEAN,
        "pushNotifications": Scalar.BOOLEAN,
        "extendedAgentCard": Scalar.BOOLEAN,
    },
    plain={"extensions": ListOf(EXTENSION)},
)
SIGNATURE = message(
    "AgentCardSignature",
    "4.4.7",
    required={"protected": Scalar.STRING, "signature": Scalar.STRING},
    plain={"header": Scalar.OBJECT},
)
SKILL = message(
    "AgentSkill",
    "4.4.5",
    required={"id": Scalar.STRING, "name": Scalar.STRING, "description": Scalar.STRING, "tags": TEXTS},
    plain={
        "examples": TEXTS,
        "inputModes": TEXTS,
        "outputModes": TEXTS,
        "securityRequirements": ListOf(REQUIREMENT),
    },
)


CARD = message(
    "AgentCard",
    "4.4.1",
    required={
        "name": Scalar.STRING,
        "description": Scalar.STRING,
        "version": Scalar.STRING,
        "supportedInterfaces": ListOf(INTERFACE),
        "capabilities": CAPABILITIES,
        "defaultInputModes": TEXTS,
        "defaultOutputModes": TEXTS,
        "skills": ListOf(SKILL),
    },
    optional={"documentationUrl": Scalar.STRING, "iconUrl": Scalar.STRING, "provider": PROVIDER},
    plain={
        "securitySchemes": MapOf(SCHEME),
        "securityRequirements": ListOf(REQUIREMENT),
        "signatures": ListOf(SIGNATURE),
    },
)
