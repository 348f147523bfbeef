"""An agent that lacks something asks its caller, and goes on with the answer."""

from __future__ import annotations

from typing import Any

import httpx
from a2a.client import ClientConfig, create_client
from a2a.types.a2a_pb2 import SendMessageRequest, StreamResponse, TaskState
from agents import Agent
from agents.testing import ScriptedModel
from agents.testing.model import assistant_message, function_call

from agentia_kit import STOP_AT_QUESTIONS, Card, Skill, ask_back
from agentia_testing.scripted_agent import user

CARD = Card("asker", "Asks.", skills=[Skill("ask", "Ask", "Asks")])


async def test_a_question_parks_the_task_and_its_answer_ends_it(
    serve_agent: Any, http: httpx.AsyncClient
) -> None:
    model = ScriptedModel(
        [
            [function_call("ask_back", {"question": "Which?"}, call_id="1")],
            [assistant_message("The blue one.")],
        ]
    )
    asker: Agent[Any] = Agent("asker", model=model, tools=[ask_back], tool_use_behavior=STOP_AT_QUESTIONS)
    async with serve_agent(asker, CARD) as url:
        client = await create_client(url, ClientConfig(httpx_client=http))
        first = [event async for event in client.send_message(SendMessageRequest(message=user("Take one")))]
        parked = _last(first)
        assert parked.status_update.status.state == TaskState.TASK_STATE_INPUT_REQUIRED
        assert parked.status_update.status.message.parts[0].text == "Which?"
        answer = user(
            "blue", task_id=parked.status_update.task_id, context_id=parked.status_update.context_id
        )
        second = [event async for event in client.send_message(SendMessageRequest(message=answer))]
    assert _last(second).status_update.status.state == TaskState.TASK_STATE_COMPLETED


def _last(events: list[StreamResponse]) -> StreamResponse:
    return [event for event in events if event.HasField("status_update")][-1]
