"""Which model an agent thinks with: an OpenAI-compatible endpoint, or the rules built in.

``AGENTIA_<AGENT>_MODEL``, else ``AGENTIA_MODEL``, names the model; ``rule:`` (the default) means the agent's
rule book. A key alone changes nothing: what people ask leaves the machine only when a model was named.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from agents import OpenAIChatCompletionsModel, OpenAIResponsesModel
from agents.models.interface import Model
from openai import AsyncOpenAI

from agentia_kit.rule import RuleBook, RuleModel

RULE = "rule:"
OPENAI = "https://api.openai.com/v1"
TIMEOUT = 120.0
"""Seconds that a model endpoint may stay silent before the task fails."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model and what to call it in the card, at start and in each answer's metadata."""

    model: Model
    label: str


def label(model: str | Model | None) -> str:
    """What to call a model: ``rule:<name>``, or its name and where it is."""
    named = getattr(model, "label", None) or getattr(model, "model", None) or model
    base = getattr(getattr(model, "_client", None), "base_url", None)
    host = urlsplit(str(base)).netloc if base else ""
    words = named if isinstance(named, str) else type(model).__name__
    return f"{words}@{host}" if host else words


def choose(agent: str, rulebook: RuleBook, environ: Mapping[str, str] = os.environ) -> Chosen:
    """The model that the settings name for this agent.

    Raises:
        ValueError: ``AGENTIA_API`` is neither ``responses`` nor ``chat``, or the timeout is no number.
    """
    own = f"AGENTIA_{agent.upper().replace('-', '_')}_MODEL"
    name = environ.get(own) or environ.get("AGENTIA_MODEL") or RULE
    if name.startswith(RULE):
        return _chosen(RuleModel(rulebook))
    return _chosen(_endpoint(name, environ.get("OPENAI_BASE_URL") or OPENAI, environ))


def _chosen(model: Model) -> Chosen:
    return Chosen(model, label(model))


def _endpoint(name: str, base: str, environ: Mapping[str, str]) -> Model:
    client = AsyncOpenAI(
        api_key=environ.get("OPENAI_API_KEY") or "none",
        base_url=base,
        timeout=float(environ.get("AGENTIA_MODEL_TIMEOUT") or TIMEOUT),
        max_retries=1,
    )
    api = environ.get("AGENTIA_API") or ("responses" if base.startswith(OPENAI) else "chat")
    match api:
        case "responses":
            return OpenAIResponsesModel(model=name, openai_client=client)
        case "chat":
            return OpenAIChatCompletionsModel(model=name, openai_client=client)
        case _:
            raise ValueError(f"AGENTIA_API is {api!r}; it must be 'responses' or 'chat'")
