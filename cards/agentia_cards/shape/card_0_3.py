"""The agent card of A2A 0.3, where it differs from 1.0: section 5.5 of that version."""

from __future__ import annotations

from agentia_cards.shape.card_1_0 import EXTENSION, PROVIDER, SIGNATURE
from agentia_cards.shape.grammar import TEXTS, ListOf, MapOf, Scalar, message

_INTERFACE = message("AgentInterface", "5.5.5", required={"url": Scalar.STRING, "transport": Scalar.STRING})
_SECURITY = ListOf(MapOf(TEXTS))
_SKILL = message(
    "AgentSkill",
    "5.5.4",
    required={"id": Scalar.STRING, "name": Scalar.STRING, "description": Scalar.STRING, "tags": TEXTS},
    plain={
        "examples": TEXTS,
        "inputModes": TEXTS,
        "outputModes": TEXTS,
        "security": _SECURITY,
    },
)
_CAPABILITIES = message(
    "AgentCapabilities",
    "5.5.2",
    optional={
        "streaming": Scalar.BOOLEAN,
        "pushNotifications": Scalar.BOOLEAN,
        "stateTransitionHistory": Scalar.BOOLEAN,
    },
    plain={"extensions": ListOf(EXTENSION)},
)
LEGACY_CARD = message(
    "AgentCard",
    "5.5",
    required={
        "name": Scalar.STRING,
        "description": Scalar.STRING,
        "version": Scalar.STRING,
        "protocolVersion": Scalar.STRING,
        "url": Scalar.STRING,
        "capabilities": _CAPABILITIES,
        "defaultInputModes": TEXTS,
        "defaultOutputModes": TEXTS,
        "skills": ListOf(_SKILL),
    },
    optional={
        "preferredTransport": Scalar.STRING,
        "documentationUrl": Scalar.STRING,
        "iconUrl": Scalar.STRING,
        "provider": PROVIDER,
        "supportsAuthenticatedExtendedCard": Scalar.BOOLEAN,
    },
    plain={
        "additionalInterfaces": ListOf(_INTERFACE),
        "securitySchemes": MapOf(Scalar.OBJECT),
        "security": _SECURITY,
        "signatures": ListOf(SIGNATURE),
    },
)
