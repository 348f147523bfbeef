"""The rule model drives openai-agents like any model."""

from typing import Any

import pytest
from agents import Agent, Runner, function_tool

from agentia_kit.rule import Answer, Call, Calls, QuestionTooLong, RuleModel, Turn


@function_tool(strict_mode=False)
def add(a: int, b: int) -> dict[str, Any]:
    """Adds."""
    return {"sum": a + b}


@function_tool
def refuse() -> str:
    """Fails as our tools do."""
    return "[not_found] There is no such table; list the tables first."


class Sums:
    name = "sums"

    def next(self, turn: Turn) -> Calls | Answer:
        if "refuse" in turn.question and not turn.results:
            return Calls([Call("refuse")])
        if not turn.results:
            return Calls([Call("add", {"a": 2, "b": 3}), Call("add", {"a": 4, "b": 5})])
        if fault := turn.results[0].fault:
            return Answer(f"{fault.code}: {fault.text}")
        values = [str(result.value) for result in turn.results]
        return Answer(f"{turn.question} {turn.material} {values} after {len(turn.history)} messages")


def agent() -> Agent[Any]:
    return Agent("sums", model=RuleModel(Sums()), tools=[add, refuse])


async def test_a_rule_book_calls_tools_and_answers_from_their_results() -> None:
    result = await Runner.run(agent(), "what?")
    assert "sum" in result.final_output
    assert "9" in result.final_output


async def test_a_streamed_answer_comes_in_pieces_that_join_to_the_whole() -> None:
    result = Runner.run_streamed(agent(), "one two three four five six seven eight nine ten eleven twelve")
    pieces = [
        event.data.delta
        async for event in result.stream_events()
        if event.type == "raw_response_event" and event.data.type == "response.output_text.delta"
    ]
    assert len(pieces) > 1
    assert "".join(pieces) == result.final_output


async def test_a_tools_error_reaches_the_book_as_a_fault_with_its_code() -> None:
    result = await Runner.run(agent(), "refuse")
    assert result.final_output == "not_found: There is no such table; list the tables first."


async def test_other_texts_of_the_message_are_material_and_earlier_messages_history() -> None:
    parts: Any = [{"type": "input_text", "text": "sum up"}, {"type": "input_text", "text": "a,b"}]
    conversation: Any = [
        {"role": "user", "content": "before"},
        {"role": "assistant", "content": "yes"},
        {"role": "user", "content": parts},
    ]
    result = await Runner.run(agent(), conversation)
    assert result.final_output.startswith("sum up ('a,b',)")
    assert result.final_output.endswith("after 2 messages")


async def test_a_question_longer_than_rules_read_is_refused_before_they_do() -> None:
    with pytest.raises(QuestionTooLong, match="at most 8,000"):
        await Runner.run(agent(), "word " * 2_000_000)
