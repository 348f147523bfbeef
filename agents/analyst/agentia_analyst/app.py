"""The analyst: an agent of openai-agents over the server `tables`, with a language model or with rules."""

from __future__ import annotations

from agents import Agent

from agentia_analyst.artifacts import artifacts_of
from agentia_analyst.card import CARD
from agentia_analyst.instructions import INSTRUCTIONS
from agentia_analyst.knowing import knowing_of
from agentia_analyst.rules import AnalystRules
from agentia_fabric.hosting import Place, Service
from agentia_fabric.settings import MeshSettings
from agentia_kit import STOP_AT_QUESTIONS, Task, ask_back, service_of
from agentia_kit.models import choose


def service(place: Place) -> Service:
    """Serve the analyst at `place`."""
    tables = MeshSettings.read().tables
    agent = Agent[Task](
        name="analyst",
        instructions=INSTRUCTIONS,
        model=choose("analyst", AnalystRules()).model,
        tools=[ask_back],
        tool_use_behavior=STOP_AT_QUESTIONS,
    )
    if not tables:
        return service_of(place, agent, CARD, artifacts_of=artifacts_of)
    return service_of(
        place, agent, CARD, tools={"tables": tables}, artifacts_of=artifacts_of, knowing=knowing_of(tables)
    )
