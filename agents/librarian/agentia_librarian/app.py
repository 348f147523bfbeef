"""The librarian: an agent of openai-agents over the server `documents`, with a model or with rules."""

from __future__ import annotations

from typing import Any, cast

from agents import Agent

from agentia_fabric.hosting import Place, Service
from agentia_fabric.settings import MeshSettings
from agentia_kit import Made, Task, data, service_of
from agentia_kit.models import choose
from agentia_librarian.card import CARD
from agentia_librarian.citing import cite
from agentia_librarian.instructions import INSTRUCTIONS
from agentia_librarian.knowing import knowing_of
from agentia_librarian.rules import LibrarianRules


def service(place: Place) -> Service:
    """Serve the librarian at `place`."""
    documents = MeshSettings.read().documents
    agent = Agent[Task](
        name="librarian",
        instructions=INSTRUCTIONS,
        model=choose("librarian", LibrarianRules()).model,
        tools=[cite],
    )
    if not documents:
        return service_of(place, agent, CARD, artifacts_of=artifacts_of)
    return service_of(
        place,
        agent,
        CARD,
        tools={"documents": documents},
        artifacts_of=artifacts_of,
        knowing=knowing_of(documents),
    )


def artifacts_of(tool: str, result: Any) -> list[Made]:
    """What was cited: `{"quotations": [{"quote", "path", "line_start", "line_end", "heading", "page"}]}`."""
    if tool != "cite" or not isinstance(result, dict):
        return []
    return [Made("quotations", [data(cast("dict[str, Any]", result))])]
