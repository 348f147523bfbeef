"""The writer: an agent of openai-agents without tools of its own, with a language model or with rules."""

from __future__ import annotations

from agents import Agent

from agentia_fabric.hosting import Place, Service
from agentia_kit import STOP_AT_QUESTIONS, Task, ask_back, service_of
from agentia_kit.models import choose
from agentia_writer.card import CARD
from agentia_writer.instructions import INSTRUCTIONS
from agentia_writer.rules import WriterRules


def service(place: Place) -> Service:
    """Serve the writer at `place`."""
    agent = Agent[Task](
        name="writer",
        instructions=INSTRUCTIONS,
        model=choose("writer", WriterRules()).model,
        tools=[ask_back],
        tool_use_behavior=STOP_AT_QUESTIONS,
    )
    return service_of(place, agent, CARD)
