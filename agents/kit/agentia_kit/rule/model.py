"""A rule book as a model of openai-agents: real Responses items, events and tool calls."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any
from uuid import uuid4

from agents.agent_output import AgentOutputSchemaBase
from agents.exceptions import AgentsException
from agents.handoffs import Handoff
from agents.items import ModelResponse, TResponseInputItem, TResponseOutputItem, TResponseStreamEvent
from agents.model_settings import ModelSettings
from agents.models.interface import Model, ModelTracing
from agents.tool import FunctionTool, Tool
from agents.usage import Usage
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseCreatedEvent,
    ResponseFunctionToolCall,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
)
from openai.types.responses.response_prompt_param import ResponsePromptParam

from agentia_kit.rule.book import Answer, Calls, RuleBook, ToolAtHand, Turn
from agentia_kit.rule.reading import turn_of

LONGEST_QUESTION = 8_000
"""Characters of a question that rules read; a book of another measure has an attribute `longest_question`."""
SECONDS = 30.0
"""For one step of a book, which works beside the event loop."""

_PIECES = re.compile(r"\S*\s*(?:\S+\s+){0,7}")


class QuestionTooLong(AgentsException):
    """The caller's: the question is longer than rules read, or takes longer than they may."""


class RuleModel(Model):
    """Asks the rule book where a language model would be asked."""

    def __init__(self, rulebook: RuleBook) -> None:
        self.rulebook = rulebook

    @property
    def label(self) -> str:
        """What the card, the start line and each answer's metadata say: ``rule:<name>``."""
        return f"rule:{self.rulebook.name}"

    async def get_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],  # noqa: A002 - the interface's name
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> ModelResponse:
        """The book's next step as output items."""
        return ModelResponse(await self._output(input, tools), Usage(requests=1), response_id=None)

    async def stream_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],  # noqa: A002 - the interface's name
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> AsyncIterator[TResponseStreamEvent]:
        """The same as events; an answer comes in pieces of a few words."""
        for event in _events(await self._output(input, tools), self.label):
            yield event

    async def _output(
        self, conversation: str | Sequence[Any], tools: Sequence[Tool]
    ) -> list[TResponseOutputItem]:
        at_hand = [
            ToolAtHand(tool.name, tool.description, tool.params_json_schema)
            for tool in tools
            if isinstance(tool, FunctionTool)
        ]
        return _items(await _next(self.rulebook, turn_of(conversation, at_hand)))


async def _next(book: RuleBook, turn: Turn) -> Calls | Answer:
    """The book's step, made beside the event loop: other agents of the process go on meanwhile."""
    longest = getattr(book, "longest_question", LONGEST_QUESTION)
    if len(turn.question) > longest:
        raise QuestionTooLong(
            f"The question has {len(turn.question):,} characters; without a language model at most "
            f"{longest:,} are read. Ask a shorter one, and send what is long as a file"
        )
    try:
        async with asyncio.timeout(SECONDS):
            return await asyncio.to_thread(book.next, turn)
    except TimeoutError:
        raise QuestionTooLong(
            f"The question was not understood in {SECONDS:.0f} s; ask a shorter one"
        ) from None


def _items(step: Calls | Answer) -> list[TResponseOutputItem]:
    if isinstance(step, Answer):
        text = ResponseOutputText(text=step.text, type="output_text", annotations=[])
        message = ResponseOutputMessage(
            id=f"msg_{uuid4().hex}", type="message", role="assistant", status="completed", content=[text]
        )
        return [message]
    return [
        ResponseFunctionToolCall(
            id=f"fc_{uuid4().hex}",
            call_id=f"call_{uuid4().hex}",
            type="function_call",
            name=call.tool,
            arguments=json.dumps(dict(call.arguments), ensure_ascii=False),
            status="completed",
        )
        for call in step.calls
    ]


def _events(output: list[TResponseOutputItem], label: str) -> Iterator[TResponseStreamEvent]:
    response = Response(
        id=f"resp_{uuid4().hex}",
        created_at=0,
        model=label,
        object="response",
        output=[],
        tool_choice="auto",
        tools=[],
        parallel_tool_calls=True,
        status="in_progress",
    )
    numbers = iter(range(1_000_000))
    yield ResponseCreatedEvent(type="response.created", response=response, sequence_number=next(numbers))
    for index, item in enumerate(output):
        yield ResponseOutputItemAddedEvent(
            type="response.output_item.added", item=item, output_index=index, sequence_number=next(numbers)
        )
        if isinstance(item, ResponseOutputMessage):
            yield from _deltas(item, index, numbers)
        yield ResponseOutputItemDoneEvent(
            type="response.output_item.done", item=item, output_index=index, sequence_number=next(numbers)
        )
    done = response.model_copy(update={"output": output, "status": "completed"})
    yield ResponseCompletedEvent(type="response.completed", response=done, sequence_number=next(numbers))


def _deltas(
    message: ResponseOutputMessage, index: int, numbers: Iterator[int]
) -> Iterator[TResponseStreamEvent]:
    for content_index, content in enumerate(message.content):
        if not isinstance(content, ResponseOutputText):
            continue
        for piece in _PIECES.findall(content.text):
            if piece:
                yield ResponseTextDeltaEvent(
                    type="response.output_text.delta",
                    item_id=message.id,
                    output_index=index,
                    content_index=content_index,
                    delta=piece,
                    logprobs=[],
                    sequence_number=next(numbers),
                )
