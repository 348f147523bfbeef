"""Agents of openai-agents as A2A servers: what they stream, ask, make, and how they fail."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import openai
import pytest
from a2a.client import Client, ClientConfig, create_client
from a2a.types.a2a_pb2 import (
    Message,
    Part,
    Role,
    SendMessageRequest,
    StreamResponse,
    TaskArtifactUpdateEvent,
    TaskState,
    TaskStatus,
)
from a2a.utils.errors import InvalidParamsError
from agents import (
    Agent,
    GuardrailFunctionOutput,
    InputGuardrail,
    OutputGuardrail,
    RunContextWrapper,
    function_tool,
)
from agents.testing import ScriptedModel
from agents.testing.model import assistant_message, function_call
from google.protobuf.json_format import MessageToDict

import agentia_kit
from agentia_kit import Card, Made, Skill, Task
from agentia_testing.scripted_agent import user

CARD = Card("thinker", "Thinks.", skills=[Skill("think", "Think", "Thinks")])


@function_tool(strict_mode=False)
def draw() -> dict[str, Any]:
    """Draws."""
    return {"svg": "<svg/>"}


@function_tool(needs_approval=True)
def erase(path: str) -> str:
    """Erases."""
    return f"erased {path}"


@function_tool
async def look(task: RunContextWrapper[Task]) -> str:
    """Says what it does."""
    await task.context.status("looking around")
    return "nothing"


def artifacts_of(tool: str, result: Any) -> list[Made]:
    return [Made("chart", [agentia_kit.svg(result["svg"])])] if tool == "draw" else []


def agent(*steps: Any, **fields: Any) -> Agent[Any]:
    return Agent("thinker", model=ScriptedModel(steps), tools=[draw, erase, look], **fields)


@pytest.fixture
async def ask(serve_agent: Any, http: httpx.AsyncClient) -> Any:
    """Serve an agent and send it one message after another, in one context."""
    async with contexts() as stack:

        async def start(thinker: Agent[Any], **options: Any) -> Client:
            url = await stack.enter_async_context(serve_agent(thinker, CARD, **options))
            return await create_client(url, ClientConfig(httpx_client=http))

        yield start


def contexts() -> Any:
    from contextlib import AsyncExitStack

    return AsyncExitStack()


async def send(client: Client, message: Message | str) -> list[StreamResponse]:
    whole = user(message) if isinstance(message, str) else message
    async with asyncio.timeout(15):
        return [event async for event in client.send_message(SendMessageRequest(message=whole))]


def final(events: list[StreamResponse]) -> TaskStatus:
    return events[-1].status_update.status


def words(status: TaskStatus) -> str:
    return "".join(part.text for part in status.message.parts)


def artifacts(events: list[StreamResponse]) -> list[TaskArtifactUpdateEvent]:
    return [event.artifact_update for event in events if event.HasField("artifact_update")]


async def test_an_answer_streams_as_an_artifact_that_names_its_model(ask: Any) -> None:
    client = await ask(agent([assistant_message("forty-two")]))
    events = await send(client, "how many?")
    (answer,) = [event.artifact for event in artifacts(events)]
    assert (answer.name, answer.parts[0].text) == ("answer", "forty-two")
    assert answer.metadata["urn:agentia:model"] == "ScriptedModel"
    assert final(events).state == TaskState.TASK_STATE_COMPLETED


async def test_a_tool_call_is_a_status_and_what_it_made_an_artifact(ask: Any) -> None:
    client = await ask(
        agent([function_call("draw", {}, call_id="c1")], [assistant_message("there")]),
        artifacts_of=artifacts_of,
    )
    events = await send(client, "draw")
    said = [words(event.status_update.status) for event in events if event.HasField("status_update")]
    assert "Calling draw" in said
    chart, answer = [event.artifact for event in artifacts(events)]
    assert (chart.name, chart.parts[0].media_type, chart.parts[0].raw) == (
        "chart",
        "image/svg+xml",
        b"<svg/>",
    )
    assert answer.parts[0].text == "there"


async def test_a_tool_can_say_what_it_does(ask: Any) -> None:
    client = await ask(agent([function_call("look", {}, call_id="c1")], [assistant_message("well")]))
    events = await send(client, "look")
    assert "looking around" in [words(e.status_update.status) for e in events if e.HasField("status_update")]


@pytest.mark.parametrize(("approve", "outcome"), [(True, "erased a.txt"), (False, "no!")])
async def test_an_approval_is_asked_for_and_decided_by_a_data_part(
    ask: Any, approve: bool, outcome: str
) -> None:
    def after(call: Any) -> Any:
        output = [item["output"] for item in call.input if item.get("type") == "function_call_output"]
        return [assistant_message(str(output[-1]))]

    client = await ask(agent([function_call("erase", {"path": "a.txt"}, call_id="c1")], {"responder": after}))
    asked = await send(client, "erase a.txt")
    assert final(asked).state == TaskState.TASK_STATE_INPUT_REQUIRED
    question = next(part.data for part in final(asked).message.parts if part.HasField("data"))
    assert MessageToDict(question) == {
        "interruptions": [{"callId": "c1", "tool": "erase", "arguments": {"path": "a.txt"}}]
    }
    decision = agentia_kit.data({"decisions": [{"callId": "c1", "approve": approve, "reason": "no!"}]})
    told = Message(message_id="d", role=Role.ROLE_USER, task_id=asked[0].task.id, parts=[decision])
    decided = await send(client, told)
    assert final(decided).state == TaskState.TASK_STATE_COMPLETED
    assert outcome in artifacts(decided)[-1].artifact.parts[0].text


async def test_a_follow_up_without_a_decision_asks_again(ask: Any) -> None:
    client = await ask(agent([function_call("erase", {"path": "a.txt"}, call_id="c1")]))
    asked = await send(client, "erase a.txt")
    again = await send(client, user("hm", task_id=asked[0].task.id))
    assert final(again).state == TaskState.TASK_STATE_INPUT_REQUIRED
    assert "decision" in words(final(again))


async def test_the_context_is_remembered(ask: Any) -> None:
    model = ScriptedModel([[assistant_message("blue")], [assistant_message("I said blue")]])
    client = await ask(Agent("thinker", model=model))
    first = await send(client, "which colour?")
    await send(client, user("what did you say?", context_id=first[0].task.context_id))
    said = [item.get("content") for item in model.calls[1].input]
    assert said[:2] == ["which colour?", "blue"]


async def test_a_tripwire_on_the_input_rejects_and_one_on_the_output_fails(ask: Any) -> None:
    async def trip(*_: Any) -> GuardrailFunctionOutput:
        return GuardrailFunctionOutput(None, tripwire_triggered=True)

    guarded = agent([assistant_message("x")], input_guardrails=[InputGuardrail(trip, name="polite")])
    rejected = final(await send(await ask(guarded), "x"))
    assert (rejected.state, words(rejected)) == (
        TaskState.TASK_STATE_REJECTED,
        "The request was rejected by the guardrail 'polite'",
    )
    withheld = agent([assistant_message("x")], output_guardrails=[OutputGuardrail(trip, name="discreet")])
    failed = final(await send(await ask(withheld), "x"))
    assert (failed.state, words(failed)) == (
        TaskState.TASK_STATE_FAILED,
        "The answer was withheld by the guardrail 'discreet'",
    )


async def test_too_many_turns_fail(ask: Any) -> None:
    steps = [[function_call("look", {}, call_id=f"c{n}")] for n in range(30)]
    status = final(await send(await ask(agent(*steps)), "x"))
    assert (status.state, words(status)) == (
        TaskState.TASK_STATE_FAILED,
        "The agent needed more turns than it may take",
    )


REQUEST = httpx.Request("POST", "http://model.test/v1/responses")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (openai.APITimeoutError(REQUEST), "The model endpoint model.test did not answer in time"),  # pyright: ignore[reportArgumentType]
        (RuntimeError("boom\nTraceback"), "RuntimeError: boom"),
    ],
)
async def test_what_the_model_raises_is_one_line(ask: Any, error: Exception, sentence: str) -> None:
    status = final(await send(await ask(agent(error)), "x"))
    assert (status.state, words(status)) == (TaskState.TASK_STATE_FAILED, sentence)


async def test_a_tool_server_that_is_down_is_named(ask: Any) -> None:
    client = await ask(agent([assistant_message("x")]), tools={"tables": "http://127.0.0.1:9/mcp"})
    status = final(await send(client, "x"))
    assert status.state == TaskState.TASK_STATE_FAILED
    assert words(status).startswith("The tool server 'tables' at http://127.0.0.1:9/mcp does not answer")


async def test_a_message_without_text_is_refused(ask: Any) -> None:
    client = await ask(agent())
    with pytest.raises(InvalidParamsError, match="no text"):
        await send(client, Message(message_id="m", role=Role.ROLE_USER, parts=[Part(text=" ")]))
