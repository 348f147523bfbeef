"""Which model an agent thinks with: an OpenAI-compatible endpoint, or the rules built in.

``AGENTIA_<AGENT>_MODEL``, else ``AGENTIA_MODEL`` or the settings file, names the model; ``rule:`` means the
agent's rule book. A key alone changes nothing: what people ask leaves the machine only when a model is named.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from agents import OpenAIChatCompletionsModel, OpenAIResponsesModel
from agents.models.interface import Model
from openai import AsyncOpenAI

from agentia_fabric.settings import MeshSettings
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


class _Chat(OpenAIChatCompletionsModel):
    """Chat Completions, with a client that is closed together with the model."""

    async def close(self) -> None:
        """Let go of the connections."""
        await super().close()
        await self._client.close()


class _Responses(OpenAIResponsesModel):
    """Responses, with a client that is closed together with the model."""

    async def close(self) -> None:
        """Let go of the connections."""
        await super().close()
        await self._client.close()


def label(model: str | Model | None) -> str:
    """What to call a model: ``rule:<name>``, or its name and where it is."""
    match model:
        case RuleModel():
            return model.label
        case OpenAIChatCompletionsModel() | OpenAIResponsesModel():
            base = getattr(model, "_client").base_url  # noqa: B009 - the SDK has no public name for it
            return f"{model.model}@{urlsplit(str(base)).netloc}"
        case str():
            return model
        case _:
            return type(model).__name__


def choose(agent: str, rulebook: RuleBook, environ: Mapping[str, str] = os.environ) -> Chosen:
    """The model that the settings name for this agent.

    Raises:
        ValueError: ``AGENTIA_API`` is neither ``responses`` nor ``chat``, or the timeout is no number.
    """
    own = f"AGENTIA_{agent.upper().replace('-', '_')}_MODEL"
    name = environ.get(own) or environ.get("AGENTIA_MODEL") or MeshSettings.read().model
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
            return _Responses(model=name, openai_client=client)
        case "chat":
            return _Chat(model=name, openai_client=client)
        case _:
            raise ValueError(f"AGENTIA_API is {api!r}; it must be 'responses' or 'chat'")
