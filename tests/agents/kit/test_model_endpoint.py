"""The whole way: A2A client, agent, the real OpenAI client, an endpoint; over both of its interfaces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from a2a.client import Client, ClientConfig, create_client
from a2a.types.a2a_pb2 import SendMessageRequest, StreamResponse, TaskState
from agents import Agent, function_tool

from agentia_kit import Card
from agentia_kit.models import choose
from agentia_kit.rule import Answer, Turn
from agentia_testing import model_endpoint
from agentia_testing.scripted_agent import user
from agentia_testing.serving import serving


@function_tool
def count() -> str:
    """Counts."""
    return "three"


class Mute:
    name = "mute"

    def next(self, turn: Turn) -> Answer:
        return Answer(turn.question)


@pytest.fixture(params=["chat", "responses"])
async def client(
    request: pytest.FixtureRequest, serve_agent: Any, http: httpx.AsyncClient
) -> AsyncGenerator[Client]:
    async with serving(model_endpoint.service) as endpoint:
        environment = {
            "AGENTIA_MODEL": "small",
            "AGENTIA_API": request.param,
            "OPENAI_BASE_URL": f"{endpoint.url}v1",
            "OPENAI_API_KEY": "k",
            "AGENTIA_MODEL_TIMEOUT": "0.5",
        }
        chosen = choose("counter", Mute(), environment)
        assert chosen.label == f"small@{endpoint.host}:{endpoint.port}"
        counter = Agent[Any]("counter", model=chosen.model, tools=[count])
        async with serve_agent(counter, Card("counter", "Counts.")) as url:
            yield await create_client(url, ClientConfig(httpx_client=http))


async def send(client: Client, text: str) -> list[StreamResponse]:
    async with asyncio.timeout(15):
        return [event async for event in client.send_message(SendMessageRequest(message=user(text)))]


async def test_a_model_calls_a_tool_and_streams_its_answer(client: Client) -> None:
    events = await send(client, "how many?")
    chunks = [event.artifact_update.artifact for event in events if event.HasField("artifact_update")]
    assert "".join(part.text for chunk in chunks for part in chunk.parts) == "<three>"
    assert str(chunks[0].metadata["urn:agentia:model"]).startswith("small@127.0.0.1")
    said = [event.status_update.status.message for event in events if event.HasField("status_update")]
    assert any(message.parts and message.parts[0].text == "Calling count" for message in said)
    assert events[-1].status_update.status.state == TaskState.TASK_STATE_COMPLETED


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("refuse", "The model endpoint 127.0.0.1 refuses the key (status 401)"),
        ("limit", "The model endpoint 127.0.0.1 limits the rate (status 429)"),
        ("hang", "The model endpoint 127.0.0.1 did not answer in time"),
        ("break", "The model endpoint"),
    ],
)
async def test_an_endpoint_that_fails_is_told_in_one_line(client: Client, fault: str, sentence: str) -> None:
    status = (await send(client, f"fault:{fault}"))[-1].status_update.status
    assert status.state == TaskState.TASK_STATE_FAILED
    assert status.message.parts[0].text.startswith(sentence)
    assert "\n" not in status.message.parts[0].text


async def test_an_endpoint_that_is_not_there_is_named(serve_agent: Any, http: httpx.AsyncClient) -> None:
    environment = {"AGENTIA_COUNTER_MODEL": "small", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    counter = Agent[Any]("counter", model=choose("counter", Mute(), environment).model)
    async with serve_agent(counter, Card("counter", "Counts.")) as url:
        client = await create_client(url, ClientConfig(httpx_client=http))
        status = (await send(client, "x"))[-1].status_update.status
    assert status.message.parts[0].text.startswith("The model endpoint 127.0.0.1 cannot be reached")


async def test_the_card_says_which_model_thinks(serve_agent: Any, http: httpx.AsyncClient) -> None:
    counter = Agent[Any]("counter", model=choose("counter", Mute(), {"OPENAI_API_KEY": "k"}).model)
    async with serve_agent(counter, Card("counter", "Counts.")) as url:
        card = (await http.get(f"{url}.well-known/agent-card.json")).json()
    assert card["description"] == "Counts.\n\nModel: rule:mute"
    assert card["capabilities"]["extensions"][0]["params"] == {"model": "rule:mute"}
