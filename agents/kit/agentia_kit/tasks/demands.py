"""What a card demands of a request, checked before anything is done (A2A 1.0 §3.3.4)."""

from __future__ import annotations

from collections.abc import Collection

from a2a.types.a2a_pb2 import AgentCard, Message
from a2a.utils.errors import ExtensionSupportRequiredError, UnsupportedOperationError
from a2a.utils.input_mode_validator import validate_input_modes


def extensions_supported(card: AgentCard, requested: Collection[str]) -> None:
    """The caller speaks every extension that the card requires.

    Raises:
        ExtensionSupportRequiredError: names those that it does not.
    """
    missing = [
        extension.uri
        for extension in card.capabilities.extensions
        if extension.required and extension.uri not in requested
    ]
    if missing:
        raise ExtensionSupportRequiredError(
            f"This agent needs the extension {', '.join(missing)}; name it in the header A2A-Extensions"
        )


def content_accepted(card: AgentCard, message: Message) -> None:
    """Every part's media type is one that the card takes. Raises ``ContentTypeNotSupportedError``."""
    if "*/*" not in card.default_input_modes:
        validate_input_modes(message, card)


def streaming_offered(card: AgentCard) -> None:
    """The card offers streams. Raises ``UnsupportedOperationError``."""
    if not card.capabilities.streaming:
        raise UnsupportedOperationError("This agent does not stream; send without streaming")
